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
#include "sim/lockstep/wide_memory.h"

namespace denseshift::sim {

// Compares all signals at once, in an order and in pieces that make it cheap.
class Comparison {
 public:
  explicit Comparison(std::vector<Signal> signals);

  [[nodiscard]] bool Equal() const;

  // The first signal that differs, in the order given.
  [[nodiscard]] std::optional<Signal> FirstDifference() const;

  [[nodiscard]] const std::vector<Signal>& signals() const { return signals_; }

 private:
  // Two places as offsets from base_, which halves what has to be read.
  struct Pair {
    std::uint32_t rtl;
    std::uint32_t model;
  };

  struct Bases {
    const std::uint8_t* rtl = nullptr;
    const std::uint8_t* model = nullptr;
  };

  void FindBases();
  [[nodiscard]] Pair PairOf(const void* rtl, const void* model) const;
  void Add(const Signal& signal, std::vector<Block>& blocks);
  void AddBlock(const Block& block);
  template <typename Rtl, typename Model>
  [[nodiscard]] std::uint64_t Differ(const std::vector<Pair>& pairs) const;
  [[nodiscard]] std::uint64_t DifferInPairs() const;

  std::vector<Signal> signals_;
  Bases base_;
  // By log2 of bytes: equal sizes, and a model's place that is wider than the RTL's.
  std::array<std::vector<Pair>, 5> pairs_;
  std::vector<Pair> byte_in_half_, byte_in_word_, half_in_word_;
  const WideMemory& memory_ = FindWideMemory();
  std::vector<Block> blocks_;          // bytes that lie the same way on both sides
  std::vector<const Signal*> fields_;  // the rest, bit by bit
};

}  // namespace denseshift::sim

#endif  // DENSESHIFT_SIM_LOCKSTEP_COMPARISON_H_
