// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/functional/functional_device.h"

#include <cstring>
#include <stdexcept>
#include <string>

namespace denseshift::sim {
namespace {

std::size_t ValidBytes(const DeviceParameters& parameters, std::size_t memory_bytes) {
  parameters.Validate();
  constexpr std::uint64_t kAddressSpace = std::uint64_t{1} << 32;
  const auto bus_bytes = static_cast<std::size_t>(parameters.bus_bytes);
  if (memory_bytes == 0 || memory_bytes > kAddressSpace || memory_bytes % bus_bytes != 0) {
    throw std::invalid_argument("device memory of " + std::to_string(memory_bytes) +
                                " bytes; allowed are multiples of the bus bytes, " +
                                std::to_string(bus_bytes) + ", up to 4 GiB");
  }
  return memory_bytes;
}

}  // namespace

FunctionalDevice::FunctionalDevice(const DeviceParameters& parameters, std::size_t memory_bytes)
    : memory_(ValidBytes(parameters, memory_bytes), parameters.bus_bytes),
      core_(parameters, memory_) {
}

std::uint32_t FunctionalDevice::ReadRegister(std::uint32_t offset) {
  return core_.ReadRegister(offset);
}

void FunctionalDevice::WriteRegister(std::uint32_t offset, std::uint32_t value) {
  core_.WriteRegister(offset, value);
}

void FunctionalDevice::ReadMemory(std::uint64_t address, void* data, std::size_t bytes) {
  CheckMemoryRange(address, bytes);
  if (bytes > 0) {
    std::memcpy(data, memory_.Data().data() + address, bytes);
  }
}

void FunctionalDevice::WriteMemory(std::uint64_t address, const void* data, std::size_t bytes) {
  CheckMemoryRange(address, bytes);
  if (bytes > 0) {
    std::memcpy(memory_.Data().data() + address, data, bytes);
  }
}

std::uint64_t FunctionalDevice::MemoryBytes() const {
  return memory_.Data().size();
}

bool FunctionalDevice::RunUntilIdle(std::uint64_t limit_cycles) {
  if (core_.IsRunning() && limit_cycles > 0)
    core_.End(core_.Execute());
  return !core_.IsRunning();
}

void FunctionalDevice::CheckMemoryRange(std::uint64_t address, std::size_t bytes) const {
  const std::uint64_t memory_bytes = MemoryBytes();
  if (address > memory_bytes || bytes > memory_bytes - address) {
    throw std::out_of_range("memory access of " + std::to_string(bytes) + " bytes at address " +
                            std::to_string(address) + ", device memory has " +
                            std::to_string(memory_bytes) + " bytes");
  }
}

}  // namespace denseshift::sim
