// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/functional/functional_core.h"

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

const DeviceParameters& Validated(const DeviceParameters& parameters) {
  parameters.Validate();
  return parameters;
}

}  // namespace

FunctionalCore::FunctionalCore(const DeviceParameters& parameters, DeviceMemory& memory)
    : parameters_(Validated(parameters)), storage_(parameters, memory) {
}

std::uint32_t FunctionalCore::ReadRegister(std::uint32_t offset) {
  const std::uint32_t value = PeekRegister(offset);
  if (offset == kControl)
    is_done_ = false;
  return value;
}

std::uint32_t FunctionalCore::PeekRegister(std::uint32_t offset) const {
  CheckOffset(offset);
  switch (offset) {
    case kControl:
      return (is_running_ ? kApStart : kApIdle) | (is_done_ ? kApDone | kApReady : 0);
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
    default:  // also CYCLES and the counters
      return 0;
  }
}

void FunctionalCore::WriteRegister(std::uint32_t offset, std::uint32_t value) {
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

JobResult FunctionalCore::Execute(std::vector<CommandWords>* fetched) {
  return Job(parameters_, storage_).Run(started_address_, started_count_, fetched);
}

void FunctionalCore::End(const JobResult& result) {
  result_ = result;
  is_running_ = false;
  is_done_ = true;
  interrupt_status_ |= interrupt_enable_;
}

bool FunctionalCore::Irq() const {
  return global_interrupt_enable_ != 0 && (interrupt_status_ & interrupt_enable_) != 0;
}

void FunctionalCore::Start() {
  is_running_ = true;
  is_done_ = false;
  started_address_ = command_address_;
  started_count_ = command_count_;
  started_watchdog_ = watchdog_;
  result_ = {};
}

}  // namespace denseshift::sim
