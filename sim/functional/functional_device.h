// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_FUNCTIONAL_FUNCTIONAL_DEVICE_H_
#define DENSESHIFT_SIM_FUNCTIONAL_FUNCTIONAL_DEVICE_H_

#include <cstddef>
#include <cstdint>

#include "driver/device.h"
#include "sim/device_parameters.h"
#include "sim/functional/job.h"
#include "sim/functional/storage.h"

namespace denseshift::sim {

// A device that executes command lists with golden arithmetic and keeps no time.
//
// A job runs as a whole inside RunUntilIdle; until then CTRL shows it as started.
// CYCLES and the unit counters read 0, WATCHDOG has no effect: a token deadlock is
// found when no unit can go on. Where docs/registers.md gives the address of a burst,
// ERROR_ADDRESS is that of the bus word.
class FunctionalDevice : public driver::Device {
 public:
  // Throws std::invalid_argument if a parameter is out of range or memory_bytes is 0,
  // above 4 GiB or not a multiple of the bus bytes.
  FunctionalDevice(const DeviceParameters& parameters, std::size_t memory_bytes);

  [[nodiscard]] std::uint32_t ReadRegister(std::uint32_t offset) override;
  void WriteRegister(std::uint32_t offset, std::uint32_t value) override;
  void ReadMemory(std::uint64_t address, void* data, std::size_t bytes) override;
  void WriteMemory(std::uint64_t address, const void* data, std::size_t bytes) override;
  [[nodiscard]] std::uint64_t MemoryBytes() const override;

  // Executes a started job; a limit of 0 cycles leaves it waiting.
  bool RunUntilIdle(std::uint64_t limit_cycles) override;

  [[nodiscard]] std::uint64_t Cycles() const override { return 0; }

  // Level of the interrupt line.
  [[nodiscard]] bool Irq() const;

  [[nodiscard]] const DeviceParameters& Parameters() const { return parameters_; }

 private:
  [[nodiscard]] std::uint32_t ReadControl();
  void Start();
  void CheckMemoryRange(std::uint64_t address, std::size_t bytes) const;

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
  std::uint32_t started_address_ = 0;  // CMD_ADDR and CMD_COUNT as sampled at start
  std::uint32_t started_count_ = 0;
  JobResult result_;  // of the last job
};

}  // namespace denseshift::sim

#endif  // DENSESHIFT_SIM_FUNCTIONAL_FUNCTIONAL_DEVICE_H_
