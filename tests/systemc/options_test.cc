// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

// Claim: options out of range are refused when a module is made, and what docs/systemc.md says not
// to count does not.

#include <stdexcept>
#include <string>

#include <gtest/gtest.h>

#include "sim/config/config.h"
#include "tests/systemc/initiator.h"
#include "tests/systemc/run.h"

namespace denseshift::systemc::testing {
namespace {

// What is said about the options, or nothing.
std::string Refusal(const PlatformOptions& options) {
  try {
    const Platform platform("platform", options);
  } catch (const std::invalid_argument& error) {
    return error.what();
  }
  return "";
}

PlatformOptions Small() {
  return OptionsFor(sim::LoadConfig("4x4"), BodyKind::kModel);
}

void ExpectRefused(const PlatformOptions& options, const std::string& text) {
  const std::string refusal = Refusal(options);
  EXPECT_NE(refusal.find(text), std::string::npos) << "'" << refusal << "' for " << text;
}

TEST(Options, NoAcceleratorIsRefused) {
  PlatformOptions options = Small();
  options.accelerators = 0;
  ExpectRefused(options, "0 accelerators; 1..32");
}

TEST(Options, MoreAcceleratorsThanInterruptsAreRefused) {
  PlatformOptions options = Small();
  options.accelerators = 33;
  ExpectRefused(options, "33 accelerators; 1..32");
}

TEST(Options, AMemoryWithoutAPageForEachIsRefused) {
  PlatformOptions options = Small();
  options.accelerators = 3;
  options.memory.bytes = 3 * 4096 - 1;
  ExpectRefused(options, "12287 bytes");
}

TEST(Options, AMemoryThatHidesTheRegistersIsRefused) {
  PlatformOptions options = Small();
  options.memory.bytes = (std::uint64_t{1} << 32U) + 1;
  ExpectRefused(options, "0x100000000");
}

TEST(Options, AClockOfOneStepIsRefused) {
  PlatformOptions options = Small();
  options.accelerator.clock_period = sc_core::sc_time::from_value(1);
  ExpectRefused(options, "clock period");
}

TEST(Options, BusesOfTwoWidthsAreRefused) {
  PlatformOptions options = Small();
  options.accelerator.body = BodyKind::kFunctional;  // which has no bus of its own to object to it
  options.accelerator.bus.bus_bytes = options.accelerator.device.bus_bytes == 8 ? 16 : 8;
  ExpectRefused(options, "bus has");
}

class BytesOfTheBus : public ::testing::TestWithParam<BodyKind> {};

TEST_P(BytesOfTheBus, DoNotCount) {
  AcceleratorOptions options;
  options.body = GetParam();
  options.bus.bytes = 0;
  EXPECT_NO_THROW(Bench("bench", options));
}

INSTANTIATE_TEST_SUITE_P(Body,
                         BytesOfTheBus,
                         ::testing::Values(BodyKind::kFunctional, BodyKind::kModel, BodyKind::kRtl),
                         [](const auto& test) {
                           return test.param == BodyKind::kFunctional ? "Functional"
                                  : test.param == BodyKind::kModel    ? "Model"
                                                                      : "Rtl";
                         });

}  // namespace
}  // namespace denseshift::systemc::testing
