// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0
//
// Simulation speed of the RTL. Times are processor time, so that other programs disturb little;
// rates are those of the fastest slice of a run.

#include <algorithm>
#include <limits>
#include <memory>
#include <string>
#include <type_traits>

#include <benchmark/benchmark.h>

#include "sim/lockstep/lockstep_device.h"
#include "sim/model/model_device.h"
#include "sim/rtl/verilated_device.h"
#include "tests/bench/workload.h"

namespace denseshift::bench {
namespace {

constexpr std::uint64_t kArraySlice = 100000;  // cycles

sim::Config ConfigOf(const benchmark::State& state) {
  const std::string size = std::to_string(state.range(0));
  return sim::LoadConfig(size + "x" + size);
}

template <typename Device>
Accelerator MakeAccelerator(const sim::Config& config, const sim::TraceWindow& trace = {}) {
  if constexpr (std::is_same_v<Device, sim::VerilatedDevice>) {
    return {std::make_unique<Device>(config.device, config.memory, trace), config};
  } else {
    return {std::make_unique<Device>(config.device, config.memory), config};
  }
}

// Two that run the same layer in turn, so that both meet the same machine, each at the speed of its
// fastest job. Wall-clock time: lock-step uses two threads.
class Comparison {
 public:
  Comparison(benchmark::State& state, Accelerator first, Accelerator second) {
    while (state.KeepRunning()) {
      first_ = std::min(first_, first.Run().WallSecondsPerCycle());
      second_ = std::min(second_, second.Run().WallSecondsPerCycle());
    }
  }

  // Seconds per cycle.
  [[nodiscard]] double first() const { return first_; }

  [[nodiscard]] double second() const { return second_; }

 private:
  double first_ = std::numeric_limits<double>::max();
  double second_ = std::numeric_limits<double>::max();
};

void LockstepAgainstUnchecked(benchmark::State& state) {
  const sim::Config config = ConfigOf(state);
  const Comparison times(state,
                         MakeAccelerator<sim::LockstepDevice>(config),
                         MakeAccelerator<sim::VerilatedDevice>(config));
  state.counters["lockstep_cycles_per_s"] = 1 / times.first();
  state.counters["unchecked_cycles_per_s"] = 1 / times.second();
  state.counters["slowdown"] = times.first() / times.second();
}

BENCHMARK(LockstepAgainstUnchecked)->Arg(16)->Arg(32)->Unit(benchmark::kMillisecond)->MinTime(2);

void RtlAgainstModel(benchmark::State& state) {
  const sim::Config config = ConfigOf(state);
  const Comparison times(state,
                         MakeAccelerator<sim::VerilatedDevice>(config),
                         MakeAccelerator<sim::ModelDevice>(config));
  state.counters["rtl_cycles_per_s"] = 1 / times.first();
  state.counters["model_cycles_per_s"] = 1 / times.second();
  state.counters["model_to_rtl"] = times.first() / times.second();  // of cycles per second
}

BENCHMARK(RtlAgainstModel)->Arg(16)->Arg(32)->Unit(benchmark::kMillisecond)->MinTime(2);

// Support for waveforms, but no cycle that is written.
void ClosedTraceAgainstNone(benchmark::State& state) {
  const sim::Config config = ConfigOf(state);
  const std::uint64_t never = std::numeric_limits<std::uint64_t>::max() - 1;
  const Comparison times(
      state,
      MakeAccelerator<sim::VerilatedDevice>(config, {"unused.fst", never, never + 1}),
      MakeAccelerator<sim::VerilatedDevice>(config));
  state.counters["slowdown"] = times.first() / times.second();
}

BENCHMARK(ClosedTraceAgainstNone)->Arg(16)->Unit(benchmark::kMillisecond)->MinTime(2);

// Accelerator and bare array in turn, so that both meet the same machine.
void AcceleratorAgainstArray(benchmark::State& state) {
  const sim::Config config = ConfigOf(state);
  const double pes = config.device.lanes * config.device.columns;
  Accelerator accelerator = MakeAccelerator<sim::VerilatedDevice>(config);
  BareArray array(config);
  double accelerator_cycle = std::numeric_limits<double>::max();  // seconds
  double array_cycle = std::numeric_limits<double>::max();
  Accelerator::Job job;
  while (state.KeepRunning()) {
    job = accelerator.Run();
    accelerator_cycle = std::min(accelerator_cycle, job.SecondsPerCycle());
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
