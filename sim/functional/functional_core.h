// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_FUNCTIONAL_FUNCTIONAL_CORE_H_
#define DENSESHIFT_SIM_FUNCTIONAL_FUNCTIONAL_CORE_H_

#include <cstdint>
#include <vector>

#include "sim/device_parameters.h"
#include "sim/functional/job.h"
#include "sim/functional/storage.h"

namespace denseshift::sim {

// Registers and buffers of a device that executes command lists without a clock, on a memory of
// the caller's. When a started job is executed and when its end shows is up to the caller.
class FunctionalCore {
 public:
  // The memory must outlive this. Throws std::invalid_argument if a parameter is out of range.
  FunctionalCore(const DeviceParameters& parameters, DeviceMemory& memory);

  // As driver::Device. CYCLES and the counters read 0.
  [[nodiscard]] std::uint32_t ReadRegister(std::uint32_t offset);
  void WriteRegister(std::uint32_t offset, std::uint32_t value);

  // The same without effects.
  [[nodiscard]] std::uint32_t PeekRegister(std::uint32_t offset) const;

  [[nodiscard]] bool IsRunning() const { return is_running_; }

  // Executes the started job. What the registers show stays. Adds the commands it has fetched to
  // `fetched`.
  [[nodiscard]] JobResult Execute(std::vector<CommandWords>* fetched = nullptr);

  // Shows the end of the job.
  void End(const JobResult& result);

  // Level of the interrupt line.
  [[nodiscard]] bool Irq() const;

  // CMD_ADDR, CMD_COUNT and WATCHDOG as sampled at the last start.
  [[nodiscard]] std::uint32_t started_address() const { return started_address_; }

  [[nodiscard]] std::uint32_t started_count() const { return started_count_; }

  [[nodiscard]] std::uint32_t started_watchdog() const { return started_watchdog_; }

  [[nodiscard]] const DeviceParameters& parameters() const { return parameters_; }

 private:
  void Start();

  DeviceParameters parameters_;
  Storage storage_;

  bool is_running_ = false;
  bool is_done_ = false;  // ap_done and ap_ready, cleared by reading
  std::uint32_t global_interrupt_enable_ = 0;
  std::uint32_t interrupt_enable_ = 0;
  std::uint32_t interrupt_status_ = 0;
  std::uint32_t command_address_ = 0;
  std::uint32_t command_count_ = 0;
  std::uint32_t watchdog_ = 100000;
  std::uint32_t started_address_ = 0;
  std::uint32_t started_count_ = 0;
  std::uint32_t started_watchdog_ = 0;
  JobResult result_;  // of the last job
};

}  // namespace denseshift::sim

#endif  // DENSESHIFT_SIM_FUNCTIONAL_FUNCTIONAL_CORE_H_
