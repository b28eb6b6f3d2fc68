// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0
//
// Speed of an estimate, and of the RTL on the same network.

#include <algorithm>
#include <ctime>
#include <limits>

#include <benchmark/benchmark.h>

#include "driver/runtime.h"
#include "sim/config/config.h"
#include "sim/device_capabilities.h"
#include "sim/estimate/compile_for.h"
#include "sim/estimate/estimate.h"
#include "sim/keep_memory.h"
#include "sim/rtl/verilated_device.h"
#include "tests/driver/resnet18.h"

namespace denseshift::bench {
namespace {

// Of the processor, so that other programs disturb little.
double Seconds() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

template <typename Body>
double SecondsOf(Body body) {
  const double start = Seconds();
  body();
  return Seconds() - start;
}

// A picture through ResNet-18 on the unchecked RTL, and its estimate from network to report.
void EstimateAgainstRtl(benchmark::State& state) {
  sim::KeepMemory();
  const std::string size = std::to_string(state.range(0));
  const sim::Config config = sim::LoadConfig(size + "x" + size);
  const driver::Capabilities capabilities = sim::CapabilitiesOf(config.device);
  driver::testing::NetworkBuilder builder(1, capabilities);
  driver::testing::AddResNet18(builder, 4);
  const driver::Network network = builder.Finish();

  sim::VerilatedDevice device(config.device, config.memory);
  driver::Runtime runtime(device, sim::CompileFor(config, network));
  const std::vector<driver::Image> images = {builder.RandomImage()};
  const double rtl = SecondsOf([&] { static_cast<void>(runtime.Run(images)); });

  double estimate = std::numeric_limits<double>::max();
  std::uint64_t cycles = 0;
  while (state.KeepRunning()) {
    estimate = std::min(estimate,
                        SecondsOf([&] { cycles = sim::EstimateNetwork(network, config).cycles; }));
  }
  if (cycles != runtime.JobCycles())
    state.SkipWithError("the RTL takes other cycles");
  state.counters["cycles"] = static_cast<double>(cycles);
  state.counters["estimate_ms"] = 1e3 * estimate;
  state.counters["rtl_ms"] = 1e3 * rtl;
  state.counters["speedup"] = rtl / estimate;
}

BENCHMARK(EstimateAgainstRtl)->Arg(16)->Arg(32)->Unit(benchmark::kMillisecond)->MinTime(1);

}  // namespace
}  // namespace denseshift::bench
