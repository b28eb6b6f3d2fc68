// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0
//
// Claims: a faster memory never takes more cycles; larger buffers seldom do.
//
// DENSESHIFT_PAIRS is the number of pairs (default 1,000), DENSESHIFT_SEED the first seed.

#include <algorithm>
#include <fmt/format.h>
#include <random>
#include <stdexcept>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "driver/compiler/compile.h"
#include "driver/runtime.h"
#include "sim/device_capabilities.h"
#include "sim/estimate/compile_for.h"
#include "sim/estimate/estimate.h"
#include "sim/estimate/first_job.h"
#include "sim/model/model_device.h"
#include "sim/rtl/verilated_device.h"
#include "tests/driver/random_network.h"
#include "tests/system/random_case.h"

namespace denseshift::testing {
namespace {

using driver::testing::NetworkBuilder;

constexpr std::uint32_t kPairs = 1000;

class Draw {
 public:
  explicit Draw(std::uint32_t seed) : random_(seed) {}

  // Uniform in [low, high].
  int operator()(int low, int high) {
    return std::uniform_int_distribution<int>(low, high)(random_);
  }

 private:
  std::mt19937 random_;
};

// Any device, and a memory without pauses: when these come decides what they cost.
sim::Config DrawConfig(Draw& draw) {
  sim::Config config;
  sim::DeviceParameters& device = config.device;
  device.lanes = 1 << draw(2, 5);
  device.columns = 1 << draw(2, 5);
  device.bus_bytes = 8 << draw(0, 2);
  device.acc_depth = 1 << draw(4, 9);
  device.act_bytes = 1 << draw(12, 17);
  device.wgt_bytes = 1 << draw(11, 16);
  device.out_bytes = 1 << draw(11, 16);
  device.param_entries = 1 << draw(3, 8);
  sim::MemoryParameters& memory = config.memory;
  memory.bus_bytes = device.bus_bytes;
  memory.latency_cycles = draw(0, 1) == 0 ? draw(2, 60) : draw(2, 300);
  memory.bytes_per_cycle = device.bus_bytes * draw(1, 16) / 16.0;
  memory.max_outstanding_reads = draw(1, 16);
  memory.max_outstanding_writes = draw(1, 16);
  return config;
}

driver::Network DrawNetwork(Draw& draw, const sim::Config& config) {
  NetworkBuilder builder(static_cast<std::uint32_t>(draw(1, 1 << 30)),
                         sim::CapabilitiesOf(config.device));
  int tensor = builder.Input(draw(1, 32), draw(1, 32), draw(1, 64));
  const int layers = draw(1, 3);
  for (int i = 0; i < layers; ++i)
    tensor = builder.RandomLayer(tensor);
  return builder.Finish();
}

// More bandwidth or less latency.
sim::Config Faster(Draw& draw, sim::Config config) {
  if (draw(0, 1) == 0) {
    config.memory.bytes_per_cycle *= 1 + draw(1, 16) / 8.0;
  } else {
    config.memory.latency_cycles = draw(1, config.memory.latency_cycles - 1);
  }
  return config;
}

// One of the buffers two to eight times as large.
sim::Config Larger(Draw& draw, sim::Config config) {
  sim::DeviceParameters& device = config.device;
  int* const sizes[] = {
      &device.act_bytes, &device.wgt_bytes, &device.out_bytes, &device.param_entries};
  *sizes[draw(0, 3)] <<= draw(1, 3);
  return config;
}

template <typename Device>
std::uint64_t CyclesOn(const driver::Program& program,
                       const driver::Network& network,
                       const sim::Config& config) {
  Device device(config.device, config.memory);
  const driver::Tensor& input = network.tensors.at(static_cast<std::size_t>(network.input));
  driver::Runtime runtime(device, program);
  static_cast<void>(runtime.Run({driver::Image(input.Elements(), 0)}));
  return runtime.JobCycles();
}

// Pauses of all kinds, which come when they come, however fast the memory is.
void AddPauses(Draw& draw, sim::MemoryParameters& memory) {
  memory.seed = static_cast<std::uint64_t>(draw(1, 1 << 30));
  memory.stall_probability = draw(0, 1) * draw(1, 60) / 100.0;
  memory.refresh_period_cycles = draw(0, 1) * draw(50, 2000);
  memory.refresh_cycles = memory.refresh_period_cycles == 0 ? 0 : draw(1, 49);
}

// Better in one respect, or in two.
sim::Config Better(Draw& draw, sim::Config config) {
  sim::MemoryParameters& memory = config.memory;
  const int what = draw(0, 5);
  if (what == 0 || what == 5)
    memory.bytes_per_cycle *= 1 + draw(1, 16) / 8.0;
  if (what == 1 || what == 5)
    memory.latency_cycles = draw(1, memory.latency_cycles - 1);
  if (what == 2)
    memory.max_outstanding_reads += draw(1, 8);
  if (what == 3)
    memory.max_outstanding_writes += draw(1, 8);
  if (what == 4) {
    memory.stall_probability *= draw(0, 9) / 10.0;
    memory.refresh_cycles = draw(0, memory.refresh_cycles);
  }
  return config;
}

// Nothing in the hardware lets a program take longer because something comes sooner: docs/timing.md
// "Order of addresses". Every hundredth pair is also run on the cycle model, on devices that nobody
// builds the RTL of.
TEST(FasterMemory, SlowsNoProgramDown) {
  const std::uint32_t pairs = FromEnvironment("DENSESHIFT_PAIRS", kPairs);
  std::uint32_t done = 0;
  for (std::uint32_t seed = FromEnvironment("DENSESHIFT_SEED", 1); done < pairs; ++seed) {
    SCOPED_TRACE(fmt::format("seed {}", seed));
    Draw draw(seed);
    sim::Config slow = DrawConfig(draw);
    AddPauses(draw, slow.memory);
    driver::Network network;
    driver::ProgramPlan plan;
    try {
      slow.device.Validate();
      network = DrawNetwork(draw, slow);
      plan = driver::PlanProgram(network, sim::CapabilitiesOf(slow.device));
    } catch (const std::invalid_argument&) {
      continue;  // does not fit the device
    }
    const auto cycles = sim::TimeFirstJob(plan, slow).cycles;
    for (int i = 0; i < 10; ++i)
      ASSERT_LE(sim::TimeFirstJob(plan, Better(draw, slow)).cycles, cycles);
    if (done % 100 == 0) {
      ASSERT_EQ(CyclesOn<sim::ModelDevice>(
                    driver::Compile(network, sim::CapabilitiesOf(slow.device)), network, slow),
                static_cast<std::uint64_t>(cycles));
    }
    ++done;
  }
}

// Nor does the choice of a program: all memories have the same to choose from.
TEST(FasterMemory, TakesNoMoreCycles) {
  const std::uint32_t pairs = FromEnvironment("DENSESHIFT_PAIRS", kPairs);
  std::uint32_t done = 0;
  for (std::uint32_t seed = FromEnvironment("DENSESHIFT_SEED", 1); done < pairs; ++seed) {
    SCOPED_TRACE(fmt::format("seed {}", seed));
    Draw draw(seed);
    const sim::Config slow = DrawConfig(draw);
    driver::Network network;
    std::uint64_t cycles = 0;
    try {
      slow.device.Validate();
      network = DrawNetwork(draw, slow);
      cycles = sim::EstimateNetwork(network, slow).cycles;
    } catch (const std::invalid_argument&) {
      continue;  // does not fit the device
    }
    const sim::Config fast = Faster(draw, slow);
    const std::uint64_t fast_cycles = sim::EstimateNetwork(network, fast).cycles;
    ASSERT_LE(fast_cycles, cycles);
    if (done % 100 == 0) {
      ASSERT_EQ(CyclesOn<sim::ModelDevice>(sim::CompileFor(fast, network), network, fast),
                fast_cycles);
    }
    ++done;
  }
}

// On devices of which there are simulators, with the pauses of the random case.
TEST(FasterMemory, TakesNoMoreCyclesOnTheRtl) {
  for (std::uint32_t seed = 1; seed <= 100; ++seed) {
    RandomCase random_case = MakeRandomCase(seed);
    SCOPED_TRACE(fmt::format("seed {}, {}", seed, Describe(random_case)));
    Draw draw(seed);
    sim::Config config;
    config.device = Builds()[random_case.build].parameters;
    config.memory = random_case.memory;
    config.memory.latency_cycles += 1;
    const auto cycles_of = [&](const sim::Config& of) {
      sim::VerilatedDevice device(of.device, of.memory);
      driver::Runtime runtime(device, random_case.program);
      static_cast<void>(runtime.Run(random_case.images));
      return runtime.JobCycles();
    };
    ASSERT_LE(cycles_of(Better(draw, config)), cycles_of(config));
  }
}

// The tiler compares plans by a model that is not exact, layer by layer: docs/estimate.md "Larger
// buffers". So often it may be wrong.
constexpr double kMostSlower = 0.004;  // of the pairs by more than a thousandth
// Of so many pairs: a few gain much, and fewer pairs may have none of these.
constexpr double kMeanSpeedup = 1.01;
constexpr std::uint32_t kManyPairs = 10'000;

TEST(LargerBuffers, SeldomTakeMoreCycles) {
  const std::uint32_t pairs = FromEnvironment("DENSESHIFT_PAIRS", kPairs);
  std::uint32_t done = 0;
  std::uint32_t more = 0;
  std::uint32_t slower = 0;
  double worst = 1;
  double speedup = 0;
  for (std::uint32_t seed = FromEnvironment("DENSESHIFT_SEED", 1); done < pairs; ++seed) {
    Draw draw(seed);
    const sim::Config small = DrawConfig(draw);
    const sim::Config large = Larger(draw, small);
    driver::Network network;
    double cycles = 0;
    try {
      small.device.Validate();
      large.device.Validate();
      network = DrawNetwork(draw, small);
      cycles = static_cast<double>(sim::EstimateNetwork(network, small).cycles);
    } catch (const std::invalid_argument&) {
      continue;  // does not fit the device
    }
    const double ratio = static_cast<double>(sim::EstimateNetwork(network, large).cycles) / cycles;
    more += ratio > 1 ? 1 : 0;
    slower += ratio > 1.001 ? 1 : 0;
    worst = std::max(worst, ratio);
    speedup += 1 / ratio;
    ++done;
  }
  fmt::print(
      "{} pairs, {} with more cycles, {} by more than 0.1 %, the worst by {:.1f} %; mean speed-up "
      "{:.3f}\n",
      done,
      more,
      slower,
      (worst - 1) * 100,
      speedup / done);
  EXPECT_LE(slower, kMostSlower * pairs);
  if (pairs >= kManyPairs) {
    EXPECT_GE(speedup / done, kMeanSpeedup);
  }
}

}  // namespace
}  // namespace denseshift::testing
