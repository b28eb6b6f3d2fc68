// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_DRIVER_DEVICE_H_
#define DENSESHIFT_DRIVER_DEVICE_H_

#include <cstddef>
#include <cstdint>

namespace denseshift::driver {

// Everything the driver needs from a device: registers, memory and time.
//
// Implemented in sim/ once per back end. Each must give the same register and
// memory contents after the same calls; only Cycles() and the cycle and
// counter registers may differ (docs/registers.md).
class Device {
 public:
  Device() = default;
  Device(const Device&) = delete;
  Device& operator=(const Device&) = delete;
  virtual ~Device() = default;

  // Registers, by byte offset into the map of docs/registers.md.
  // Throws std::out_of_range for an offset that is not a multiple of 4 below 0x1000.
  [[nodiscard]] virtual std::uint32_t ReadRegister(std::uint32_t offset) = 0;
  virtual void WriteRegister(std::uint32_t offset, std::uint32_t value) = 0;

  // Device memory, by byte address. It starts at 0 and is all zeros.
  // Throws std::out_of_range if [address, address + bytes) is not inside it.
  virtual void ReadMemory(std::uint64_t address, void* data, std::size_t bytes) = 0;
  virtual void WriteMemory(std::uint64_t address, const void* data, std::size_t bytes) = 0;
  [[nodiscard]] virtual std::uint64_t MemoryBytes() const = 0;

  // Lets the device run until it is idle or `limit_cycles` clock cycles have passed.
  // Returns true if it is idle.
  virtual bool RunUntilIdle(std::uint64_t limit_cycles) = 0;

  // Clock cycles since construction; 0 for a device that keeps no time.
  [[nodiscard]] virtual std::uint64_t Cycles() const = 0;
};

}  // namespace denseshift::driver

#endif  // DENSESHIFT_DRIVER_DEVICE_H_
