// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/systemc/platform/systemc_device.h"

#include <cstdlib>
#include <stdexcept>

#include <systemc>

#include "sim/systemc/platform/platform.h"

namespace denseshift::systemc {
namespace {

PlatformOptions OptionsFor(const sim::DeviceParameters& parameters,
                           const sim::MemoryParameters& memory,
                           BodyKind body) {
  static bool exists = false;
  if (exists)
    throw std::logic_error("there can be one SystemC simulation in a process");
  exists = true;
  constexpr int kKeepWhatIsSet = 0;
  setenv("SYSTEMC_DISABLE_COPYRIGHT_MESSAGE", "1", kKeepWhatIsSet);  // NOLINT: no threads yet
  PlatformOptions options;
  options.accelerator.device = parameters;
  options.accelerator.bus = memory;
  options.accelerator.body = body;
  options.memory.bytes = memory.bytes;
  return options;
}

}  // namespace

SystemcDevice::SystemcDevice(const sim::DeviceParameters& parameters,
                             const sim::MemoryParameters& memory,
                             BodyKind body)
    : platform_(std::make_unique<Platform>("platform", OptionsFor(parameters, memory, body))) {
}

SystemcDevice::~SystemcDevice() = default;

std::uint32_t SystemcDevice::ReadRegister(std::uint32_t offset) {
  std::uint32_t value = 0;
  platform_->Run([&](driver::Device& device) { value = device.ReadRegister(offset); });
  return value;
}

void SystemcDevice::WriteRegister(std::uint32_t offset, std::uint32_t value) {
  platform_->Run([&](driver::Device& device) { device.WriteRegister(offset, value); });
}

void SystemcDevice::ReadMemory(std::uint64_t address, void* data, std::size_t bytes) {
  platform_->device().ReadMemory(address, data, bytes);
}

void SystemcDevice::WriteMemory(std::uint64_t address, const void* data, std::size_t bytes) {
  platform_->device().WriteMemory(address, data, bytes);
}

std::uint64_t SystemcDevice::MemoryBytes() const {
  return platform_->device().MemoryBytes();
}

bool SystemcDevice::RunUntilIdle(std::uint64_t limit_cycles) {
  bool is_idle = false;
  platform_->Run([&](driver::Device& device) { is_idle = device.RunUntilIdle(limit_cycles); });
  return is_idle;
}

std::uint64_t SystemcDevice::Cycles() const {
  return platform_->device().Cycles();
}

}  // namespace denseshift::systemc

// SystemC's library has a main() that calls this. Programs that use SystemcDevice have their own.
int sc_main(int /*argc*/, char** /*argv*/) {
  return 1;
}
