// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_LOCKSTEP_BIT_FLIP_H_
#define DENSESHIFT_SIM_LOCKSTEP_BIT_FLIP_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "sim/rtl/shim/abi.h"

namespace denseshift::sim {

// A single event upset: one bit of the RTL's state is inverted before the clock edge of a cycle.
//
// As text: "feeder.left[3]@1200" is bit 3 of register `left` of unit feeder in cycle 1200. Indices
// before the bit are those of the generate blocks around the register, and the word of a memory:
// "array.flip[lane][column][bit]@cycle", "activation_buffer.mem[group][bank][word][bit]@cycle".
struct BitFlip {
  std::string signal;  // "array.flip[0][3]"
  std::uint32_t bit = 0;
  std::uint64_t cycle = 0;

  [[nodiscard]] std::string Text() const;
};

// Throws std::invalid_argument that shows the form.
[[nodiscard]] BitFlip ParseBitFlip(const std::string& text);

// A bit of a model's state.
struct BitPlace {
  std::uint8_t* byte = nullptr;
  std::uint8_t mask = 0;

  void Flip() const { *byte ^= mask; }
};

// Throws std::invalid_argument if there is no such signal, naming some that there are, or no such
// bit.
[[nodiscard]] BitPlace PlaceOf(const BitFlip& flip, const std::vector<StateEntry>& rtl);

// All bits of a model's state, numbered from 0.
class StateBits {
 public:
  explicit StateBits(const std::vector<StateEntry>& rtl);

  [[nodiscard]] std::uint64_t size() const { return first_bits_.back(); }

  // Bit number `index`, flipped in `cycle`.
  [[nodiscard]] BitFlip Flip(std::uint64_t index, std::uint64_t cycle) const;

  // Whether it belongs to a memory: a word, or the output of its read port.
  [[nodiscard]] bool IsOfMemory(std::uint64_t index) const;

 private:
  [[nodiscard]] std::size_t EntryOf(std::uint64_t index) const;

  std::vector<StateEntry> rtl_;
  std::vector<std::uint64_t> first_bits_;  // of each entry, and their number
  std::vector<bool> is_memory_;
};

// The seed in "random:SEED"; nullopt if the text does not start with "random". Throws
// std::invalid_argument if it does and is no such text.
[[nodiscard]] std::optional<std::uint64_t> RandomSeed(const std::string& text);

// A bit and a cycle below `cycles`, both uniform; the same for the same seed.
[[nodiscard]] BitFlip RandomFlip(const StateBits& bits, std::uint64_t cycles, std::uint64_t seed);

}  // namespace denseshift::sim

#endif  // DENSESHIFT_SIM_LOCKSTEP_BIT_FLIP_H_
