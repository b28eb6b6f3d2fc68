// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_DRIVER_REGISTERS_H_
#define DENSESHIFT_DRIVER_REGISTERS_H_

#include <array>
#include <cstdint>

// Register map of docs/registers.md.
namespace denseshift::driver::registers {

// Byte offsets.
constexpr std::uint32_t kCtrl = 0x00;
constexpr std::uint32_t kGie = 0x04;
constexpr std::uint32_t kIer = 0x08;
constexpr std::uint32_t kIsr = 0x0C;
constexpr std::uint32_t kCmdAddr = 0x10;
constexpr std::uint32_t kCmdCount = 0x14;
constexpr std::uint32_t kWatchdog = 0x18;
constexpr std::uint32_t kError = 0x1C;
constexpr std::uint32_t kErrorCommand = 0x20;
constexpr std::uint32_t kErrorAddress = 0x24;
constexpr std::uint32_t kCyclesLo = 0x28;
constexpr std::uint32_t kCyclesHi = 0x2C;
constexpr std::uint32_t kId = 0x40;
constexpr std::uint32_t kVersion = 0x44;
constexpr std::uint32_t kCapArray = 0x48;
constexpr std::uint32_t kCapBus = 0x4C;
constexpr std::uint32_t kCapActBytes = 0x50;
constexpr std::uint32_t kCapWgtBytes = 0x54;
constexpr std::uint32_t kCapOutBytes = 0x58;
constexpr std::uint32_t kCapParamEntries = 0x5C;

// Bits of CTRL.
constexpr std::uint32_t kCtrlStart = 1U << 0U;
constexpr std::uint32_t kCtrlDone = 1U << 1U;
constexpr std::uint32_t kCtrlIdle = 1U << 2U;
constexpr std::uint32_t kCtrlReady = 1U << 3U;

constexpr std::uint32_t kIdValue = 0x54465344;  // "DSFT"
constexpr std::uint32_t kRegisterMapVersion = 1;
constexpr std::uint32_t kCommandSetVersion = 1;
constexpr std::uint32_t kFormatInt8 = 1U << 0U;  // CAP_ARRAY activation formats

// Units, in the order of COUNTERS and of the ERROR register.
constexpr std::array<const char*, 5> kUnitNames = {"sequencer", "load", "feeder", "post", "store"};

// The four counters of a unit.
constexpr std::array<const char*, 4> kCounterNames = {
    "busy", "wait for input", "wait for output", "idle"};

// Low word of 64-bit counter `counter` (0..3) of unit `unit` (0..4); the high word follows.
constexpr std::uint32_t Counter(std::uint32_t unit, std::uint32_t counter) {
  return 0x80U + 0x20U * unit + 8U * counter;
}

enum class ErrorCode : std::uint8_t {
  kNone = 0,
  kIllegalCommand = 1,
  kReadSlaveError = 2,
  kReadDecodeError = 3,
  kWriteSlaveError = 4,
  kWriteDecodeError = 5,
  kNoProgress = 6,
  kBufferBounds = 7,
  kTokenOverflow = 8,
};

constexpr std::array<const char*, 9> kErrorNames = {
    "no error",
    "illegal command",
    "read answered SLVERR",
    "read answered DECERR",
    "write answered SLVERR",
    "write answered DECERR",
    "no progress (token deadlock or a bus that does not answer)",
    "buffer access outside the buffer",
    "token counter overflow"};

}  // namespace denseshift::driver::registers

#endif  // DENSESHIFT_DRIVER_REGISTERS_H_
