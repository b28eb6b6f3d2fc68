// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

// Claim: the monitor finds what breaks the rules of the base protocol, and names it.

#include <fstream>
#include <functional>
#include <nlohmann/json.hpp>
#include <string>

#include <gtest/gtest.h>

#include "sim/systemc/monitor.h"
#include "sim/systemc/payload_pool.h"
#include "tests/systemc/initiator.h"

namespace denseshift::systemc::testing {
namespace {

using tlm::tlm_generic_payload;

// A target that does as it is told.
class Puppet : public sc_core::sc_module {
 public:
  tlm_utils::passthrough_target_socket<Puppet> socket{"socket"};

  explicit Puppet(const sc_core::sc_module_name& name) : sc_core::sc_module(name) {
    socket.register_b_transport(this, &Puppet::Transport);
    socket.register_nb_transport_fw(this, &Puppet::Forward);
    socket.register_get_direct_mem_ptr(this, &Puppet::GetDirect);
    socket.register_transport_dbg(this, &Puppet::TransportDebug);
  }

  std::function<void(tlm_generic_payload&, sc_core::sc_time&)> transport =
      [](tlm_generic_payload& p, sc_core::sc_time&) {
        p.set_response_status(tlm::TLM_OK_RESPONSE);
      };
  tlm::tlm_sync_enum status = tlm::TLM_ACCEPTED;
  tlm::tlm_phase phase = tlm::BEGIN_REQ;

 private:
  // NOLINTBEGIN(readability-*): a socket takes neither const nor static functions
  void Transport(tlm_generic_payload& payload, sc_core::sc_time& delay) {
    transport(payload, delay);
  }

  tlm::tlm_sync_enum Forward(tlm_generic_payload& /*payload*/,
                             tlm::tlm_phase& sent,
                             sc_core::sc_time& /*delay*/) {
    if (status == tlm::TLM_UPDATED)
      sent = phase;
    return status;
  }

  bool GetDirect(tlm_generic_payload& /*payload*/, tlm::tlm_dmi& region) {
    region.set_start_address(0);
    region.set_end_address(1);
    return true;
  }

  unsigned TransportDebug(tlm_generic_payload& payload) { return payload.get_data_length() + 1; }

  // NOLINTEND(readability-*)
};

// An initiator, the monitor and the puppet.
class Parts : public sc_core::sc_module {
 public:
  tlm_utils::simple_initiator_socket<Parts> bus{"bus"};
  Monitor monitor{"monitor"};
  Puppet puppet{"puppet"};
  std::function<void()> function;  // runs as a thread
  std::function<tlm::tlm_sync_enum(tlm_generic_payload&)> on_backward = [](tlm_generic_payload&) {
    return tlm::TLM_ACCEPTED;
  };

  explicit Parts(const sc_core::sc_module_name& name) : sc_core::sc_module(name) {
    bus.register_nb_transport_bw(this, &Parts::Backward);
    bus.bind(monitor.target);
    monitor.initiator.bind(puppet.socket);
    SC_HAS_PROCESS(Parts);
    SC_THREAD(Run);
  }

 private:
  // NOLINTNEXTLINE(readability-make-member-function-const): SC_THREAD takes no const one
  void Run() { function(); }

  // NOLINTNEXTLINE(readability-make-member-function-const): a socket takes no const one
  tlm::tlm_sync_enum Backward(tlm_generic_payload& payload,
                              tlm::tlm_phase& /*phase*/,
                              sc_core::sc_time& /*delay*/) {
    return on_backward(payload);
  }
};

DECLARE_EXTENDED_PHASE(KNOCKING);

// Makes of a transaction that nobody holds another.
class Recycling final : public tlm::tlm_mm_interface {
 public:
  void free(tlm_generic_payload* payload) override { payload->set_address(0); }
};

class Rules : public ::testing::Test {
 protected:
  void Simulate(std::function<void()> function) {
    parts_.function = std::move(function);
    sc_core::sc_start();
  }

  tlm_generic_payload& Payload() {
    tlm_generic_payload* payload = pool_.Take();
    payload->set_command(tlm::TLM_READ_COMMAND);
    payload->set_address(0x40);
    payload->set_data_ptr(data_);
    payload->set_data_length(4);
    payload->set_streaming_width(4);
    return *payload;
  }

  // What the monitor says about `act`, or nothing.
  static std::string Complaint(const std::function<void()>& act) {
    try {
      act();
    } catch (const sc_core::sc_report& report) {
      return report.get_msg();
    }
    return "";
  }

  static void ExpectComplaint(const std::string& text, const std::function<void()>& act) {
    const std::string complaint = Complaint(act);
    EXPECT_NE(complaint.find(text), std::string::npos) << "'" << complaint << "' for " << text;
    EXPECT_NE(complaint.find("monitor"), std::string::npos);
  }

  std::string Blocking(const std::function<void(tlm_generic_payload&)>& change) {
    tlm_generic_payload& payload = Payload();
    change(payload);
    sc_core::sc_time delay = sc_core::SC_ZERO_TIME;
    return Complaint([&] { bus_->b_transport(payload, delay); });
  }

  tlm::tlm_sync_enum Forward(tlm_generic_payload& payload, tlm::tlm_phase phase) {
    sc_core::sc_time delay = sc_core::SC_ZERO_TIME;
    return bus_->nb_transport_fw(payload, phase, delay);
  }

  tlm::tlm_sync_enum Backward(tlm_generic_payload& payload, tlm::tlm_phase phase) {
    sc_core::sc_time delay = sc_core::SC_ZERO_TIME;
    return puppet_.socket->nb_transport_bw(payload, phase, delay);
  }

  Parts parts_{"rules"};
  tlm_utils::simple_initiator_socket<Parts>& bus_ = parts_.bus;
  Monitor& monitor_ = parts_.monitor;
  Puppet& puppet_ = parts_.puppet;
  PayloadPool pool_;
  unsigned char data_[4] = {};
};

TEST_F(Rules, BlockingTransport) {
  Simulate([&] {
    EXPECT_EQ(Blocking([](auto&) {}), "");
    EXPECT_NE(Blocking([](auto& p) { p.set_data_length(0); }).find("data length is 0"),
              std::string::npos);
    EXPECT_NE(Blocking([](auto& p) { p.set_streaming_width(0); }).find("streaming width"),
              std::string::npos);
    EXPECT_NE(Blocking([](auto& p) { p.set_data_ptr(nullptr); }).find("pointer is null"),
              std::string::npos);
    EXPECT_NE(Blocking([&](auto& p) { p.set_byte_enable_ptr(data_); }).find("enable length"),
              std::string::npos);
    EXPECT_NE(Blocking([](auto& p) {
                p.set_response_status(tlm::TLM_OK_RESPONSE);
              }).find("status already"),
              std::string::npos);
    EXPECT_NE(Blocking([](auto& p) { p.set_dmi_allowed(true); }).find("direct memory"),
              std::string::npos);
    EXPECT_NE(Blocking([](auto& p) {
                p.set_command(static_cast<tlm::tlm_command>(3));
              }).find("not one of"),
              std::string::npos);
    puppet_.transport = [](auto&, auto&) {};
    EXPECT_NE(Blocking([](auto&) {}).find("no status"), std::string::npos);
    puppet_.transport = [](auto& p, auto&) {
      p.set_response_status(tlm::TLM_OK_RESPONSE);
      p.set_address(0);
    };
    EXPECT_NE(Blocking([](auto&) {}).find("attributes have changed"), std::string::npos);
  });
}

TEST_F(Rules, PhasesInOrder) {
  Simulate([&] {
    tlm_generic_payload& a = Payload();
    tlm_generic_payload& b = Payload();
    ExpectComplaint("has not begun", [&] { Forward(a, tlm::END_RESP); });
    ExpectComplaint("has not begun", [&] { Backward(a, tlm::END_REQ); });
    ExpectComplaint("forward path", [&] { Forward(a, tlm::BEGIN_RESP); });
    EXPECT_EQ(Complaint([&] { Forward(a, tlm::BEGIN_REQ); }), "");
    ExpectComplaint("before END_REQ", [&] { Forward(b, tlm::BEGIN_REQ); });
    EXPECT_EQ(Complaint([&] { Backward(a, tlm::END_REQ); }), "");
    ExpectComplaint("does not follow BEGIN_REQ", [&] { Backward(a, tlm::END_REQ); });
    ExpectComplaint("does not follow BEGIN_RESP", [&] { Forward(a, tlm::END_RESP); });
    ExpectComplaint("no status", [&] { Backward(a, tlm::BEGIN_RESP); });
  });
}

TEST_F(Rules, ResponsesOneAtATime) {
  Simulate([&] {
    tlm_generic_payload& a = Payload();
    tlm_generic_payload& b = Payload();
    for (tlm_generic_payload* payload : {&a, &b}) {
      Forward(*payload, tlm::BEGIN_REQ);
      Backward(*payload, tlm::END_REQ);
      payload->set_response_status(tlm::TLM_OK_RESPONSE);
    }
    EXPECT_EQ(monitor_.rules().open(), 2U);
    EXPECT_EQ(Complaint([&] { Backward(a, tlm::BEGIN_RESP); }), "");
    ExpectComplaint("before END_RESP", [&] { Backward(b, tlm::BEGIN_RESP); });
    ExpectComplaint("twice", [&] { Backward(a, tlm::BEGIN_RESP); });
    EXPECT_EQ(Complaint([&] { Forward(a, tlm::END_RESP); }), "");
    EXPECT_EQ(monitor_.rules().open(), 1U);
    EXPECT_EQ(monitor_.transactions(), 1U);
  });
}

TEST_F(Rules, PhasesOfOtherProtocolsPass) {
  Simulate([&] {
    tlm_generic_payload& payload = Payload();
    EXPECT_EQ(Complaint([&] { Forward(payload, tlm::BEGIN_REQ); }), "");
    EXPECT_EQ(Complaint([&] { Backward(payload, KNOCKING); }), "");
    EXPECT_EQ(Complaint([&] { Forward(payload, KNOCKING); }), "");
    puppet_.status = tlm::TLM_UPDATED;
    puppet_.phase = KNOCKING;
    EXPECT_EQ(Complaint([&] { Backward(payload, tlm::END_REQ); }), "");
    EXPECT_EQ(Complaint([&] { Forward(Payload(), tlm::BEGIN_REQ); }), "");
    ExpectComplaint("backward path", [&] { Backward(payload, tlm::UNINITIALIZED_PHASE); });
  });
}

TEST_F(Rules, ATransactionReleasedInTheCallIsLoggedAsItWas) {
  const std::string file = ::testing::TempDir() + "released.jsonl";
  monitor_.OpenLog(file);
  Recycling manager;
  tlm_generic_payload payload(&manager);
  payload.acquire();
  payload.set_read();
  payload.set_address(0x40);
  payload.set_data_ptr(data_);
  payload.set_data_length(4);
  payload.set_streaming_width(4);
  parts_.on_backward = [](tlm_generic_payload& ended) {
    ended.release();
    return tlm::TLM_COMPLETED;
  };
  Simulate([&] {
    Forward(payload, tlm::BEGIN_REQ);
    payload.set_response_status(tlm::TLM_OK_RESPONSE);
    Backward(payload, tlm::BEGIN_RESP);
  });
  monitor_.CloseLog();
  std::ifstream in(file);
  std::string line;
  ASSERT_TRUE(std::getline(in, line));
  EXPECT_EQ(nlohmann::json::parse(line)["address"], 0x40);
}

TEST_F(Rules, EarlyAnswers) {
  Simulate([&] {
    puppet_.status = tlm::TLM_UPDATED;
    puppet_.phase = tlm::END_RESP;
    ExpectComplaint("answered with phase", [&] { Forward(Payload(), tlm::BEGIN_REQ); });
  });
}

TEST_F(Rules, EarlyCompletionNeedsAStatus) {
  Simulate([&] {
    puppet_.status = tlm::TLM_COMPLETED;
    ExpectComplaint("no status", [&] { Forward(Payload(), tlm::BEGIN_REQ); });
  });
}

TEST_F(Rules, NonBlockingNeedsAMemoryManager) {
  Simulate([&] {
    tlm_generic_payload payload;
    payload.set_data_ptr(data_);
    payload.set_data_length(4);
    payload.set_streaming_width(4);
    payload.set_command(tlm::TLM_READ_COMMAND);
    ExpectComplaint("memory manager", [&] { Forward(payload, tlm::BEGIN_REQ); });
  });
}

TEST_F(Rules, DirectAccessAndDebug) {
  Simulate([&] {
    tlm::tlm_dmi region;
    ExpectComplaint("does not hold", [&] { bus_->get_direct_mem_ptr(Payload(), region); });
    tlm_generic_payload& inside = Payload();
    inside.set_address(1);
    ExpectComplaint("without pointer", [&] { bus_->get_direct_mem_ptr(inside, region); });
    ExpectComplaint("more bytes", [&] { bus_->transport_dbg(Payload()); });
  });
}

TEST_F(Rules, TheLogHoldsEachTransaction) {
  const std::string file = ::testing::TempDir() + "transactions.jsonl";
  monitor_.OpenLog(file);
  sc_core::sc_trace_file* waves =
      sc_core::sc_create_vcd_trace_file((::testing::TempDir() + "transactions").c_str());
  monitor_.Trace(waves);
  Simulate([&] {
    sc_core::wait(sc_core::sc_time(3, sc_core::SC_NS));
    puppet_.transport = [](auto& p, auto& delay) {
      delay += sc_core::sc_time(2, sc_core::SC_NS);
      p.set_response_status(tlm::TLM_ADDRESS_ERROR_RESPONSE);
    };
    EXPECT_EQ(Blocking([](auto&) {}), "");
    sc_core::wait(sc_core::sc_time(3, sc_core::SC_NS));
  });
  monitor_.CloseLog();
  sc_core::sc_close_vcd_trace_file(waves);
  std::ifstream in(file);
  std::string line;
  ASSERT_TRUE(std::getline(in, line));
  const nlohmann::json expected = {{"socket", "rules.monitor"},
                                   {"begin_ps", 3000},
                                   {"end_ps", 5000},
                                   {"command", "read"},
                                   {"address", 0x40},
                                   {"bytes", 4},
                                   {"response", "TLM_ADDRESS_ERROR_RESPONSE"}};
  EXPECT_EQ(nlohmann::json::parse(line), expected);
  EXPECT_FALSE(std::getline(in, line));
  std::ifstream vcd(::testing::TempDir() + "transactions.vcd");
  const std::string text((std::istreambuf_iterator<char>(vcd)), {});
  EXPECT_NE(text.find("on_their_way"), std::string::npos);
  EXPECT_NE(text.find("b1000000 "), std::string::npos) << "address 0x40 is not shown";
}

}  // namespace
}  // namespace denseshift::systemc::testing
