// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_GOLDEN_CYCLE_ACCUMULATORS_H_
#define DENSESHIFT_GOLDEN_CYCLE_ACCUMULATORS_H_

#include <array>
#include <cstdint>
#include <vector>

#include "golden/cycle/accumulate.h"
#include "golden/cycle/array.h"
#include "golden/cycle/feeder.h"
#include "golden/cycle/parameters.h"
#include "golden/cycle/state_list.h"

namespace denseshift::golden::cycle {

// Two banks of sums, one accumulates while the other is drained; docs/timing.md "Accumulators".
class Accumulators {
 public:
  explicit Accumulators(const Parameters& parameters);

  // Reads what post drains, before Step() of the same cycle; read() shows it from the next one on.
  void Read(bool bank, std::uint32_t position);

  // A cycle, before the array and the feeder have stepped.
  void Step(const FeederStage& stage, const Array& array);

  // Whether the last sum of a column tile is in its bank.
  [[nodiscard]] bool IsSumDone() const { return sum_done3_; }

  // Column sums of acc_bits bits.
  [[nodiscard]] const std::uint32_t* read() const { return read_.data(); }

  void Clear();

  void ListState(StateList& list) const;

 private:
  using Sums = std::array<std::uint32_t, kMaxColumns>;

  void Accumulate(const std::uint32_t* sums);

  [[nodiscard]] std::uint32_t* At(bool bank, std::uint32_t position) {
    return &banks_[bank ? 1 : 0][std::size_t{position & position_mask_} * columns_];
  }

  std::uint32_t columns_;
  std::uint32_t acc_bits_;
  std::uint32_t mask_;  // of acc_bits bits
  std::uint32_t position_mask_;
  AccumulateFunction accumulate_;
  std::array<std::vector<std::uint32_t>, 2> banks_;
  // Flags on the way from the feeder's stage 1.
  bool step2_ = false;
  bool first2_ = false;
  bool bank2_ = false;
  std::uint16_t position2_ = 0;
  bool sum_done2_ = false;
  bool sum_done3_ = false;
  // The step whose sums the array shows.
  bool step_ = false;
  bool bank_ = false;
  bool first_ = false;
  bool forward_ = false;
  std::uint16_t position_ = 0;
  bool read_bank_ = false;
  alignas(32) Sums last_{};
  alignas(32) Sums read_{};
};

}  // namespace denseshift::golden::cycle

#endif  // DENSESHIFT_GOLDEN_CYCLE_ACCUMULATORS_H_
