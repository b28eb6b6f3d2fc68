// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_FUNCTIONAL_FUNCTIONAL_DEVICE_H_
#define DENSESHIFT_SIM_FUNCTIONAL_FUNCTIONAL_DEVICE_H_

#include <cstddef>
#include <cstdint>

#include "driver/device.h"
#include "sim/device_parameters.h"
#include "sim/functional/functional_core.h"
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
  [[nodiscard]] bool Irq() const { return core_.Irq(); }

  [[nodiscard]] const DeviceParameters& Parameters() const { return core_.parameters(); }

 private:
  void CheckMemoryRange(std::uint64_t address, std::size_t bytes) const;

  ArrayMemory memory_;
  FunctionalCore core_;
};

}  // namespace denseshift::sim

#endif  // DENSESHIFT_SIM_FUNCTIONAL_FUNCTIONAL_DEVICE_H_
