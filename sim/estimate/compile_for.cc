// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/estimate/compile_for.h"

#include <algorithm>
#include <cstdint>

#include "driver/compiler/program_timer.h"
#include "sim/device_capabilities.h"
#include "sim/estimate/first_job.h"

namespace denseshift::sim {
namespace {

class ConfigTimer : public driver::ProgramTimer {
 public:
  explicit ConfigTimer(const Config& config) : config_(config) {}

  [[nodiscard]] std::int64_t Cycles(const driver::ProgramPlan& plan) const override {
    return TimeFirstJob(plan, config_).cycles;
  }

  [[nodiscard]] driver::MemorySpeed Memory() const override {
    constexpr double kLongestBurst = 32;  // beats
    const MemoryParameters& memory = config_.memory;
    const double burst_cycles = 1.0 * memory.latency_cycles / memory.max_outstanding_reads;
    const double word_cycles =
        std::max(config_.device.bus_bytes / memory.bytes_per_cycle, burst_cycles / kLongestBurst);
    return {std::max(word_cycles, 1.0), burst_cycles};
  }

 private:
  const Config& config_;
};

}  // namespace

driver::Program CompileFor(const Config& config, const driver::Network& network, int batch) {
  const ConfigTimer timer(config);
  return driver::Compile(
      network, CapabilitiesOf(config.device), {batch, config.memory.bytes, &timer});
}

driver::ProgramPlan PlanFor(const Config& config, const driver::Network& network, int batch) {
  const ConfigTimer timer(config);
  return driver::PlanProgram(
      network, CapabilitiesOf(config.device), {batch, config.memory.bytes, &timer});
}

}  // namespace denseshift::sim
