// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0
//
// Speed of the SystemC module on a shipped network. Times are wall-clock time of the fastest job;
// what is compared runs in turn, so that both meet the same machine.

#include <algorithm>
#include <chrono>
#include <limits>
#include <memory>

#include <benchmark/benchmark.h>
#include <systemc>

#include "driver/compiler/compile.h"
#include "driver/runtime.h"
#include "sim/device_capabilities.h"
#include "sim/functional/functional_device.h"
#include "sim/rtl/verilated_device.h"
#include "tests/systemc/run.h"

namespace denseshift::bench {
namespace {

using systemc::BodyKind;
using systemc::Platform;

// Seconds of the fastest job a device has done so far.
class FastestJob {
 public:
  explicit FastestJob(const driver::Program& program)
      : program_(program), images_(systemc::testing::RandomImages(program, 1, 1)) {}

  void Run(driver::Device& device) {
    using Clock = std::chrono::steady_clock;
    if (runtime_ == nullptr)
      runtime_ = std::make_unique<driver::Runtime>(device, program_);
    for (int i = 0; i < kJobs; ++i) {
      const Clock::time_point start = Clock::now();
      benchmark::DoNotOptimize(runtime_->Run(images_));
      const std::chrono::duration<double> seconds = Clock::now() - start;
      seconds_ = std::min(seconds_, seconds.count());
    }
  }

  [[nodiscard]] double seconds() const { return seconds_; }

 private:
  static constexpr int kJobs = 5;

  const driver::Program& program_;
  std::vector<driver::Image> images_;
  std::unique_ptr<driver::Runtime> runtime_;
  double seconds_ = std::numeric_limits<double>::max();
};

// A simulation has all its modules before it starts.
class Bench {
 public:
  Bench()
      : config_(sim::LoadConfig("16x16")),
        program_(driver::Compile(systemc::testing::ShippedNetwork("fashion_cnn_4bit"),
                                 sim::CapabilitiesOf(config_.device),
                                 {1, config_.memory.bytes})),
        functional_platform_("functional", Options(BodyKind::kFunctional)),
        rtl_platform_("rtl", Options(BodyKind::kRtl)) {}

  void Run(benchmark::State& state) {
    sim::FunctionalDevice functional_device(config_.device, config_.memory.bytes);
    sim::VerilatedDevice rtl_device(config_.device, config_.memory);
    FastestJob functional(program_);
    FastestJob rtl(program_);
    FastestJob functional_body(program_);
    FastestJob rtl_body(program_);
    while (state.KeepRunning()) {
      functional.Run(functional_device);
      functional_platform_.Run([&](driver::Device& device) { functional_body.Run(device); });
      rtl.Run(rtl_device);
      rtl_platform_.Run([&](driver::Device& device) { rtl_body.Run(device); });
    }
    state.counters["functional_body_ms"] = functional_body.seconds() * 1e3;
    state.counters["functional_device_ms"] = functional.seconds() * 1e3;
    state.counters["rtl_body_ms"] = rtl_body.seconds() * 1e3;
    state.counters["rtl_device_ms"] = rtl.seconds() * 1e3;
    state.counters["functional_body_to_device"] = functional_body.seconds() / functional.seconds();
    state.counters["rtl_body_to_device"] = rtl_body.seconds() / rtl.seconds();
    state.counters["rtl_to_functional_body"] = rtl_body.seconds() / functional_body.seconds();
  }

 private:
  [[nodiscard]] systemc::PlatformOptions Options(BodyKind body) const {
    systemc::PlatformOptions options = systemc::testing::OptionsFor(config_, body);
    options.monitors = false;
    options.interrupts = true;  // a host that polls has work to do all the time
    return options;
  }

  sim::Config config_;
  driver::Program program_;
  Platform functional_platform_;
  Platform rtl_platform_;
};

}  // namespace
}  // namespace denseshift::bench

int sc_main(int argc, char** argv) {
  denseshift::bench::Bench bench;
  benchmark::RegisterBenchmark("SystemcBodies", [&](benchmark::State& state) { bench.Run(state); })
      ->Unit(benchmark::kMillisecond)
      ->MinTime(2);
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}
