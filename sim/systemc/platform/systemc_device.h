// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_SYSTEMC_PLATFORM_SYSTEMC_DEVICE_H_
#define DENSESHIFT_SIM_SYSTEMC_PLATFORM_SYSTEMC_DEVICE_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>

#include "driver/device.h"
#include "sim/device_parameters.h"
#include "sim/memory/memory_parameters.h"

namespace denseshift::systemc {

class Platform;
enum class BodyKind;

// A platform with one accelerator as a device for programs that know nothing of SystemC: each
// call lets the simulation run until it has returned on the platform's host. There can be one in a
// process, and only one thread may use it.
class SystemcDevice final : public driver::Device {
 public:
  // Errors  std::logic_error if the process had one before; those of Accelerator.
  SystemcDevice(const sim::DeviceParameters& parameters,
                const sim::MemoryParameters& memory,
                BodyKind body);
  SystemcDevice(const SystemcDevice&) = delete;
  SystemcDevice& operator=(const SystemcDevice&) = delete;
  ~SystemcDevice() override;

  [[nodiscard]] std::uint32_t ReadRegister(std::uint32_t offset) override;
  void WriteRegister(std::uint32_t offset, std::uint32_t value) override;
  void ReadMemory(std::uint64_t address, void* data, std::size_t bytes) override;
  void WriteMemory(std::uint64_t address, const void* data, std::size_t bytes) override;
  [[nodiscard]] std::uint64_t MemoryBytes() const override;
  bool RunUntilIdle(std::uint64_t limit_cycles) override;
  [[nodiscard]] std::uint64_t Cycles() const override;

 private:
  std::unique_ptr<Platform> platform_;
};

}  // namespace denseshift::systemc

#endif  // DENSESHIFT_SIM_SYSTEMC_PLATFORM_SYSTEMC_DEVICE_H_
