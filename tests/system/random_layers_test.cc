// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0
//
// Claim: every layer the tiler accepts gives on the RTL exactly what the golden
// model says, on every array, bus, memory and batch.
//
// DENSESHIFT_LAYERS is the number of layers (default 200), DENSESHIFT_SEED the first seed.

#include <fmt/format.h>
#include <map>
#include <memory>
#include <optional>

#include <gtest/gtest.h>

#include "driver/registers.h"
#include "driver/runtime.h"
#include "sim/check/layer_check.h"
#include "sim/functional/functional_device.h"
#include "sim/rtl/verilated_device.h"
#include "tests/sim/temporary_folder.h"
#include "tests/system/random_case.h"

namespace denseshift::testing {
namespace {

// The first difference of any image and layer, as text.
std::optional<std::string> RunAndCheck(driver::Device& device, const RandomCase& random_case) {
  driver::Runtime runtime(device, random_case.program);
  static_cast<void>(runtime.Run(random_case.images));
  const sim::LayerCheck check(random_case.network);
  for (std::size_t i = 0; i < random_case.images.size(); ++i) {
    const auto difference = check.Check(i, random_case.images[i], [&](std::size_t tensor) {
      return runtime.ReadTensor(tensor, static_cast<int>(i));
    });
    if (difference) {
      return difference->Description();
    }
  }
  return std::nullopt;
}

// The counters of each unit must sum to the job's cycles.
void ExpectCountersSumToCycles(driver::Device& device, std::uint64_t cycles) {
  for (std::uint32_t unit = 0; unit < 5; ++unit) {
    std::uint64_t sum = 0;
    for (std::uint32_t counter = 0; counter < 4; ++counter) {
      const std::uint32_t offset = 0x80 + 0x20 * unit + 8 * counter;
      sum += device.ReadRegister(offset) +
             (static_cast<std::uint64_t>(device.ReadRegister(offset + 4)) << 32U);
    }
    EXPECT_EQ(sum, cycles) << "unit " << unit;
  }
}

TEST(RandomLayers, RtlEqualsGolden) {
  const std::uint32_t first = FromEnvironment("DENSESHIFT_SEED", 1);
  const std::uint32_t layers = FromEnvironment("DENSESHIFT_LAYERS", 200);
  std::uint64_t cycles = 0;
  for (std::uint32_t seed = first; seed < first + layers; ++seed) {
    const RandomCase random_case = MakeRandomCase(seed);
    SCOPED_TRACE(
        fmt::format("{}\nrepeat with: DENSESHIFT_SEED={} DENSESHIFT_LAYERS=1 "
                    "ds_system_tests --gtest_filter=RandomLayers.RtlEqualsGolden",
                    Describe(random_case),
                    seed));
    sim::VerilatedDevice device(Builds()[random_case.build].parameters, random_case.memory);
    std::optional<std::string> difference;
    ASSERT_NO_THROW(difference = RunAndCheck(device, random_case));
    ASSERT_FALSE(difference) << *difference;
    const std::uint64_t job = device.ReadRegister(0x28);
    ExpectCountersSumToCycles(device, job);
    cycles += job;
  }
  fmt::print("{} layers, {} cycles, 0 differences\n", layers, cycles);
}

// A device that writes a waveform has a second simulator beside the one that runs.
TEST(RandomLayers, WaveformsChangeNothing) {
  const sim::TemporaryFolder folder;
  for (std::uint32_t seed = 1, cases = 0; cases < 5; ++seed) {
    const RandomCase random_case = MakeRandomCase(seed);
    if (random_case.build != 0)
      continue;
    SCOPED_TRACE(Describe(random_case));
    ++cases;
    sim::VerilatedDevice plain(Builds()[0].parameters, random_case.memory);
    sim::VerilatedDevice traced(
        Builds()[0].parameters, random_case.memory, {folder.path() / "wave.fst", 100, 20000});
    ASSERT_FALSE(RunAndCheck(plain, random_case));
    ASSERT_FALSE(RunAndCheck(traced, random_case));
    EXPECT_EQ(plain.ReadRegister(0x28), traced.ReadRegister(0x28));
    ExpectCountersSumToCycles(traced, plain.ReadRegister(0x28));
  }
}

TEST(RandomLayers, FunctionalDeviceEqualsGolden) {
  const std::uint32_t first = FromEnvironment("DENSESHIFT_SEED", 1);
  const std::uint32_t layers = FromEnvironment("DENSESHIFT_LAYERS", 200);
  for (std::uint32_t seed = first; seed < first + layers; ++seed) {
    const RandomCase random_case = MakeRandomCase(seed);
    SCOPED_TRACE(
        fmt::format("{}\nrepeat with: DENSESHIFT_SEED={} DENSESHIFT_LAYERS=1 "
                    "ds_system_tests --gtest_filter=RandomLayers.Functional*",
                    Describe(random_case),
                    seed));
    sim::FunctionalDevice device(Builds()[random_case.build].parameters, random_case.memory.bytes);
    const std::optional<std::string> difference = RunAndCheck(device, random_case);
    ASSERT_FALSE(difference) << *difference;
  }
}

}  // namespace
}  // namespace denseshift::testing
