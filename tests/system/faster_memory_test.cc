// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0
//
// Claim: a faster memory never takes more cycles.
//
// DENSESHIFT_PAIRS is the number of pairs (default 1,000), DENSESHIFT_SEED the first seed.

#include <cstdint>
#include <fmt/format.h>
#include <stdexcept>

#include <gtest/gtest.h>

#include "driver/compiler/compile.h"
#include "driver/runtime.h"
#include "sim/device_capabilities.h"
#include "sim/estimate/compile_for.h"
#include "sim/estimate/estimate.h"
#include "sim/estimate/first_job.h"
#include "sim/keep_memory.h"
#include "sim/model/model_device.h"
#include "sim/rtl/verilated_device.h"
#include "tests/system/random_case.h"
#include "tests/system/random_device.h"

namespace denseshift::testing {
namespace {

constexpr std::uint32_t kPairs = 1000;

// More bandwidth or less latency.
sim::Config Faster(Draw& draw, sim::Config config) {
  if (draw(0, 1) == 0) {
    config.memory.bytes_per_cycle *= 1 + draw(1, 16) / 8.0;
  } else {
    config.memory.latency_cycles = draw(1, config.memory.latency_cycles - 1);
  }
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
  sim::KeepMemory();
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

}  // namespace
}  // namespace denseshift::testing
