// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

// Claim: the memory socket stands targets that send other phases than the four, and more of them.

#include "sim/systemc/memory_port.h"

#include <array>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>
#include <tlm_utils/simple_target_socket.h>

namespace denseshift::systemc::testing {
namespace {

using tlm::tlm_generic_payload;

DECLARE_EXTENDED_PHASE(KNOCKING);

// A port, and a target that keeps what it gets and sends what the test wants.
class Parts : public sc_core::sc_module {
 public:
  explicit Parts(const sc_core::sc_module_name& name) : sc_core::sc_module(name) {
    target.register_nb_transport_fw(this, &Parts::Forward);
    port.socket.bind(target);
    SC_HAS_PROCESS(Parts);
    SC_THREAD(Run);
  }

  void Send() {
    port.Send({false, 0, data_.data(), nullptr, 8}, [this](auto) { ++answers; });
  }

  void Backward(tlm_generic_payload& payload, tlm::tlm_phase phase) {
    sc_core::sc_time delay = sc_core::SC_ZERO_TIME;
    target->nb_transport_bw(payload, phase, delay);
    sc_core::wait(sc_core::sc_time(1, sc_core::SC_NS));
  }

  MemoryPort port{"port", TimingStyle::kApproximatelyTimed};
  tlm_utils::simple_target_socket<Parts> target{"target"};
  std::function<void()> function;
  std::vector<tlm_generic_payload*> requests;
  int ends = 0;
  int answers = 0;

 private:
  // NOLINTNEXTLINE(readability-make-member-function-const): SC_THREAD takes no const one
  void Run() { function(); }

  tlm::tlm_sync_enum Forward(tlm_generic_payload& payload,
                             tlm::tlm_phase& phase,
                             sc_core::sc_time& /*delay*/) {
    if (phase == tlm::BEGIN_REQ) {
      payload.acquire();
      requests.push_back(&payload);
    } else {
      ++ends;
    }
    return tlm::TLM_ACCEPTED;
  }

  std::array<std::uint8_t, 8> data_{};
};

TEST(MemoryPort, IgnoresPhasesOfOtherProtocols) {
  Parts parts("parts");
  parts.function = [&] {
    parts.Send();
    parts.Send();
    ASSERT_EQ(parts.requests.size(), 1U);
    parts.Backward(*parts.requests[0], KNOCKING);
    EXPECT_EQ(parts.requests.size(), 1U) << "a request while another has not ended";
    parts.Backward(*parts.requests[0], tlm::END_REQ);
    ASSERT_EQ(parts.requests.size(), 2U);
    parts.requests[0]->set_response_status(tlm::TLM_OK_RESPONSE);
    parts.Backward(*parts.requests[0], tlm::BEGIN_RESP);
    EXPECT_EQ(parts.ends, 1);
    EXPECT_EQ(parts.answers, 1);
  };
  sc_core::sc_start();
}

TEST(MemoryPort, TellsOfAResponseThatComesTwice) {
  Parts parts("parts");
  parts.function = [&] {
    parts.Send();
    parts.requests.at(0)->set_response_status(tlm::TLM_OK_RESPONSE);
    parts.Backward(*parts.requests.at(0), tlm::BEGIN_RESP);
    parts.Backward(*parts.requests.at(0), tlm::BEGIN_RESP);
  };
  std::string message;
  try {
    sc_core::sc_start();
  } catch (const sc_core::sc_report& report) {
    message = report.get_msg();
  }
  EXPECT_NE(message.find("parts.port: the target sends phase BEGIN_RESP"), std::string::npos)
      << message;
  EXPECT_EQ(parts.answers, 1);
}

}  // namespace
}  // namespace denseshift::systemc::testing
