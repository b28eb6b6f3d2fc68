// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <fmt/format.h>
#include <random>
#include <vector>

#include "driver/registers.h"
#include "tests/mutation/job.h"
#include "tests/mutation/stimuli.h"

namespace denseshift::testing {

namespace registers = driver::registers;

namespace {

constexpr std::uint32_t kListAddress = 0x40;
constexpr std::uint32_t kMapEnd = 0x120;  // behind the last counter

// Both directions of AXI4-Lite with random gaps: addresses before, with and after data, answers
// taken late. A valid signal stays until it is accepted.
class RandomHost {
 public:
  // One that never starts a job may write any list address.
  RandomHost(Recorder& device, std::uint32_t seed, bool starts)
      : device_(device), random_(seed), starts_(starts) {}

  // `haste` of 16: how often a free channel is used in a cycle.
  void Run(int cycles, unsigned haste) {
    for (int i = 0; i < cycles; ++i) {
      Offer(haste);
      pins_.bready = Draw(16) < haste ? 1 : 0;
      pins_.rready = Draw(16) < haste ? 1 : 0;
      const sim::DevicePins& device = device_.Step(pins_);
      if (device.awready != 0)
        pins_.awvalid = 0;
      if (device.wready != 0)
        pins_.wvalid = 0;
      if (device.arready != 0)
        pins_.arvalid = 0;
    }
  }

  // Lets every access end.
  void Finish() {
    pins_.bready = pins_.rready = 1;
    for (int i = 0; i < 16; ++i) {
      const sim::DevicePins& device = device_.Step(pins_);
      if (device.awready != 0)
        pins_.awvalid = 0;
      if (device.wready != 0)
        pins_.wvalid = 0;
      if (device.arready != 0)
        pins_.arvalid = 0;
      // The side that lags behind brings its half of the last access.
      if (i == 4 && writes_ahead_ > 0) {
        pins_.wvalid = 1;
        pins_.wdata = 0;
      } else if (i == 4 && writes_ahead_ < 0) {
        pins_.awvalid = 1;
        pins_.awaddr = kMapEnd;
      }
    }
    pins_ = sim::HostPins{};
    device_.Step(pins_);
  }

 private:
  void Offer(unsigned haste) {
    // Addresses and data go in pairs, up to one ahead of the other.
    if (pins_.awvalid == 0 && writes_ahead_ < 1 && Draw(16) < haste) {
      if (writes_ahead_ == 0)
        DrawWrite();
      pins_.awvalid = 1;
      pins_.awaddr = offset_;
      ++writes_ahead_;
    }
    if (pins_.wvalid == 0 && writes_ahead_ > -1 && Draw(16) < haste) {
      if (writes_ahead_ == 0)
        DrawWrite();
      pins_.wvalid = 1;
      pins_.wdata = data_;
      pins_.wstrb = Draw(4) == 0 ? static_cast<std::uint8_t>(Draw(16)) : 15;
      --writes_ahead_;
    }
    if (pins_.arvalid == 0 && Draw(16) < haste) {
      pins_.arvalid = 1;
      pins_.araddr = 4 * Draw(kMapEnd / 4);
    }
  }

  std::uint32_t Draw(unsigned count) { return static_cast<std::uint32_t>(random_() % count); }

  // Small numbers for list length and watchdog, list addresses, and anything.
  void DrawWrite() {
    offset_ = 4 * (Draw(8) == 0 ? Draw(kMapEnd / 4) : Draw(registers::kError / 4));
    switch (Draw(4)) {
      case 0:
        data_ = kListAddress + 64 * Draw(3);
        break;
      case 1:
        data_ = static_cast<std::uint32_t>(random_());
        break;
      default:
        data_ = Draw(8);
        break;
    }
    if (!starts_)
      offset_ = std::max(offset_, registers::kGie);
    if (starts_ && offset_ == registers::kCmdAddr)
      data_ &= ~(static_cast<std::uint32_t>(MutationDevice().bus_bytes) - 1);
  }

  Recorder& device_;
  std::mt19937 random_;
  bool starts_;
  sim::HostPins pins_;
  std::uint32_t offset_ = 0;  // of the write that is offered
  std::uint32_t data_ = 0;
  int writes_ahead_ = 0;  // addresses offered without data yet, or the reverse
};

// Stamps that pass tokens on, so that short jobs end and long ones do not.
void WriteList(Recorder& device) {
  CommandList list;
  for (int i = 0; i < 12; ++i) {
    driver::StampCommand stamp;
    stamp.address = 0x8000 + 8 * i;
    stamp.wait_a = i % 4 == 3 ? 1 : 0;
    list.push_back(stamp.Encode());
  }
  device.WriteMemory(kListAddress, list.data(), list.size() * driver::kCommandBytes);
}

Trace EveryRegister() {
  Recorder device("every register", MutationDevice(), MutationMemory());
  WriteList(device);
  for (std::uint32_t offset = 0; offset < 0x1000; offset += 4)
    static_cast<void>(device.ReadRegister(offset));
  const auto read_all = [&] {
    for (std::uint32_t offset = 0; offset < kMapEnd; offset += 4)
      static_cast<void>(device.ReadRegister(offset));
  };
  const std::vector<std::uint32_t> patterns = {
      0xFFFFFFFE, 0, 0xAAAAAAAA, 0x55555554, 0x0F0F0F0E, 0x00FF00FE, 0x12345678};
  for (const std::uint32_t pattern : patterns) {
    for (std::uint32_t offset = 0; offset < kMapEnd; offset += 4)
      device.WriteRegister(offset, pattern ^ (offset << 8U));
    read_all();
  }
  device.Reset();
  read_all();
  // A write to one register changes no other.
  for (std::uint32_t offset = 4; offset < registers::kError; offset += 4) {
    device.WriteRegister(offset, 0xFFFFFFFF);
    read_all();
    device.WriteRegister(offset, offset == registers::kIsr ? 0xFFFFFFFF : 0);
    read_all();
  }
  return device.trace();
}

// Every setting of the interrupt registers meets the end of a job.
Trace Interrupts() {
  Recorder device("interrupts", MutationDevice(), MutationMemory());
  for (std::uint32_t setting = 0; setting < 16; ++setting) {
    device.WriteRegister(registers::kGie, setting & 1U);
    device.WriteRegister(registers::kIer, (setting >> 1U) & 3U);
    if ((setting & 8U) != 0)
      device.WriteRegister(registers::kIsr, 3);
    RunList(device, {}, 100, 1000);
    static_cast<void>(device.ReadRegister(registers::kIsr));
    static_cast<void>(device.ReadRegister(registers::kCtrl));
    static_cast<void>(device.ReadRegister(registers::kCtrl));
    for (std::uint32_t toggled = 0; toggled < 4; ++toggled) {
      device.WriteRegister(registers::kIsr, toggled);
      static_cast<void>(device.ReadRegister(registers::kIsr));
    }
  }
  return device.trace();
}

Trace HostTraffic(std::uint32_t seed, bool starts) {
  Recorder device(fmt::format("host {}", seed), MutationDevice(), MutationMemory());
  WriteList(device);
  RandomHost host(device, seed, starts);
  for (const unsigned haste : {16U, 12U, 4U, 1U, 16U})
    host.Run(2000, haste);
  host.Finish();
  ReadStatus(device);
  return device.trace();
}

}  // namespace

std::vector<Trace> RegisterStimuli() {
  return {EveryRegister(),
          Interrupts(),
          HostTraffic(1, true),
          HostTraffic(2, true),
          HostTraffic(3, true),
          HostTraffic(4, false),
          HostTraffic(5, false)};
}

}  // namespace denseshift::testing
