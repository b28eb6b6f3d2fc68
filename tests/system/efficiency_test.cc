// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0
//
// Claim: a 16x16 array with a 128-bit bus and a memory of 50 cycles latency keeps busy.
// Cycle counts of the RTL are exact, so the bounds are too.

#include <cstdint>
#include <fmt/format.h>

#include <gtest/gtest.h>

#include "driver/compiler/compile.h"
#include "driver/runtime.h"
#include "sim/check/layer_check.h"
#include "sim/config/config.h"
#include "sim/rtl/verilated_device.h"
#include "tests/driver/random_network.h"

namespace denseshift::testing {
namespace {

using driver::testing::NetworkBuilder;

class Efficiency : public ::testing::Test {
 protected:
  Efficiency()
      : config_(sim::LoadConfig("16x16")),
        device_(config_.device, config_.memory),
        capabilities_(driver::ReadCapabilities(device_)),
        builder_(1, capabilities_) {}

  // Cycles of the network's job on the RTL, its outputs checked against golden.
  std::uint64_t Cycles() {
    const driver::Network network = builder_.Finish();
    driver::CompileOptions options;
    options.memory_bytes = device_.MemoryBytes();
    driver::Runtime runtime(device_, driver::Compile(network, capabilities_, options));
    const std::vector<std::int8_t> image = builder_.RandomImage();
    static_cast<void>(runtime.Run({image}));
    const auto difference = sim::LayerCheck(network).Check(
        0, image, [&](std::size_t tensor) { return runtime.ReadTensor(tensor); });
    EXPECT_FALSE(difference) << difference->Description();
    return runtime.JobCycles();
  }

  double Utilization(std::uint64_t macs) {
    const std::uint64_t cycles = Cycles();
    const double utilization = static_cast<double>(macs) / (256.0 * static_cast<double>(cycles));
    fmt::print("{} MACs in {} cycles: {:.2f} % of 256 a cycle\n", macs, cycles, 100 * utilization);
    return utilization;
  }

  sim::Config config_;
  sim::VerilatedDevice device_;
  driver::Capabilities capabilities_;
  NetworkBuilder builder_;
};

driver::Window SquareWindow(int kernel, int stride, int pad) {
  driver::Window window;
  window.kernel_h = window.kernel_w = kernel;
  window.stride_h = window.stride_w = stride;
  window.pad_top = window.pad_left = window.pad_bottom = window.pad_right = pad;
  return window;
}

TEST_F(Efficiency, Conv3x3Of64ChannelsUsesAtLeast95Percent) {
  builder_.Conv(builder_.Input(56, 56, 64), SquareWindow(3, 1, 1), 64, 4);
  EXPECT_GE(Utilization(std::uint64_t{56} * 56 * 64 * 576), 0.95);
}

TEST_F(Efficiency, FirstLayer7x7UsesAtLeast85Percent) {
  builder_.Conv(builder_.Input(224, 224, 3), SquareWindow(7, 2, 3), 64, 4);
  EXPECT_GE(Utilization(std::uint64_t{112} * 112 * 64 * 147), 0.85);
}

class FullyConnected : public Efficiency, public ::testing::WithParamInterface<int> {};

// Weights cross the bus at exactly n bits each; nothing on chip may be slower.
TEST_P(FullyConnected, StaysWithin10PercentOfTheBus) {
  const auto bits = static_cast<std::uint64_t>(GetParam());
  builder_.Conv(builder_.Input(1, 1, 1024), SquareWindow(1, 1, 0), 1024, GetParam());
  const std::uint64_t bound = std::uint64_t{1024} * 1024 * bits / 128;
  const std::uint64_t cycles = Cycles();
  fmt::print("{} cycles, bus bound {}: {:.2f} % above\n",
             cycles,
             bound,
             100.0 * static_cast<double>(cycles - bound) / static_cast<double>(bound));
  EXPECT_LE(cycles, bound + bound / 10);
}

INSTANTIATE_TEST_SUITE_P(AtBits, FullyConnected, ::testing::Values(2, 3, 4));

}  // namespace
}  // namespace denseshift::testing
