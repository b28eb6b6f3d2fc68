// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/systemc/job_clock.h"

#include <vector>

#include <gtest/gtest.h>

namespace denseshift::systemc {
namespace {

// A job of one stamp, on a memory that adds so many cycles to each burst.
std::uint64_t Cycles(std::uint64_t late_cycles) {
  JobClock clock({}, {});
  JobClock::Start start;
  start.late_cycles = late_cycles;
  return clock.Time({sim::CommandWords{0x105, 0, 0x800}}, start).cycles;
}

TEST(JobClock, AJobOnASlowerMemoryTakesLonger) {
  std::uint64_t before = 0;
  for (const unsigned power : {0U, 10U, 20U, 30U}) {
    const std::uint64_t cycles = Cycles(std::uint64_t{1} << power);
    EXPECT_GT(cycles, before) << "2^" << power;
    before = cycles;
  }
  EXPECT_GE(Cycles(std::uint64_t{1} << 33U), before) << "more cycles than an int has";
}

}  // namespace
}  // namespace denseshift::systemc
