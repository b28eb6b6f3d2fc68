// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0
//
// Simulation speed of the RTL. Times are processor time, so that other programs disturb little;
// rates are those of the fastest slice of a run.

#include <algorithm>
#include <limits>
#include <string>

#include <benchmark/benchmark.h>

#include "tests/bench/workload.h"

namespace denseshift::bench {
namespace {

constexpr std::uint64_t kArraySlice = 100000;  // cycles

sim::Config ConfigOf(const benchmark::State& state) {
  const std::string size = std::to_string(state.range(0));
  return sim::LoadConfig(size + "x" + size);
}

// Accelerator and bare array in turn, so that both meet the same machine.
void AcceleratorAgainstArray(benchmark::State& state) {
  const sim::Config config = ConfigOf(state);
  const double pes = config.device.lanes * config.device.columns;
  Accelerator accelerator(config);
  BareArray array(config);
  double accelerator_cycle = std::numeric_limits<double>::max();  // seconds
  double array_cycle = std::numeric_limits<double>::max();
  Accelerator::Job job;
  while (state.KeepRunning()) {
    job = accelerator.Run();
    accelerator_cycle = std::min(accelerator_cycle, job.seconds / static_cast<double>(job.cycles));
    array_cycle = std::min(array_cycle, array.Run(kArraySlice) / static_cast<double>(kArraySlice));
  }
  const double macs_per_cycle = static_cast<double>(job.macs) / static_cast<double>(job.cycles);
  state.counters["accelerator_cycles_per_s"] = 1 / accelerator_cycle;
  state.counters["accelerator_MAC_per_s"] = macs_per_cycle / accelerator_cycle;
  state.counters["utilization"] = macs_per_cycle / pes;
  state.counters["array_cycles_per_s"] = 1 / array_cycle;
  state.counters["array_MAC_per_s"] = pes / array_cycle;
  state.counters["accelerator_to_array"] = array_cycle / accelerator_cycle;  // of cycles per second
}

BENCHMARK(AcceleratorAgainstArray)->Arg(16)->Arg(32)->Unit(benchmark::kMillisecond)->MinTime(2);

// Cost of the memory model in a cycle: a read burst always under way.
void MemoryModel(benchmark::State& state) {
  sim::AxiMemory memory(sim::MemoryParameters{});
  sim::AxiMasterPins master;
  master.arvalid = static_cast<std::uint8_t>(state.range(0));
  master.arlen = 31;
  master.arsize = 4;
  master.arburst = 1;
  master.rready = 1;
  while (state.KeepRunning()) {
    memory.Step(master);
    benchmark::DoNotOptimize(memory.pins());
  }
}

BENCHMARK(MemoryModel)->ArgName("reads")->Arg(0)->Arg(1);

}  // namespace
}  // namespace denseshift::bench

BENCHMARK_MAIN();
