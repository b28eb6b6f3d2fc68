// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/functional/functional_device.h"

#include <cstring>
#include <stdexcept>
#include <string>

namespace denseshift::sim {
namespace {

// docs/registers.md.
constexpr std::uint32_t kControl = 0x00;
constexpr std::uint32_t kGlobalInterruptEnable = 0x04;
constexpr std::uint32_t kInterruptEnable = 0x08;
constexpr std::uint32_t kInterruptStatus = 0x0C;
constexpr std::uint32_t kCommandAddress = 0x10;
constexpr std::uint32_t kCommandCount = 0x14;
constexpr std::uint32_t kWatchdog = 0x18;
constexpr std::uint32_t kError = 0x1C;
constexpr std::uint32_t kErrorCommand = 0x20;
constexpr std::uint32_t kErrorAddress = 0x24;
constexpr std::uint32_t kId = 0x40;
constexpr std::uint32_t kVersion = 0x44;
constexpr std::uint32_t kCapArray = 0x48;
constexpr std::uint32_t kCapBus = 0x4C;
constexpr std::uint32_t kCapActBytes = 0x50;
constexpr std::uint32_t kCapWgtBytes = 0x54;
constexpr std::uint32_t kCapOutBytes = 0x58;
constexpr std::uint32_t kCapParamEntries = 0x5C;
constexpr std::uint32_t kRegisterBytes = 0x1000;

constexpr std::uint32_t kApStart = 1U << 0;
constexpr std::uint32_t kApDone = 1U << 1;
constexpr std::uint32_t kApIdle = 1U << 2;
constexpr std::uint32_t kApReady = 1U << 3;
constexpr std::uint32_t kBothInterrupts = 3;  // done and ready

DeviceParameters Validated(const DeviceParameters& parameters, std::size_t memory_bytes) {
  parameters.Validate();
  constexpr std::uint64_t kAddressSpace = std::uint64_t{1} << 32;
  const auto bus_bytes = static_cast<std::size_t>(parameters.bus_bytes);
  if (memory_bytes == 0 || memory_bytes > kAddressSpace || memory_bytes % bus_bytes != 0) {
    throw std::invalid_argument("device memory of " + std::to_string(memory_bytes) +
                                " bytes; allowed are multiples of the bus bytes, " +
                                std::to_string(bus_bytes) + ", up to 4 GiB");
  }
  return parameters;
}

void CheckOffset(std::uint32_t offset) {
  if (offset % 4 != 0 || offset >= kRegisterBytes) {
    throw std::out_of_range("register offset " + std::to_string(offset) +
                            " is not a multiple of 4 below 4096");
  }
}

// CAP_ARRAY; the activation format is int8.
std::uint32_t ArrayCapabilities(const DeviceParameters& parameters) {
  constexpr std::uint32_t kInt8 = 1;
  return static_cast<std::uint32_t>(parameters.lanes) |
         static_cast<std::uint32_t>(parameters.columns) << 8 |
         static_cast<std::uint32_t>(parameters.max_code_bits) << 16 | kInt8 << 20 |
         static_cast<std::uint32_t>(parameters.acc_bits) << 24;
}

std::uint32_t BusCapabilities(const DeviceParameters& parameters) {
  return static_cast<std::uint32_t>(parameters.bus_bytes) |
         static_cast<std::uint32_t>(parameters.acc_depth) << 16;
}

}  // namespace

FunctionalDevice::FunctionalDevice(const DeviceParameters& parameters, std::size_t memory_bytes)
    : parameters_(Validated(parameters, memory_bytes)), storage_(parameters, memory_bytes) {
}

std::uint32_t FunctionalDevice::ReadRegister(std::uint32_t offset) {
  CheckOffset(offset);
  switch (offset) {
    case kControl:
      return ReadControl();
    case kGlobalInterruptEnable:
      return global_interrupt_enable_;
    case kInterruptEnable:
      return interrupt_enable_;
    case kInterruptStatus:
      return interrupt_status_;
    case kCommandAddress:
      return command_address_;
    case kCommandCount:
      return command_count_;
    case kWatchdog:
      return watchdog_;
    case kError:
      return static_cast<std::uint32_t>(result_.code) | static_cast<std::uint32_t>(result_.unit)
                                                            << 8;
    case kErrorCommand:
      return result_.command;
    case kErrorAddress:
      return result_.address;
    case kId:
      return 0x54465344;
    case kVersion:
      return 0x00010001;
    case kCapArray:
      return ArrayCapabilities(parameters_);
    case kCapBus:
      return BusCapabilities(parameters_);
    case kCapActBytes:
      return static_cast<std::uint32_t>(parameters_.act_bytes);
    case kCapWgtBytes:
      return static_cast<std::uint32_t>(parameters_.wgt_bytes);
    case kCapOutBytes:
      return static_cast<std::uint32_t>(parameters_.out_bytes);
    case kCapParamEntries:
      return static_cast<std::uint32_t>(parameters_.param_entries);
    default:  // also CYCLES and the counters: no time is kept
      return 0;
  }
}

void FunctionalDevice::WriteRegister(std::uint32_t offset, std::uint32_t value) {
  CheckOffset(offset);
  switch (offset) {
    case kControl:
      if ((value & kApStart) != 0 && !is_running_) {
        Start();
      }
      break;
    case kGlobalInterruptEnable:
      global_interrupt_enable_ = value & 1;
      break;
    case kInterruptEnable:
      interrupt_enable_ = value & kBothInterrupts;
      break;
    case kInterruptStatus:
      interrupt_status_ ^= value & kBothInterrupts;
      break;
    case kCommandAddress:
      command_address_ = value;
      break;
    case kCommandCount:
      command_count_ = value;
      break;
    case kWatchdog:
      watchdog_ = value;
      break;
    default:
      break;
  }
}

void FunctionalDevice::ReadMemory(std::uint64_t address, void* data, std::size_t bytes) {
  CheckMemoryRange(address, bytes);
  if (bytes > 0) {
    std::memcpy(data, storage_.memory.Data().data() + address, bytes);
  }
}

void FunctionalDevice::WriteMemory(std::uint64_t address, const void* data, std::size_t bytes) {
  CheckMemoryRange(address, bytes);
  if (bytes > 0) {
    std::memcpy(storage_.memory.Data().data() + address, data, bytes);
  }
}

std::uint64_t FunctionalDevice::MemoryBytes() const {
  return storage_.memory.Data().size();
}

bool FunctionalDevice::RunUntilIdle(std::uint64_t limit_cycles) {
  if (is_running_ && limit_cycles > 0) {
    result_ = Job(parameters_, storage_).Run(started_address_, started_count_);
    is_running_ = false;
    is_done_ = true;
    interrupt_status_ |= interrupt_enable_;
  }
  return !is_running_;
}

bool FunctionalDevice::Irq() const {
  return global_interrupt_enable_ != 0 && (interrupt_status_ & interrupt_enable_) != 0;
}

std::uint32_t FunctionalDevice::ReadControl() {
  const std::uint32_t value =
      (is_running_ ? kApStart : kApIdle) | (is_done_ ? kApDone | kApReady : 0);
  is_done_ = false;
  return value;
}

void FunctionalDevice::Start() {
  is_running_ = true;
  is_done_ = false;
  started_address_ = command_address_;
  started_count_ = command_count_;
  result_ = {};
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
