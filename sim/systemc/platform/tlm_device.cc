// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/systemc/platform/tlm_device.h"

#include <algorithm>
#include <fmt/format.h>
#include <limits>
#include <stdexcept>

#include "driver/registers.h"
#include "sim/systemc/now.h"
#include "sim/systemc/platform/address_map.h"

namespace denseshift::systemc {

namespace registers = driver::registers;
using sc_core::sc_time;

namespace {

// When to look whether a job has ended, as sim::ClockedDevice does.
constexpr std::uint64_t kMinPollCycles = 32;
constexpr std::uint64_t kMaxPollCycles = 4096;
constexpr std::uint64_t kPollShare = 64;  // of the time that has passed

// `cycles` clock periods, at most half of all the time there is.
sc_time Periods(std::uint64_t cycles, const sc_time& period) {
  const std::uint64_t most = std::numeric_limits<std::uint64_t>::max() / 2 / period.value();
  return sc_time::from_value(std::min(cycles, most) * period.value());
}

}  // namespace

std::uint64_t TlmDevice::RegisterAddress(std::uint32_t offset) const {
  if (offset % 4 != 0 || offset >= kRegistersBytes) {
    throw std::out_of_range(
        fmt::format("register offset {:#x} is not a multiple of 4 below 0x1000", offset));
  }
  return kRegistersBase + options_.index * kRegistersBytes + offset;
}

std::uint32_t TlmDevice::ReadRegister(std::uint32_t offset) {
  return host_.Read(RegisterAddress(offset));
}

void TlmDevice::WriteRegister(std::uint32_t offset, std::uint32_t value) {
  const std::uint64_t address = RegisterAddress(offset);
  if (options_.interrupts && offset == registers::kCtrl && (value & registers::kCtrlStart) != 0)
    EnableInterrupts();
  host_.Write(address, value);
}

void TlmDevice::CheckMemory(std::uint64_t address, std::size_t bytes) const {
  if (address > options_.memory_bytes || bytes > options_.memory_bytes - address) {
    throw std::out_of_range(
        fmt::format("{} bytes at address {:#x} are outside the device memory of {} bytes",
                    bytes,
                    address,
                    options_.memory_bytes));
  }
}

void TlmDevice::ReadMemory(std::uint64_t address, void* data, std::size_t bytes) {
  CheckMemory(address, bytes);
  host_.ReadMemory(options_.memory_base + address, data, bytes);
}

void TlmDevice::WriteMemory(std::uint64_t address, const void* data, std::size_t bytes) {
  CheckMemory(address, bytes);
  host_.WriteMemory(options_.memory_base + address, data, bytes);
}

std::uint64_t TlmDevice::Cycles() const {
  return Now().value() / options_.clock_period.value();
}

void TlmDevice::EnableInterrupts() {
  if (interrupts_enabled_)
    return;
  interrupts_enabled_ = true;
  WriteRegister(registers::kIer, 1);
  WriteRegister(registers::kGie, 1);
  host_.EnableInterrupt(options_.index);
}

// Clears what has raised the line, then lets it come again.
void TlmDevice::AcknowledgeInterrupt() {
  WriteRegister(registers::kIsr, ReadRegister(registers::kIsr));
  host_.EnableInterrupt(options_.index);
}

bool TlmDevice::IsIdle() {
  const std::uint32_t before = ReadRegister(registers::kCyclesLo);
  return ReadRegister(registers::kCyclesLo) == before;
}

bool TlmDevice::RunUntilIdle(std::uint64_t limit_cycles) {
  if (!interrupts_enabled_)
    return Poll(limit_cycles);
  // The first interrupt may be that of a job before, which ended after its limit.
  const sc_time end = Now() + Periods(limit_cycles, options_.clock_period);
  while (Now() < end && host_.WaitForInterrupt(options_.index, end - Now())) {
    AcknowledgeInterrupt();
    if (IsIdle())
      return true;
  }
  return IsIdle();
}

bool TlmDevice::Poll(std::uint64_t limit_cycles) {
  const std::uint64_t start = Cycles();
  const auto left = [&] {
    const std::uint64_t used = Cycles() - start;
    return used < limit_cycles ? limit_cycles - used : 0;
  };
  while (left() > 0) {
    const std::uint64_t wait =
        std::clamp((Cycles() - start) / kPollShare, kMinPollCycles, kMaxPollCycles);
    sc_core::wait(Periods(std::min(left(), wait), options_.clock_period));
    if (IsIdle())
      return true;
  }
  return IsIdle();
}

}  // namespace denseshift::systemc
