// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0
//
// Claim: what goes wrong in the RTL is found by the lock-step, in the unit where it happens.

#include <fmt/format.h>
#include <optional>
#include <string>
#include <utility>

#include <gtest/gtest.h>

#include "driver/runtime.h"
#include "sim/lockstep/lockstep_device.h"
#include "tests/system/random_case.h"

namespace denseshift::testing {
namespace {

using sim::LockstepDevice;
using sim::LockstepDifference;

// A layer on the smallest build.
const RandomCase& SmallCase() {
  static const RandomCase kCase = [] {
    std::uint32_t seed = 1;
    while (MakeRandomCase(seed).build != 0)
      ++seed;
    return MakeRandomCase(seed);
  }();
  return kCase;
}

void RunSmallCase(LockstepDevice& device) {
  driver::Runtime runtime(device, SmallCase().program);
  static_cast<void>(runtime.Run(SmallCase().images));
  device.Finish();
}

// The difference that a flip leads to.
std::optional<LockstepDifference> FindFlip(const sim::BitFlip& flip, bool concurrent) {
  LockstepDevice::Options options;
  options.concurrent = concurrent;
  LockstepDevice device(Builds()[0].parameters, SmallCase().memory, std::move(options));
  device.Inject(flip);
  try {
    RunSmallCase(device);
  } catch (const LockstepDifference& difference) {
    return difference;
  }
  return std::nullopt;
}

class LockstepFlip : public ::testing::TestWithParam<bool> {};  // concurrent

// Registers that keep their value for long: the flip is there in the next cycle.
TEST_P(LockstepFlip, IsFoundWhereItIsInTheNextCycle) {
  const std::pair<const char*, const char*> flips[] = {
      {"regs.list_addr[7]@900", "regs.list_addr"},
      {"job.limit[3]@900", "job.limit"},
      {"counters.count[2][3][17]@900", "counters.count"},
      {"tokens.load_compute.count[5]@900", "tokens.load_compute.count"},
      {"sequencer.index[30]@900", "sequencer.index"},
      {"load.row_addr[9]@900", "load.row_addr"},
      {"unpacker.stripe[4]@900", "unpacker.stripe"},
      {"feeder.stripe[6]@900", "feeder.stripe"},
      {"window.y_left[1]@900", "window.y_left"},
      {"array.flip[2][3][6]@900", "array.flip"},
      {"post.entry[2]@900", "post.entry"},
      {"store.row_addr[12]@900", "store.row_addr"},
  };
  for (const auto& [text, signal] : flips) {
    SCOPED_TRACE(text);
    const auto difference = FindFlip(sim::ParseBitFlip(text), GetParam());
    ASSERT_TRUE(difference.has_value());
    EXPECT_EQ(difference->cycle, 901U);
    EXPECT_EQ(difference->signal.unit + "." + difference->signal.name, signal);
    EXPECT_NE(difference->expected, difference->actual);
  }
}

TEST_P(LockstepFlip, HasLaneAndColumn) {
  const auto difference = FindFlip(sim::ParseBitFlip("array.exponent[1][2][0]@900"), GetParam());
  ASSERT_TRUE(difference.has_value());
  EXPECT_EQ(difference->signal.lane, 1);
  EXPECT_EQ(difference->signal.column, 2);
  EXPECT_EQ(difference->signal.rtl_name,
            "u_compute.u_array.gen_level[4].gen_row[1].gen_column[2].gen_pe.u_pe.exponent_q");
}

INSTANTIATE_TEST_SUITE_P(, LockstepFlip, ::testing::Bool(), [](const auto& mode) {
  return mode.param ? "InAnotherThread" : "AtOnce";
});

// What the comparison is worth without a model's help: no register is left out.
TEST(Lockstep, ComparesEveryRegister) {
  const LockstepDevice device(Builds()[0].parameters, SmallCase().memory);
  std::uint64_t compared = 0;
  for (const sim::Signal& signal : device.signals())
    compared += signal.bits;
  const sim::StateBits bits(device.RtlState());
  std::uint64_t registers = 0;
  for (std::uint64_t bit = 0; bit < bits.size(); ++bit)
    registers += bits.IsOfMemory(bit) ? 0 : 1;
  EXPECT_EQ(compared, registers);
}

// A pin follows from a register at once, before the registers after the clock edge are compared.
TEST(Lockstep, FindsAWrongPin) {
  LockstepDevice::Options options;
  options.concurrent = false;
  LockstepDevice device(Builds()[0].parameters, SmallCase().memory, std::move(options));
  device.Inject(sim::ParseBitFlip("regs.rvalid[0]@2"));
  try {
    RunSmallCase(device);
    FAIL() << "not found";
  } catch (const LockstepDifference& difference) {
    EXPECT_EQ(difference.cycle, 2U);
    EXPECT_EQ(difference.signal.FullName(), "axil.arready");  // 1 only while rvalid is 0
    EXPECT_EQ(difference.actual, "0x1");
  }
}

TEST(Lockstep, NamesWhatThereIsInsteadOfAnUnknownBit) {
  LockstepDevice device(Builds()[0].parameters, SmallCase().memory);
  const auto message = [&](const char* text) {
    try {
      device.Inject(sim::ParseBitFlip(text));
    } catch (const std::invalid_argument& error) {
      return std::string(error.what());
    }
    return std::string();
  };
  EXPECT_EQ(message("handoff.buzy[0]@1"),
            "there is no state handoff.buzy; signals of the unit: handoff.busy, "
            "handoff.feeder_seq, handoff.post_seq");
  EXPECT_NE(message("loud.rows[0]@1").find("units: accumulators, activation_buffer, array"),
            std::string::npos);
  EXPECT_EQ(message("load.rows[16]@1"), "there is no bit load.rows[16]@1: load.rows has 16 bits");
  EXPECT_NE(message("array.u[4][0]@1").find("has 32 bits in each of 4 items"), std::string::npos);
  EXPECT_EQ(message("array.u[3][31]@1"), "");
}

}  // namespace
}  // namespace denseshift::testing
