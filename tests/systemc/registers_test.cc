// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

// Claim: the register socket does what docs/systemc.md says, whatever an initiator sends.

#include "driver/registers.h"

#include <array>
#include <vector>

#include <gtest/gtest.h>

#include "sim/systemc/payload_pool.h"
#include "tests/systemc/initiator.h"

namespace denseshift::systemc::testing {
namespace {

namespace registers = driver::registers;
using tlm::tlm_generic_payload;

class Registers : public ::testing::TestWithParam<BodyKind> {
 protected:
  static AcceleratorOptions Options() {
    AcceleratorOptions options;
    options.body = GetParam();
    return options;
  }

  static sc_core::sc_time Now() { return sc_core::sc_time_stamp(); }

  Bench bench_{"bench", Options()};
  bool finished_ = false;  // the simulation, by itself
};

TEST_P(Registers, ABrokenInitiatorGetsTheRightAnswer) {
  bench_.Run([&] {
    std::uint32_t value = 0xAAAAAAAA;
    const auto send = [&](const std::function<void(tlm_generic_payload&)>& change,
                          tlm::tlm_command command = tlm::TLM_READ_COMMAND) {
      return bench_.Access(command, registers::kId, value, change);
    };
    EXPECT_EQ(send([](auto& p) { p.set_address(0x41); }), tlm::TLM_ADDRESS_ERROR_RESPONSE);
    EXPECT_EQ(send([](auto& p) { p.set_address(0x1000); }), tlm::TLM_ADDRESS_ERROR_RESPONSE);
    EXPECT_EQ(send([](auto& p) { p.set_address(~0ULL); }), tlm::TLM_ADDRESS_ERROR_RESPONSE);
    EXPECT_EQ(send([](auto& p) { p.set_data_length(8); }), tlm::TLM_BURST_ERROR_RESPONSE);
    EXPECT_EQ(send([](auto& p) { p.set_data_length(0); }), tlm::TLM_BURST_ERROR_RESPONSE);
    EXPECT_EQ(send([](auto& p) { p.set_streaming_width(2); }), tlm::TLM_BURST_ERROR_RESPONSE);
    EXPECT_EQ(send([](auto& p) { p.set_streaming_width(0); }), tlm::TLM_BURST_ERROR_RESPONSE);
    EXPECT_EQ(send([](auto& p) { p.set_data_ptr(nullptr); }), tlm::TLM_GENERIC_ERROR_RESPONSE);
    EXPECT_EQ(send([](auto& p) { p.set_command(static_cast<tlm::tlm_command>(3)); }),
              tlm::TLM_COMMAND_ERROR_RESPONSE);
    std::uint8_t enable = TLM_BYTE_ENABLED;
    EXPECT_EQ(send([&](auto& p) { p.set_byte_enable_ptr(&enable); }),
              tlm::TLM_BYTE_ENABLE_ERROR_RESPONSE);
    EXPECT_EQ(send([](auto& p) { p.set_data_length(8); }, tlm::TLM_WRITE_COMMAND),
              tlm::TLM_BURST_ERROR_RESPONSE);
    EXPECT_EQ(send(nullptr, tlm::TLM_IGNORE_COMMAND), tlm::TLM_OK_RESPONSE);
    EXPECT_EQ(Now(), sc_core::SC_ZERO_TIME);
    EXPECT_EQ(value, 0xAAAAAAAA);
    EXPECT_EQ(send(nullptr), tlm::TLM_OK_RESPONSE);
    EXPECT_EQ(value, registers::kIdValue);
  });
}

TEST_P(Registers, BytesAreEnabledOneByOne) {
  bench_.Run([&] {
    std::uint32_t value = 0x11223344;
    bench_.Access(tlm::TLM_WRITE_COMMAND, registers::kCmdAddr, value);
    value = 0xAABBCCDD;
    std::array<std::uint8_t, 2> odd = {TLM_BYTE_DISABLED, TLM_BYTE_ENABLED};  // repeats
    const auto enable = [&](tlm_generic_payload& payload) {
      payload.set_byte_enable_ptr(odd.data());
      payload.set_byte_enable_length(2);
    };
    bench_.Access(tlm::TLM_WRITE_COMMAND, registers::kCmdAddr, value, enable);
    bench_.Access(tlm::TLM_READ_COMMAND, registers::kCmdAddr, value);
    EXPECT_EQ(value, 0xAA22CC44);
    value = 0;
    bench_.Access(tlm::TLM_READ_COMMAND, registers::kCmdAddr, value, enable);
    EXPECT_EQ(value, 0xAA00CC00);

    // Without its byte there is no start.
    value = registers::kCtrlStart;
    bench_.Access(tlm::TLM_WRITE_COMMAND, registers::kCtrl, value, enable);
    bench_.Access(tlm::TLM_READ_COMMAND, registers::kCtrl, value);
    EXPECT_EQ(value, registers::kCtrlIdle);
  });
}

TEST_P(Registers, AccessesTakeThreeCyclesFromTheNextEdgeOn) {
  bench_.Run([&] {
    std::uint32_t value = 0;
    const sc_core::sc_time cycle(10, sc_core::SC_NS);
    bench_.Access(tlm::TLM_READ_COMMAND, registers::kId, value);
    EXPECT_EQ(Now(), 3 * cycle);
    sc_core::wait(1001.3 * cycle);
    bench_.Access(tlm::TLM_WRITE_COMMAND, registers::kIer, value);
    EXPECT_EQ(Now(), 1008 * cycle);
  });
}

TEST_P(Registers, DebugReadsHaveNoEffect) {
  bench_.Run([&] {
    std::uint32_t value = registers::kCtrlStart;
    bench_.Access(tlm::TLM_WRITE_COMMAND, registers::kCtrl, value);  // a job of no commands
    sc_core::wait(sc_core::sc_time(1, sc_core::SC_US));
    const sc_core::sc_time before = Now();
    const auto debug = [&](std::uint64_t address, tlm::tlm_command command) {
      tlm_generic_payload payload;
      payload.set_command(command);
      payload.set_address(address);
      payload.set_data_ptr(reinterpret_cast<unsigned char*>(&value));
      payload.set_data_length(4);
      payload.set_streaming_width(4);
      return bench_.bus->transport_dbg(payload);
    };
    EXPECT_EQ(debug(registers::kId, tlm::TLM_READ_COMMAND), 4U);
    EXPECT_EQ(value, registers::kIdValue);
    EXPECT_EQ(debug(registers::kCapParamEntries, tlm::TLM_READ_COMMAND), 4U);
    EXPECT_EQ(value, static_cast<unsigned>(sim::DeviceParameters{}.param_entries));
    EXPECT_EQ(debug(registers::kId, tlm::TLM_WRITE_COMMAND), 0U);
    EXPECT_EQ(debug(2, tlm::TLM_READ_COMMAND), 0U);
    const bool is_functional = GetParam() == BodyKind::kFunctional;
    EXPECT_EQ(debug(registers::kCtrl, tlm::TLM_READ_COMMAND), is_functional ? 4U : 0U);
    EXPECT_EQ(Now(), before);
    tlm_generic_payload payload;
    payload.set_address(0);
    tlm::tlm_dmi region;
    EXPECT_FALSE(bench_.bus->get_direct_mem_ptr(payload, region));
    bench_.Access(tlm::TLM_READ_COMMAND, registers::kCtrl, value);
    EXPECT_EQ(value, registers::kCtrlDone | registers::kCtrlIdle | registers::kCtrlReady);
    bench_.Access(tlm::TLM_READ_COMMAND, registers::kCtrl, value);
    EXPECT_EQ(value, registers::kCtrlIdle);
  });
}

// A payload says nothing of them unless its initiator has set them, which it need not.
TEST_P(Registers, DebugAccessesHaveNoStreamingWidthAndNoByteEnables) {
  bench_.Run([&] {
    std::uint32_t value = 0;
    std::uint8_t disabled = TLM_BYTE_DISABLED;
    tlm_generic_payload payload;
    payload.set_command(tlm::TLM_READ_COMMAND);
    payload.set_address(registers::kId);
    payload.set_data_ptr(reinterpret_cast<unsigned char*>(&value));
    payload.set_data_length(4);
    payload.set_streaming_width(0);
    payload.set_byte_enable_ptr(&disabled);
    payload.set_byte_enable_length(1);
    EXPECT_EQ(bench_.bus->transport_dbg(payload), 4U);
    EXPECT_EQ(value, registers::kIdValue);
    payload.set_data_ptr(nullptr);
    EXPECT_EQ(bench_.bus->transport_dbg(payload), 0U);
  });
}

TEST_P(Registers, AProcessKilledInAnAccessStopsNoOther) {
  bench_.Run([&] {
    for (int clocks = 0; clocks < 4; ++clocks) {
      sc_core::sc_process_handle victim = sc_core::sc_spawn([this] {
        std::uint32_t value = 0;
        bench_.Access(tlm::TLM_READ_COMMAND, registers::kVersion, value);
      });
      sc_core::wait(sc_core::sc_time(10 * clocks + 1, sc_core::SC_NS));
      victim.kill();
      std::uint32_t value = 0;
      EXPECT_EQ(bench_.Access(tlm::TLM_READ_COMMAND, registers::kId, value), tlm::TLM_OK_RESPONSE);
      EXPECT_EQ(value, registers::kIdValue);
    }
    finished_ = true;
  });
  EXPECT_TRUE(finished_);
}

// The line follows ISR also where a read has told that no job runs, and the clock stands.
TEST_P(Registers, TheInterruptFallsWhileTheClockStands) {
  bench_.Run([&] {
    const auto write = [&](std::uint64_t address, std::uint32_t value) {
      bench_.Access(tlm::TLM_WRITE_COMMAND, address, value);
    };
    write(registers::kIer, 1);
    write(registers::kGie, 1);
    write(registers::kCtrl, registers::kCtrlStart);  // a job of no commands
    std::uint32_t value = 0;
    while ((value & registers::kCtrlIdle) == 0)
      bench_.Access(tlm::TLM_READ_COMMAND, registers::kCtrl, value);
    sc_core::wait(sc_core::sc_time(1, sc_core::SC_US));
    EXPECT_TRUE(bench_.interrupt.read());
    write(registers::kIsr, 1);
    sc_core::wait(sc_core::sc_time(1, sc_core::SC_US));
    EXPECT_FALSE(bench_.interrupt.read());
    finished_ = true;
  });
  EXPECT_TRUE(finished_);
}

// Eight reads with four phases, each begun as soon as the request before it has ended.
TEST_P(Registers, PhasesAreTakenOneAccessAfterTheOther) {
  bench_.Run([&] {
    PayloadPool pool;
    std::array<std::uint32_t, 8> values{};
    std::size_t requests = 0;
    std::size_t responses = 0;
    sc_core::sc_event moved;
    bench_.on_phase = [&](tlm_generic_payload& /*payload*/, const tlm::tlm_phase& phase) {
      requests += phase == tlm::END_REQ ? 1U : 0U;
      responses += phase == tlm::BEGIN_RESP ? 1U : 0U;
      moved.notify(sc_core::SC_ZERO_TIME);
    };
    std::vector<tlm_generic_payload*> sent;
    for (std::size_t i = 0; i < values.size(); ++i) {
      tlm_generic_payload* payload = pool.Take();
      payload->set_command(tlm::TLM_READ_COMMAND);
      payload->set_address(registers::kId + 4 * i);
      payload->set_data_ptr(reinterpret_cast<unsigned char*>(&values.at(i)));
      payload->set_data_length(4);
      payload->set_streaming_width(4);
      tlm::tlm_phase phase = tlm::BEGIN_REQ;
      sc_core::sc_time delay = sc_core::SC_ZERO_TIME;
      const tlm::tlm_sync_enum status = bench_.bus->nb_transport_fw(*payload, phase, delay);
      requests += status == tlm::TLM_UPDATED && phase == tlm::END_REQ ? 1U : 0U;
      sent.push_back(payload);
      while (requests <= i)
        sc_core::wait(moved);
      while (responses <= i)
        sc_core::wait(moved);
      EXPECT_EQ(payload->get_response_status(), tlm::TLM_OK_RESPONSE);
      phase = tlm::END_RESP;
      bench_.bus->nb_transport_fw(*payload, phase, delay);
      payload->release();
    }
    EXPECT_EQ(values.at(0), registers::kIdValue);
    EXPECT_EQ(values.at(7), static_cast<unsigned>(sim::DeviceParameters{}.param_entries));
    EXPECT_GE(Now(), sc_core::sc_time(240, sc_core::SC_NS));
  });
}

INSTANTIATE_TEST_SUITE_P(Body,
                         Registers,
                         ::testing::Values(BodyKind::kFunctional, BodyKind::kModel),
                         [](const auto& test) {
                           return test.param == BodyKind::kFunctional ? "Functional" : "Model";
                         });

}  // namespace
}  // namespace denseshift::systemc::testing
