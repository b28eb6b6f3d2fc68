// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0
//
// Claim: RTL and cycle model hold the same state in every clock cycle.
//
// DENSESHIFT_LAYERS is the number of layers (default 100), DENSESHIFT_SEED the first seed.

#include <cstdlib>
#include <fmt/format.h>

#include <gtest/gtest.h>

#include "driver/runtime.h"
#include "sim/lockstep/lockstep_device.h"
#include "tests/system/random_case.h"

namespace denseshift::testing {
namespace {

std::uint32_t FromEnvironment(const char* name, std::uint32_t otherwise) {
  const char* text = std::getenv(name);
  return text == nullptr ? otherwise : static_cast<std::uint32_t>(std::stoul(text));
}

TEST(Lockstep, RandomLayersAgreeInEveryCycle) {
  const std::uint32_t first = FromEnvironment("DENSESHIFT_SEED", 1);
  const std::uint32_t layers = FromEnvironment("DENSESHIFT_LAYERS", 100);
  std::uint64_t cycles = 0;
  std::size_t signals = 0;
  for (std::uint32_t seed = first; seed < first + layers; ++seed) {
    const RandomCase random_case = MakeRandomCase(seed);
    SCOPED_TRACE(fmt::format("{}\nrepeat with: DENSESHIFT_SEED={} DENSESHIFT_LAYERS=1",
                             Describe(random_case),
                             seed));
    try {
      sim::LockstepDevice device(Builds()[random_case.build].parameters, random_case.memory);
      driver::Runtime runtime(device, random_case.program);
      static_cast<void>(runtime.Run(random_case.images));
      device.Finish();
      cycles += device.Cycles();
      signals = device.ComparedSignals();
    } catch (const std::exception& error) {
      FAIL() << error.what();
    }
  }
  fmt::print("{} layers, {} cycles, {} signals, 0 differences\n", layers, cycles, signals);
}

}  // namespace
}  // namespace denseshift::testing
