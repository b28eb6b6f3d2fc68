// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

// Claim: router, memory and interrupt controller of the platform answer any initiator.

#include <array>
#include <functional>
#include <utility>

#include <gtest/gtest.h>
#include <tlm_utils/simple_initiator_socket.h>

#include "sim/systemc/platform/address_map.h"
#include "sim/systemc/platform/interrupt_controller.h"
#include "sim/systemc/platform/memory.h"
#include "sim/systemc/platform/router.h"

namespace denseshift::systemc::testing {
namespace {

using tlm::tlm_generic_payload;

constexpr std::uint64_t kMemoryBytes = 8192;
constexpr std::uint64_t kWindowBytes = 4096;

MemoryOptions SmallMemory() {
  MemoryOptions options;
  options.bytes = kMemoryBytes;
  return options;
}

// An initiator that sees the second page of a memory, and one that sees all there is.
class Parts : public sc_core::sc_module {
 public:
  explicit Parts(const sc_core::sc_module_name& name) : sc_core::sc_module(name) {
    window.bind(router_.initiators[0]);
    all.bind(router_.initiators[1]);
    router_.targets[0].bind(memory.socket);
    router_.targets[1].bind(controller_.socket);
    controller_.lines[0].bind(line);
    controller_.interrupt.bind(interrupt_);
    SC_HAS_PROCESS(Parts);
    SC_THREAD(Run);
  }

  void Simulate(std::function<void()> function) {
    function_ = std::move(function);
    sc_core::sc_start();
  }

  tlm_utils::simple_initiator_socket<Parts> window{"window"};
  tlm_utils::simple_initiator_socket<Parts> all{"all"};
  Memory memory{"memory", SmallMemory()};
  sc_core::sc_signal<bool> line{"line"};

 private:
  void Run() { function_(); }

  std::function<void()> function_;
  Router router_{"router",
                 {{kWindowBytes, kWindowBytes}, {}},
                 {{0, kMemoryBytes}, {kInterruptBase, kInterruptBytes}}};
  InterruptController controller_{"controller", 1};
  sc_core::sc_signal<bool> interrupt_{"interrupt"};
};

class PlatformParts : public ::testing::Test {
 protected:
  // A transaction of 4 bytes.
  void Fill(tlm_generic_payload& payload, std::uint64_t address) {
    payload.set_command(tlm::TLM_READ_COMMAND);
    payload.set_address(address);
    payload.set_data_ptr(data_.data());
    payload.set_data_length(4);
    payload.set_streaming_width(4);
  }

  tlm::tlm_response_status Controller(std::uint64_t offset,
                                      const std::function<void(tlm_generic_payload&)>& change,
                                      sc_core::sc_time delay = sc_core::SC_ZERO_TIME) {
    tlm_generic_payload payload;
    Fill(payload, kInterruptBase + offset);
    change(payload);
    parts_.all->b_transport(payload, delay);
    return payload.get_response_status();
  }

  Parts parts_{"parts"};
  std::array<std::uint8_t, 16> data_{};
};

// Neither has a streaming width, and a request for direct access no length.
TEST_F(PlatformParts, WindowsHoldForDebugAndDirectAccess) {
  parts_.Simulate([&] {
    tlm_generic_payload payload;
    Fill(payload, kWindowBytes - 4);
    payload.set_streaming_width(0);
    EXPECT_EQ(parts_.window->transport_dbg(payload), 4U);
    payload.set_data_length(8);
    EXPECT_EQ(parts_.all->transport_dbg(payload), 8U);
    EXPECT_EQ(parts_.window->transport_dbg(payload), 0U) << "4 bytes behind the window";
    payload.set_address(kMemoryBytes - 4);
    EXPECT_EQ(parts_.all->transport_dbg(payload), 0U);

    tlm::tlm_dmi region;
    payload.set_address(kWindowBytes - 4);
    payload.set_data_length(~0U);
    payload.set_streaming_width(~0U);
    EXPECT_TRUE(parts_.window->get_direct_mem_ptr(payload, region));
    EXPECT_EQ(region.get_start_address(), 0U);
    EXPECT_EQ(region.get_end_address(), kWindowBytes - 1);
  });
}

TEST_F(PlatformParts, TheInterruptControllerStandsBrokenTransactions) {
  parts_.Simulate([&] {
    EXPECT_EQ(Controller(kPending, [](auto& p) { p.set_data_ptr(nullptr); }),
              tlm::TLM_GENERIC_ERROR_RESPONSE);
    EXPECT_EQ(
        Controller(kPending, [](auto& p) { p.set_command(static_cast<tlm::tlm_command>(3)); }),
        tlm::TLM_COMMAND_ERROR_RESPONSE);
    EXPECT_EQ(Controller(kPending, [](auto& p) { p.set_data_length(0); }),
              tlm::TLM_BURST_ERROR_RESPONSE);
    EXPECT_EQ(Controller(kPending, [](auto& p) { p.set_streaming_width(0); }),
              tlm::TLM_BURST_ERROR_RESPONSE);
    EXPECT_EQ(Controller(2, [](auto&) {}), tlm::TLM_ADDRESS_ERROR_RESPONSE);
    EXPECT_EQ(Controller(kPending, [&](auto& p) { p.set_byte_enable_ptr(data_.data()); }),
              tlm::TLM_BYTE_ENABLE_ERROR_RESPONSE);
  });
}

// An initiator ahead of time reads what is pending then.
TEST_F(PlatformParts, TheInterruptControllerAnswersForTheTimeOfTheTransaction) {
  parts_.Simulate([&] {
    sc_core::sc_spawn([&] {
      sc_core::wait(sc_core::sc_time(5, sc_core::SC_NS));
      parts_.line.write(true);
    });
    EXPECT_EQ(Controller(
                  kPending, [](auto&) {}, sc_core::sc_time(7, sc_core::SC_NS)),
              tlm::TLM_OK_RESPONSE);
    EXPECT_EQ(data_[0], 1);
  });
}

TEST_F(PlatformParts, TheMemoryTakesFaultsBeforeTheSimulation) {
  MemoryFault fault;
  fault.begin = 8;
  fault.end = 9;
  parts_.memory.AddFault(fault);
  parts_.Simulate([&] {
    tlm_generic_payload payload;
    Fill(payload, 8);
    sc_core::sc_time delay = sc_core::SC_ZERO_TIME;
    parts_.all->b_transport(payload, delay);
    EXPECT_EQ(payload.get_response_status(), fault.response);
  });
}

}  // namespace
}  // namespace denseshift::systemc::testing
