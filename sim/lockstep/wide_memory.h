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

constexpr std::size_t kLineWords = 8;

// As many bytes as a line of the processor's cache.
struct alignas(64) StateLine {
  std::array<std::uint64_t, kLineWords> words;
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

  // Brings `lines` copies of the lines at `places` up to date and writes to `changes` how they have
  // changed: for each line that did, a word with its number in bits 0 to 31 and a bit for each of
  // its words that changed from bit 32 on, then these words. Returns how many words were written;
  // up to kLineWords more are overwritten.
  std::size_t (*collect_changes)(const std::uint8_t* const* places,
                                 std::size_t lines,
                                 StateLine* copies,
                                 std::uint64_t* changes);

  // Does the same to other copies. `changes` can be read kLineWords beyond its end.
  void (*apply_changes)(const std::uint64_t* changes, std::size_t words, StateLine* copies);
};

// Of this processor.
[[nodiscard]] const WideMemory& FindWideMemory();

// Of any processor.
[[nodiscard]] const WideMemory& PlainMemory();

}  // namespace denseshift::sim

#endif  // DENSESHIFT_SIM_LOCKSTEP_WIDE_MEMORY_H_
