// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_GOLDEN_CYCLE_BURST_H_
#define DENSESHIFT_GOLDEN_CYCLE_BURST_H_

#include <algorithm>
#include <cstdint>
#include <string>

#include "golden/cycle/bits.h"
#include "golden/cycle/command.h"

namespace denseshift::golden::cycle {

struct Burst {
  std::uint32_t address = 0;
  std::uint32_t beats = 0;
};

// The next burst: at most 32 beats, never across a boundary of 4 KiB.
inline Burst NextBurst(std::uint32_t address, std::uint32_t words, std::uint32_t bus_bytes) {
  const std::uint32_t to_boundary = (4096U - address % 4096U) / bus_bytes;
  return {address, std::min({32U, words, to_boundary})};
}

// An address channel of the bus, AR or AW: holds one burst until it is accepted.
class AddressChannel {
 public:
  [[nodiscard]] bool valid() const { return valid_; }

  [[nodiscard]] std::uint32_t address() const { return address_; }

  [[nodiscard]] std::uint8_t len() const { return len_; }

  // Whether a burst can enter at the end of a cycle in which the shown one is accepted or not.
  [[nodiscard]] bool IsFree(bool accepted) const { return !valid_ || accepted; }

  // The end of a cycle in which the channel is free.
  void Send(const Burst& burst) {
    valid_ = true;
    address_ = burst.address;
    len_ = static_cast<std::uint8_t>(burst.beats - 1U);
  }

  void SendNothing() { valid_ = false; }

  // As Queue::Clear.
  void Clear(const AddressChannel& before) {
    *this = before;
    valid_ = false;
  }

  template <typename List>
  void ListState(List& list, const char* valid, const char* address, const char* len) const {
    list.Add(valid, valid_, 1);
    list.Add(address, address_, 32);
    list.Add(len, len_, 8);
  }

 private:
  bool valid_ = false;
  std::uint32_t address_ = 0;
  std::uint8_t len_ = 0;
};

// The bursts of a command that moves rows of words: row after row, each from its own address.
class RowBursts {
 public:
  void Start(const Command& command, std::uint32_t rows, std::uint32_t words) {
    row_address_ = address_ = command.words[2];
    stride_ = command.words[3];
    rows_ = static_cast<std::uint16_t>(rows);
    words_ = row_words_ = static_cast<std::uint16_t>(words);
  }

  [[nodiscard]] bool AreDone() const { return rows_ == 0; }

  Burst Next(std::uint32_t bus_bytes) {
    const Burst burst = NextBurst(address_, words_, bus_bytes);
    address_ += burst.beats * bus_bytes;
    words_ = static_cast<std::uint16_t>(words_ - burst.beats);
    if (words_ == 0) {
      --rows_;
      words_ = row_words_;
      row_address_ += stride_;
      address_ = row_address_;
    }
    return burst;
  }

  template <typename List>
  void ListState(List& list, const std::string& unit) const {
    list.Add(unit + ".row_addr", row_address_, 32);
    list.Add(unit + ".addr", address_, 32);
    list.Add(unit + ".rows", rows_, 16);
    list.Add(unit + ".words", words_, 16);
  }

 private:
  std::uint32_t row_address_ = 0;
  std::uint32_t address_ = 0;
  std::uint16_t rows_ = 0;
  std::uint16_t words_ = 0;
  // Fields of the command.
  std::uint32_t stride_ = 0;
  std::uint16_t row_words_ = 0;
};

}  // namespace denseshift::golden::cycle

#endif  // DENSESHIFT_GOLDEN_CYCLE_BURST_H_
