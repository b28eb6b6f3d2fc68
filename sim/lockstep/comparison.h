// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_LOCKSTEP_COMPARISON_H_
#define DENSESHIFT_SIM_LOCKSTEP_COMPARISON_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "sim/lockstep/signal.h"

namespace denseshift::sim {

// Compares all signals at once, in an order and in pieces that make it cheap.
class Comparison {
 public:
  explicit Comparison(std::vector<Signal> signals);

  [[nodiscard]] bool Equal() const;

  // The first signal that differs, in the order of the RTL's hierarchy.
  [[nodiscard]] std::optional<Signal> FirstDifference() const;

  [[nodiscard]] const std::vector<Signal>& signals() const { return signals_; }

 private:
  struct Pair {
    const void* rtl;
    const void* model;
  };

  // Bytes that lie the same way on both sides.
  struct Block {
    const std::uint8_t* rtl;
    const std::uint8_t* model;
    std::size_t bytes;
  };

  void Add(const Signal& signal);
  void MergeBlocks();
  template <typename Rtl, typename Model>
  [[nodiscard]] static std::uint64_t Differ(const std::vector<Pair>& pairs);
  template <typename Rtl>
  [[nodiscard]] std::uint64_t DifferOf(std::size_t rtl_size) const;

  std::vector<Signal> signals_;
  std::vector<Block> blocks_;
  std::array<std::array<std::vector<Pair>, 4>, 4> pairs_;  // by log2 of bytes: RTL, model
  std::vector<const Signal*> fields_;                      // the rest, bit by bit
};

}  // namespace denseshift::sim

#endif  // DENSESHIFT_SIM_LOCKSTEP_COMPARISON_H_
