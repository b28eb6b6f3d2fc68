// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_LOCKSTEP_WIDE_MEMORY_H_
#define DENSESHIFT_SIM_LOCKSTEP_WIDE_MEMORY_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

// Copies and comparisons that lock-step makes in every clock cycle, with the widest instructions of
// the processor.
namespace denseshift::sim {

// As many bytes as a line of the processor's cache.
struct alignas(64) StateLine {
  std::array<std::uint8_t, 64> bytes;
};

constexpr std::size_t kLineBytes = sizeof(StateLine);

// Bytes of two places, at least kLineBytes.
struct Block {
  const std::uint8_t* a;
  const std::uint8_t* b;
  std::size_t bytes;
};

struct WideMemory {
  // Whether the two places of any block differ.
  bool (*blocks_differ)(const std::vector<Block>& blocks);

  // Brings `lines` copies of the lines at `places` up to date. Those that have changed go, one
  // after the other, to `changed` and their numbers to `numbers`; the place after the last one is
  // overwritten too. Returns how many have changed.
  std::size_t (*update_lines)(const std::uint8_t* const* places,
                              std::size_t lines,
                              StateLine* copies,
                              StateLine* changed,
                              std::uint16_t* numbers);
};

// Of this processor.
[[nodiscard]] const WideMemory& FindWideMemory();

}  // namespace denseshift::sim

#endif  // DENSESHIFT_SIM_LOCKSTEP_WIDE_MEMORY_H_
