// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/memory/protocol_checker.h"

#include <cstring>
#include <fmt/format.h>
#include <stdexcept>
#include <string_view>

namespace denseshift::sim {

namespace {

constexpr std::uint32_t kPageBytes = 4096;
constexpr std::uint8_t kBurstIncr = 1;

[[noreturn]] void Violation(std::uint64_t cycle, std::string_view channel, std::string_view rule) {
  throw std::runtime_error(
      fmt::format("AXI protocol violation in cycle {}, channel {}: {}", cycle, channel, rule));
}

// The payload of an address channel as one number.
std::uint64_t Pack(std::uint32_t address,
                   std::uint8_t len,
                   std::uint8_t size,
                   std::uint8_t burst,
                   std::uint8_t id) {
  return address | static_cast<std::uint64_t>(len) << 32U |
         static_cast<std::uint64_t>(size) << 40U | static_cast<std::uint64_t>(burst) << 48U |
         static_cast<std::uint64_t>(id) << 56U;
}

std::uint64_t ReadAddress(const AxiMasterPins& m) {
  return Pack(m.araddr, m.arlen, m.arsize, m.arburst, m.arid);
}

std::uint64_t WriteAddress(const AxiMasterPins& m) {
  return Pack(m.awaddr, m.awlen, m.awsize, m.awburst, m.awid);
}

std::uint64_t StrobesAndLast(const AxiMasterPins& m) {
  return m.wstrb | static_cast<std::uint64_t>(m.wlast) << 32U;
}

}  // namespace

ProtocolChecker::ProtocolChecker(int bus_bytes, int max_burst_beats)
    : bus_bytes_(bus_bytes), max_burst_beats_(max_burst_beats) {
}

void ProtocolChecker::Reset() {
  waiting_ = 0;
}

void ProtocolChecker::Hold(const AxiMasterPins& master) {
  if ((waiting_ & 1U) != 0)
    read_address_ = ReadAddress(master);
  if ((waiting_ & 2U) != 0)
    write_address_ = WriteAddress(master);
  if ((waiting_ & 4U) != 0) {
    strobes_and_last_ = StrobesAndLast(master);
    std::memcpy(data_.data(), master.wdata, kMaxBusBytes);
  }
}

void ProtocolChecker::CheckHeld(std::uint64_t cycle, const AxiMasterPins& master) const {
  constexpr std::string_view kDropped = "valid fell before ready came";
  constexpr std::string_view kChanged = "payload changed while valid waited for ready";
  if ((waiting_ & 1U) != 0) {
    if (master.arvalid == 0)
      Violation(cycle, "AR", kDropped);
    if (ReadAddress(master) != read_address_)
      Violation(cycle, "AR", kChanged);
  }
  if ((waiting_ & 2U) != 0) {
    if (master.awvalid == 0)
      Violation(cycle, "AW", kDropped);
    if (WriteAddress(master) != write_address_)
      Violation(cycle, "AW", kChanged);
  }
  if ((waiting_ & 4U) != 0) {
    if (master.wvalid == 0)
      Violation(cycle, "W", kDropped);
    decltype(data_) now{};
    std::memcpy(now.data(), master.wdata, kMaxBusBytes);
    if (StrobesAndLast(master) != strobes_and_last_ || now != data_)
      Violation(cycle, "W", kChanged);
  }
}

void ProtocolChecker::CheckAddress(std::uint64_t cycle, const Address& a) const {
  const auto bus_bytes = static_cast<std::uint32_t>(bus_bytes_);
  const std::uint32_t beats = a.len + 1U;
  if (a.burst != kBurstIncr) {
    Violation(cycle, a.channel, fmt::format("burst type is {}, must be 1 (INCR)", a.burst));
  }
  if (1U << a.size != bus_bytes) {
    Violation(cycle,
              a.channel,
              fmt::format("size is {} ({} bytes), a beat must be the whole bus of {} bytes",
                          a.size,
                          std::uint64_t{1} << a.size,
                          bus_bytes));
  }
  if (a.address % bus_bytes != 0) {
    Violation(cycle,
              a.channel,
              fmt::format("address {:#x} is not a multiple of {} bytes", a.address, bus_bytes));
  }
  if (beats > static_cast<std::uint32_t>(max_burst_beats_)) {
    Violation(cycle,
              a.channel,
              fmt::format("burst of {} beats, the longest allowed is {}", beats, max_burst_beats_));
  }
  if (a.address % kPageBytes + beats * bus_bytes > kPageBytes) {
    Violation(
        cycle,
        a.channel,
        fmt::format("burst of {} beats from {:#x} crosses a 4 KiB boundary", beats, a.address));
  }
}

void ProtocolChecker::CheckReadAddress(std::uint64_t cycle, const AxiMasterPins& m) const {
  CheckAddress(cycle, {"AR", m.araddr, m.arlen, m.arsize, m.arburst});
}

void ProtocolChecker::CheckWriteAddress(std::uint64_t cycle, const AxiMasterPins& m) const {
  CheckAddress(cycle, {"AW", m.awaddr, m.awlen, m.awsize, m.awburst});
}

void ProtocolChecker::CheckWriteData(std::uint64_t cycle,
                                     const AxiMasterPins& master,
                                     bool is_last) const {
  if ((master.wlast != 0) != is_last) {
    Violation(cycle,
              "W",
              is_last ? "WLAST is 0 on the last beat of the burst"
                      : "WLAST is 1 before the last beat of the burst");
  }
  if (bus_bytes_ < kMaxBusBytes && master.wstrb >> static_cast<unsigned>(bus_bytes_) != 0) {
    Violation(cycle, "W", "a strobe is set beyond the bus width");
  }
}

}  // namespace denseshift::sim
