// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/rtl/verilated_device.h"

#include <algorithm>
#include <fmt/format.h>
#include <stdexcept>
#include <utility>

#include "driver/registers.h"
#include "sim/rtl/model_cache.h"

namespace denseshift::sim {

namespace registers = driver::registers;

namespace {

constexpr std::uint32_t kRegisterBytes = 0x1000;
constexpr std::uint64_t kAnswerCycles = 1000;
constexpr std::uint64_t kMinPollCycles = 32;
constexpr std::uint64_t kMaxPollCycles = 4096;
constexpr std::uint64_t kPollShare = 64;  // of the time that has passed
constexpr std::uint64_t kResetCycles = 4;

TraceFormat Format(const std::filesystem::path& file) {
  if (file.empty())
    return TraceFormat::kNone;
  if (file.extension() == ".fst")
    return TraceFormat::kFst;
  if (file.extension() == ".vcd")
    return TraceFormat::kVcd;
  throw std::invalid_argument(fmt::format("trace file {} is neither .fst nor .vcd", file.string()));
}

ModelRequest WithTrace(ModelRequest request, const TraceWindow& trace) {
  request.trace = Format(trace.file);
  return request;
}

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

VerilatedDevice::VerilatedDevice(const DeviceParameters& parameters,
                                 const MemoryParameters& memory,
                                 const TraceWindow& trace)
    : VerilatedDevice(TopRequest(parameters), SameBus(parameters, memory), trace) {
}

VerilatedDevice::VerilatedDevice(ModelRequest request,
                                 const MemoryParameters& memory,
                                 const TraceWindow& trace)
    : memory_(memory), trace_(trace), model_(CachedModel(WithTrace(std::move(request), trace))) {
  if (!trace_.file.empty() && trace_.from < trace_.to)
    trace_switch_ = trace_.from;
  Reset();
}

void VerilatedDevice::Reset() {
  host_ = HostPins{};
  gie_ = 0;
  ier_ = 0;
  for (std::uint64_t i = 0; i < kResetCycles; ++i)
    model_.Tick(AxiMemoryPins{}, &host_, device_);
  host_.rst_n = 1;
  memory_.Reset();
}

void VerilatedDevice::SwitchTrace() {
  if (trace_is_open_) {
    model_.CloseTrace();
    trace_switch_ = std::numeric_limits<std::uint64_t>::max();
  } else {
    model_.OpenTrace(trace_.file, cycles_);
    trace_switch_ = trace_.to;
  }
  trace_is_open_ = !trace_is_open_;
}

inline void VerilatedDevice::Tick() {
  if (cycles_ == trace_switch_)
    SwitchTrace();
  model_.Tick(memory_.pins(), host_works_ ? &host_ : nullptr, device_);
  memory_.Step(device_.axi);
  ++cycles_;
}

void VerilatedDevice::Run(std::uint64_t cycles) {
  for (std::uint64_t i = 0; i < cycles; ++i) {
    Tick();
    host_works_ = false;
  }
  host_works_ = true;
}

template <typename Done>
void VerilatedDevice::TickUntil(std::uint32_t offset, Done&& done) {
  for (std::uint64_t i = 0; i < kAnswerCycles; ++i) {
    Tick();
    if (done())
      return;
  }
  throw std::runtime_error(
      fmt::format("the device did not answer an access to register {:#x} within {} cycles",
                  offset,
                  kAnswerCycles));
}

std::uint32_t VerilatedDevice::ReadRegister(std::uint32_t offset) {
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

void VerilatedDevice::WriteRegister(std::uint32_t offset, std::uint32_t value) {
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

void VerilatedDevice::ReadMemory(std::uint64_t address, void* data, std::size_t bytes) {
  memory_.Read(address, data, bytes);
}

void VerilatedDevice::WriteMemory(std::uint64_t address, const void* data, std::size_t bytes) {
  memory_.Write(address, data, bytes);
}

std::uint64_t VerilatedDevice::MemoryBytes() const {
  return memory_.parameters().bytes;
}

bool VerilatedDevice::IsIdle() {
  const std::uint32_t before = ReadRegister(registers::kCyclesLo);
  return ReadRegister(registers::kCyclesLo) == before;
}

bool VerilatedDevice::RunUntilIdle(std::uint64_t limit_cycles) {
  const std::uint64_t start = cycles_;
  const auto left = [&] {
    const std::uint64_t used = cycles_ - start;
    return used < limit_cycles ? limit_cycles - used : 0;
  };
  const bool interrupts = (gie_ & 1U) != 0 && (ier_ & 3U) != 0;
  if (interrupts) {
    for (std::uint64_t n = left(); n > 0 && device_.irq == 0; --n)
      Tick();
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
