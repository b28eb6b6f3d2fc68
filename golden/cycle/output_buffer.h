// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_GOLDEN_CYCLE_OUTPUT_BUFFER_H_
#define DENSESHIFT_GOLDEN_CYCLE_OUTPUT_BUFFER_H_

#include <cstdint>
#include <vector>

#include "golden/cycle/bus_word.h"
#include "golden/cycle/parameters.h"
#include "golden/cycle/state_list.h"

namespace denseshift::golden::cycle {

// Bytes in from post, bus words out to store; docs/timing.md "Output buffer". The store unit steps
// before post: it reads what a cycle finds.
class OutputBuffer {
 public:
  explicit OutputBuffer(const Parameters& parameters);

  [[nodiscard]] bool Contains(std::uint32_t address, std::uint32_t bytes) const {
    return address + bytes <= contents_.size();
  }

  // Bytes that lie inside.
  void Write(std::uint32_t address, const std::uint8_t* data, std::uint32_t bytes);

  [[nodiscard]] bool ContainsWord(std::uint32_t word) const { return word < words_; }

  // Word modulo the buffer's size; read() shows it from the next cycle on.
  void Read(std::uint32_t word) {
    select_ = static_cast<std::uint8_t>(word & select_mask_);
    CopyBusWord(
        read_.data(), &contents_[std::size_t{word & (words_ - 1U)} * bus_bytes_], bus_bytes_);
  }

  [[nodiscard]] const BusWord& read() const { return read_; }

  void ListState(StateList& list) const;

 private:
  std::uint32_t words_;
  std::uint32_t bus_bytes_;
  std::uint32_t select_mask_;
  std::vector<std::uint8_t> contents_;
  std::uint8_t select_ = 0;
  BusWord read_{};
};

}  // namespace denseshift::golden::cycle

#endif  // DENSESHIFT_GOLDEN_CYCLE_OUTPUT_BUFFER_H_
