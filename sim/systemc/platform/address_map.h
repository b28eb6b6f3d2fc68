// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_SYSTEMC_PLATFORM_ADDRESS_MAP_H_
#define DENSESHIFT_SIM_SYSTEMC_PLATFORM_ADDRESS_MAP_H_

#include <cstdint>

namespace denseshift::systemc {

// docs/systemc.md "Platform". Memory starts at 0.
constexpr std::uint64_t kRegistersBase = 0x1'0000'0000;  // of the first accelerator
constexpr std::uint64_t kRegistersBytes = 0x1000;        // of each
constexpr std::uint64_t kInterruptBase = 0x1'1000'0000;
constexpr std::uint64_t kInterruptBytes = 8;

// Registers of the interrupt controller, by offset.
constexpr std::uint64_t kPending = 0;
constexpr std::uint64_t kEnable = 4;

constexpr unsigned kMaxAccelerators = 32;

}  // namespace denseshift::systemc

#endif  // DENSESHIFT_SIM_SYSTEMC_PLATFORM_ADDRESS_MAP_H_
