// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/model/clocked_device.h"

#include <algorithm>
#include <fmt/format.h>
#include <stdexcept>

#include "driver/registers.h"

namespace denseshift::sim {

namespace registers = driver::registers;

namespace {

constexpr std::uint32_t kRegisterBytes = 0x1000;
constexpr std::uint64_t kAnswerCycles = 1000;
constexpr std::uint64_t kMinPollCycles = 32;
constexpr std::uint64_t kMaxPollCycles = 4096;
constexpr std::uint64_t kPollShare = 64;  // of the time that has passed

const MemoryParameters& SameBus(const DeviceParameters& device, const MemoryParameters& memory) {
  if (device.bus_bytes != memory.bus_bytes) {
    throw std::invalid_argument(fmt::format(
        "the device's bus has {} bytes and the memory's {}", device.bus_bytes, memory.bus_bytes));
  }
  return memory;
}

void CheckOffset(std::uint32_t offset) {
  if (offset % 4 != 0 || offset >= kRegisterBytes) {
    throw std::out_of_range(
        fmt::format("register offset {:#x} is not a multiple of 4 below 0x1000", offset));
  }
}

}  // namespace

ClockedDevice::ClockedDevice(const DeviceParameters& device,
                             const MemoryParameters& memory,
                             BurstTarget* contents)
    : ClockedDevice(SameBus(device, memory), contents) {
}

ClockedDevice::ClockedDevice(const MemoryParameters& memory, BurstTarget* contents)
    : memory_(contents != nullptr ? AxiMemory(memory, *contents) : AxiMemory(memory)) {
}

void ClockedDevice::ResetHost() {
  host_ = HostPins{};
  gie_ = 0;
  ier_ = 0;
}

template <typename Done>
void ClockedDevice::TickUntil(std::uint32_t offset, Done&& done) {
  for (std::uint64_t i = 0; i < kAnswerCycles; ++i) {
    TickWithHost();
    if (done())
      return;
  }
  throw std::runtime_error(
      fmt::format("the device did not answer an access to register {:#x} within {} cycles",
                  offset,
                  kAnswerCycles));
}

std::uint32_t ClockedDevice::ReadRegister(std::uint32_t offset) {
  CheckOffset(offset);
  host_.araddr = offset;
  host_.arvalid = 1;
  host_.rready = 1;
  TickUntil(offset, [this] {
    if (device_.arready != 0)
      host_.arvalid = 0;
    return device_.rvalid != 0;
  });
  host_.arvalid = 0;
  host_.rready = 0;
  if (device_.rresp != 0) {
    throw std::runtime_error(
        fmt::format("reading register {:#x} was answered with code {}", offset, device_.rresp));
  }
  return device_.rdata;
}

void ClockedDevice::WriteRegister(std::uint32_t offset, std::uint32_t value) {
  CheckOffset(offset);
  host_.awaddr = offset;
  host_.awvalid = 1;
  host_.wdata = value;
  host_.wstrb = 0xF;
  host_.wvalid = 1;
  host_.bready = 1;
  TickUntil(offset, [this] {
    if (device_.awready != 0)
      host_.awvalid = 0;
    if (device_.wready != 0)
      host_.wvalid = 0;
    return device_.bvalid != 0;
  });
  host_.awvalid = 0;
  host_.wvalid = 0;
  host_.bready = 0;
  if (device_.bresp != 0) {
    throw std::runtime_error(
        fmt::format("writing register {:#x} was answered with code {}", offset, device_.bresp));
  }
  if (offset == registers::kGie)
    gie_ = value;
  if (offset == registers::kIer)
    ier_ = value;
}

void ClockedDevice::ReadMemory(std::uint64_t address, void* data, std::size_t bytes) {
  memory_.Read(address, data, bytes);
}

void ClockedDevice::WriteMemory(std::uint64_t address, const void* data, std::size_t bytes) {
  memory_.Write(address, data, bytes);
}

std::uint64_t ClockedDevice::MemoryBytes() const {
  return memory_.parameters().bytes;
}

bool ClockedDevice::IsIdle() {
  const std::uint32_t before = ReadRegister(registers::kCyclesLo);
  return ReadRegister(registers::kCyclesLo) == before;
}

bool ClockedDevice::RunUntilIdle(std::uint64_t limit_cycles) {
  const std::uint64_t start = cycles_;
  const auto left = [&] {
    const std::uint64_t used = cycles_ - start;
    return used < limit_cycles ? limit_cycles - used : 0;
  };
  const bool interrupts = (gie_ & 1U) != 0 && (ier_ & 3U) != 0;
  if (interrupts) {
    for (std::uint64_t n = left(); n > 0 && device_.irq == 0; --n)
      TickWithHost();
    if (IsIdle())
      return true;  // else the line was still high from an earlier job
  }
  while (left() > 0) {
    const std::uint64_t wait =
        std::clamp((cycles_ - start) / kPollShare, kMinPollCycles, kMaxPollCycles);
    Run(std::min(left(), wait));
    if (IsIdle())
      return true;
  }
  return IsIdle();
}

}  // namespace denseshift::sim
