// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_MODEL_CLOCKED_DEVICE_H_
#define DENSESHIFT_SIM_MODEL_CLOCKED_DEVICE_H_

#include <cstddef>
#include <cstdint>

#include "driver/device.h"
#include "sim/device_parameters.h"
#include "sim/memory/axi_memory.h"
#include "sim/rtl/shim/abi.h"

namespace denseshift::sim {

// The host side of a device that is simulated clock by clock with a memory model on its AXI4 bus:
// the same calls take the same cycles, whatever simulates the device.
//
// Registers are accessed by AXI4-Lite transfers, which take clock cycles; memory is accessed in the
// memory model's array, which takes none. Between calls no clock runs.
class ClockedDevice : public driver::Device {
 public:
  // Errors of all register accesses: std::out_of_range for an illegal offset; std::runtime_error
  // if the device does not answer within 1000 cycles, answers with an error or violates the AXI4
  // protocol.
  [[nodiscard]] std::uint32_t ReadRegister(std::uint32_t offset) override;
  void WriteRegister(std::uint32_t offset, std::uint32_t value) override;

  void ReadMemory(std::uint64_t address, void* data, std::size_t bytes) override;
  void WriteMemory(std::uint64_t address, const void* data, std::size_t bytes) override;
  [[nodiscard]] std::uint64_t MemoryBytes() const override;

  // Idle is found without side effects: register CYCLES stands still between two reads. It is read
  // when the interrupt line rises, if GIE and IER enable it, else after another 64th of the
  // time that has passed, 32 to 4096 cycles; so the device may run that much longer than its job.
  bool RunUntilIdle(std::uint64_t limit_cycles) override;

  [[nodiscard]] std::uint64_t Cycles() const override { return cycles_; }

  // Runs the clock.
  virtual void Run(std::uint64_t cycles) = 0;

  // The memory on the bus, for faults and traffic figures.
  [[nodiscard]] AxiMemory& memory() { return memory_; }

  // The interrupt line in the last cycle.
  [[nodiscard]] bool Interrupt() const { return device_.irq != 0; }

 protected:
  static constexpr std::uint64_t kResetCycles = 4;

  // Throws std::invalid_argument if memory and device differ in the width of the bus.
  // Memory contents lie in `contents` if there is one; ReadMemory and WriteMemory do not reach
  // them.
  ClockedDevice(const DeviceParameters& device,
                const MemoryParameters& memory,
                BurstTarget* contents = nullptr);
  explicit ClockedDevice(const MemoryParameters& memory, BurstTarget* contents = nullptr);

  // One cycle in which the host's pins matter.
  virtual void TickWithHost() = 0;

  // The host's part of a reset. Memory contents, faults and Cycles() stay.
  void ResetHost();

  // NOLINTBEGIN(cppcoreguidelines-non-private-member-variables-in-classes): what one cycle touches
  AxiMemory memory_;
  HostPins host_;
  DevicePins device_;
  std::uint64_t cycles_ = 0;
  // NOLINTEND(cppcoreguidelines-non-private-member-variables-in-classes)

 private:
  template <typename Done>
  void TickUntil(std::uint32_t offset, Done&& done);
  [[nodiscard]] bool IsIdle();

  std::uint32_t gie_ = 0;  // as last written
  std::uint32_t ier_ = 0;
};

}  // namespace denseshift::sim

#endif  // DENSESHIFT_SIM_MODEL_CLOCKED_DEVICE_H_
