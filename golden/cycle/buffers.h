// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_GOLDEN_CYCLE_BUFFERS_H_
#define DENSESHIFT_GOLDEN_CYCLE_BUFFERS_H_

#include <cstdint>
#include <cstring>
#include <vector>

#include "golden/cycle/bus_word.h"
#include "golden/cycle/parameters.h"

namespace denseshift::golden::cycle {

// A buffer the load unit writes in bus words. A read is a look at its contents before the writes of
// the same cycle: readers step before the load unit.
class WordBuffer {
 public:
  WordBuffer(std::uint32_t words, std::uint32_t bus_bytes)
      : words_(words), bus_bytes_(bus_bytes), contents_(std::size_t{words} * bus_bytes) {}

  [[nodiscard]] bool Contains(std::uint32_t word) const { return word < words_; }

  void Write(std::uint32_t word, const std::uint8_t* data) {
    CopyBusWord(&contents_[std::size_t{word} * bus_bytes_], data, bus_bytes_);
  }

  [[nodiscard]] const std::uint8_t* At(std::uint32_t word) const {
    return &contents_[std::size_t{word} * bus_bytes_];
  }

 private:
  std::uint32_t words_;
  std::uint32_t bus_bytes_;
  std::vector<std::uint8_t> contents_;
};

// What the load unit fills.
struct LoadTargets {
  explicit LoadTargets(const Parameters& p)
      : activation{WordBuffer(p.ActGroupWords(), p.bus_bytes),
                   WordBuffer(p.ActGroupWords(), p.bus_bytes)},
        weight(p.WgtWords(), p.bus_bytes),
        parameter(p.ParamWords(), p.bus_bytes) {}

  WordBuffer activation[2];  // by group
  WordBuffer weight;
  WordBuffer parameter;
};

}  // namespace denseshift::golden::cycle

#endif  // DENSESHIFT_GOLDEN_CYCLE_BUFFERS_H_
