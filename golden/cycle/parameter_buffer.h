// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_GOLDEN_CYCLE_PARAMETER_BUFFER_H_
#define DENSESHIFT_GOLDEN_CYCLE_PARAMETER_BUFFER_H_

#include <array>
#include <cstdint>
#include <cstring>

#include "golden/cycle/buffers.h"
#include "golden/cycle/parameters.h"

namespace denseshift::golden::cycle {

// The read side of the parameter buffer: the sets of all columns of an entry; docs/commands.md
// "Buffers". It reads before the load unit writes in the same cycle.
class ParameterBuffer {
 public:
  struct Entry {
    std::array<std::int32_t, kMaxColumns> bias{};
    std::array<std::uint16_t, kMaxColumns> multiplier{};
    std::array<std::uint8_t, kMaxColumns> shift{};
  };

  ParameterBuffer(const Parameters& parameters, const WordBuffer& contents)
      : contents_(contents), columns_(parameters.columns), entries_(parameters.param_entries) {}

  [[nodiscard]] bool Contains(std::uint32_t entry) const { return entry < entries_; }

  // Byte address of an entry.
  [[nodiscard]] std::uint32_t AddressOf(std::uint32_t entry) const { return entry * columns_ * 8; }

  // Entry modulo the buffer's size; read() shows it from the next cycle on.
  void Read(std::uint32_t entry) {
    const std::uint8_t* set = contents_.At(0) + AddressOf(entry & (entries_ - 1U));
    for (std::uint32_t column = 0; column < columns_; ++column, set += 8) {
      std::uint16_t shift = 0;
      std::memcpy(&read_.bias[column], set, 4);
      std::memcpy(&read_.multiplier[column], set + 4, 2);
      std::memcpy(&shift, set + 6, 2);
      read_.shift[column] = shift & 63U;
    }
  }

  [[nodiscard]] const Entry& read() const { return read_; }

 private:
  const WordBuffer& contents_;
  std::uint32_t columns_;
  std::uint32_t entries_;
  Entry read_;
};

}  // namespace denseshift::golden::cycle

#endif  // DENSESHIFT_GOLDEN_CYCLE_PARAMETER_BUFFER_H_
