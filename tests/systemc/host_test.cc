// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

// Claim: the host loses no interrupt, takes none of one job for that of another, and tells of
// programs that cannot end.

#include "sim/systemc/platform/host.h"

#include <array>
#include <stdexcept>
#include <vector>

#include <gtest/gtest.h>

#include "driver/registers.h"
#include "sim/systemc/platform/address_map.h"
#include "sim/systemc/platform/interrupt_controller.h"
#include "sim/systemc/platform/router.h"
#include "tests/systemc/run.h"

namespace denseshift::systemc::testing {
namespace {

namespace registers = driver::registers;

// A host and an interrupt controller whose two lines a test drives.
class Lines : public sc_core::sc_module {
 public:
  explicit Lines(const sc_core::sc_module_name& name) : sc_core::sc_module(name) {
    host.bus.bind(router_.initiators[0]);
    router_.targets[0].bind(controller_.socket);
    for (unsigned i = 0; i < 2; ++i)
      controller_.lines[i].bind(lines[i]);
    controller_.interrupt.bind(interrupt_);
    host.interrupt.bind(interrupt_);
  }

  Host host{"host", 2};
  sc_core::sc_vector<sc_core::sc_signal<bool, sc_core::SC_MANY_WRITERS>> lines{"lines", 2};

 private:
  Router router_{"router", {{}}, {{kInterruptBase, kInterruptBytes}}};
  InterruptController controller_{"controller", 2};
  sc_core::sc_signal<bool> interrupt_{"interrupt"};
};

// Whatever lies between two lines that rise at the same time, both are taken.
TEST(Host, TakesTwoInterruptsAnyDeltaCyclesApart) {
  Lines parts("parts");
  constexpr int kMostApart = 8;
  const sc_core::sc_time limit(100, sc_core::SC_NS);
  const auto wait_for = [&](unsigned line) {
    for (int apart = 0; apart < kMostApart; ++apart) {
      parts.host.EnableInterrupt(line);
      sc_core::wait(sc_core::sc_time(10, sc_core::SC_NS));
      for (int i = 0; i < apart && line == 1; ++i)
        sc_core::wait(sc_core::SC_ZERO_TIME);
      parts.lines[line].write(true);
      EXPECT_TRUE(parts.host.WaitForInterrupt(line, limit)) << apart << " apart, line " << line;
      parts.lines[line].write(false);
      sc_core::wait(sc_core::sc_time(1, sc_core::SC_US) * (apart + 1) - sc_core::sc_time_stamp());
    }
  };
  parts.host.Run({[&] { wait_for(0); }, [&] { wait_for(1); }});
  EXPECT_EQ(parts.host.InterruptsTaken(), 2U * kMostApart);
}

TEST(Host, RefusesProgramsWhileEarlierOnesWait) {
  Lines parts("parts");
  sc_core::sc_event never;
  EXPECT_THROW(parts.host.Run({[&] { sc_core::wait(never); }}), std::runtime_error);
  EXPECT_THROW(parts.host.Run({[] {}}), std::logic_error);
}

// As any debugger or supervisor of a platform may.
TEST(Host, AThreadCanBeKilled) {
  Lines parts("parts");
  sc_core::sc_event never;
  const auto kill = [] {
    sc_core::sc_process_handle(sc_core::sc_find_object("parts.host.thread_0")).kill();
  };
  EXPECT_THROW(parts.host.Run({[&] { sc_core::wait(never); }, kill}), std::runtime_error);
}

// A job that is given up ends all the same, and raises its interrupt. The next job is not done by
// it.
TEST(Host, TheInterruptOfAJobGivenUpEndsNoOther) {
  sim::Config config = sim::LoadConfig("4x4");
  PlatformOptions options = OptionsFor(config, BodyKind::kModel);
  options.interrupts = true;
  Platform platform("platform", options);
  platform.Run([&](driver::Device& device) {
    const std::array<std::uint32_t, 16> stamp = {0x105, 0, 0x400};
    for (std::uint64_t i = 0; i < 8; ++i)
      device.WriteMemory(i * sizeof(stamp), stamp.data(), sizeof(stamp));
    const auto start = [&](std::uint32_t commands) {
      device.WriteRegister(registers::kCmdAddr, 0);
      device.WriteRegister(registers::kCmdCount, commands);
      device.WriteRegister(registers::kCtrl, registers::kCtrlStart);
    };
    start(1);
    EXPECT_FALSE(device.RunUntilIdle(1));
    sc_core::wait(sc_core::sc_time(50, sc_core::SC_US));
    start(8);
    EXPECT_TRUE(device.RunUntilIdle(100'000));
    EXPECT_NE(device.ReadRegister(registers::kCtrl) & registers::kCtrlIdle, 0U);
  });
}

}  // namespace
}  // namespace denseshift::systemc::testing
