// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_GOLDEN_CYCLE_BITS_H_
#define DENSESHIFT_GOLDEN_CYCLE_BITS_H_

#include <cstdint>

namespace denseshift::golden::cycle {

// Bits [high:low] of a word.
constexpr std::uint32_t Bits(std::uint32_t word, unsigned high, unsigned low) {
  return (word >> low) & static_cast<std::uint32_t>((std::uint64_t{1} << (high - low + 1U)) - 1U);
}

constexpr bool Bit(std::uint32_t word, unsigned position) {
  return (word >> position & 1U) != 0;
}

// Widths at which addresses wrap; docs/commands.md "Buffers".
constexpr std::uint32_t kSlotMask = (1U << 17U) - 1U;    // row slots, words
constexpr std::uint32_t kWordMask = (1U << 18U) - 1U;    // words of LOAD and STORE
constexpr std::uint32_t kByteMask = (1U << 24U) - 1U;    // bytes of a group
constexpr std::uint32_t kOutputMask = (1U << 25U) - 1U;  // bytes of the output buffer

}  // namespace denseshift::golden::cycle

#endif  // DENSESHIFT_GOLDEN_CYCLE_BITS_H_
