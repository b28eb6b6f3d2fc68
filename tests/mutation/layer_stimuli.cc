// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include <fmt/format.h>
#include <random>

#include "driver/registers.h"
#include "tests/mutation/job.h"
#include "tests/mutation/stimuli.h"

namespace denseshift::testing {

namespace {

constexpr std::uint32_t kLayers = 60;
constexpr std::uint32_t kWatchdog = 5000;

// Every third memory is fast and never in the way, the others stall.
sim::MemoryParameters DrawMemory(std::uint32_t seed) {
  std::mt19937 random(seed);
  const auto pick = [&random](unsigned low, unsigned high) {
    return static_cast<int>(low + random() % (high - low + 1));
  };
  sim::MemoryParameters memory = MutationMemory();
  memory.latency_cycles = seed % 3 == 0 ? 1 : pick(1, 40);
  memory.bytes_per_cycle = seed % 4 == 1 ? memory.bus_bytes / 4.0 : memory.bus_bytes;
  memory.max_outstanding_reads = pick(1, 16);
  memory.max_outstanding_writes = pick(1, 8);
  memory.stall_probability = seed % 3 == 0 ? 0.0 : pick(0, 6) / 10.0;
  memory.seed = seed;
  return memory;
}

Trace RandomLayer(std::uint32_t seed) {
  Recorder device(fmt::format("layer {}", seed), MutationDevice(), DrawMemory(seed));
  const LayerJob job = RandomJob(device, seed);
  if (seed % 2 == 0) {
    device.WriteRegister(driver::registers::kGie, 1);
    device.WriteRegister(driver::registers::kIer, 1);
  }
  RunJob(device, job, kWatchdog);
  return device.trace();
}

}  // namespace

std::vector<Trace> LayerStimuli() {
  std::vector<Trace> traces;
  for (std::uint32_t seed = 1; seed <= kLayers; ++seed)
    traces.push_back(RandomLayer(seed));
  return traces;
}

}  // namespace denseshift::testing
