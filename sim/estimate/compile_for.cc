// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/estimate/compile_for.h"

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "driver/compiler/program_timer.h"
#include "sim/device_capabilities.h"
#include "sim/estimate/first_job.h"

namespace denseshift::sim {
namespace {

class ConfigTimer : public driver::ProgramTimer {
 public:
  explicit ConfigTimer(const Config& config) : config_(config) {}

  [[nodiscard]] std::int64_t Cycles(const driver::ProgramPlan& plan,
                                    std::int64_t limit) const override {
    return CyclesOf(plan, config_, limit);
  }

  [[nodiscard]] std::int64_t CyclesWith(const driver::MemorySpeed& memory,
                                        const driver::ProgramPlan& plan,
                                        std::int64_t limit) const override {
    Config config = config_;
    config.memory = MemoryParameters();
    config.memory.bus_bytes = config.device.bus_bytes;
    config.memory.bytes = config_.memory.bytes;
    config.memory.bytes_per_cycle = config.device.bus_bytes / memory.word_cycles;
    config.memory.latency_cycles =
        static_cast<int>(std::lround(memory.burst_cycles * config.memory.max_outstanding_reads));
    return CyclesOf(plan, config, limit);
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
  [[nodiscard]] static std::int64_t CyclesOf(const driver::ProgramPlan& plan,
                                             const Config& config,
                                             std::int64_t limit) {
    return TimeFirstJob(plan, config, false, std::min(limit, timing::kUnknown)).cycles;
  }

  const Config& config_;
};

}  // namespace

driver::Program CompileFor(const Config& config,
                           const driver::Network& network,
                           int batch,
                           bool search) {
  const ConfigTimer timer(config);
  return driver::Compile(
      network, CapabilitiesOf(config.device), {batch, config.memory.bytes, &timer, search});
}

driver::ProgramPlan PlanFor(const Config& config,
                            const driver::Network& network,
                            int batch,
                            bool search) {
  const ConfigTimer timer(config);
  return driver::PlanProgram(
      network, CapabilitiesOf(config.device), {batch, config.memory.bytes, &timer, search});
}

}  // namespace denseshift::sim
