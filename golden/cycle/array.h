// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_GOLDEN_CYCLE_ARRAY_H_
#define DENSESHIFT_GOLDEN_CYCLE_ARRAY_H_

#include <array>
#include <cstdint>

#include "golden/cycle/activation_buffer.h"
#include "golden/cycle/array_sum.h"
#include "golden/cycle/parameters.h"
#include "golden/cycle/state_list.h"

namespace denseshift::golden::cycle {

// Lanes x Columns PEs, a sum per column, and the shadow tile; docs/timing.md "Array". Places are
// lane-major: lane * Columns + column.
class Array {
 public:
  explicit Array(const Parameters& parameters)
      : lanes_(parameters.lanes),
        columns_(parameters.columns),
        sum_function_(FindSum(parameters.columns)) {}

  // A cycle: stage 1's swap and step. It sees the shadow tile as it was before a write of the
  // same cycle.
  void Step(bool swap, bool step, const ActivationBuffer& buffer);

  // Codes of the shadow tile, sign and then 3 bits of exponent, two in a byte, the first in the
  // lower half; written at the end of a cycle.
  [[nodiscard]] std::uint8_t* shadow() { return shadow_.data(); }

  // The sums of the steps, one per column.
  [[nodiscard]] const std::uint32_t* sum() const { return sum_.data(); }

  void ListState(StateList& list) const;

 private:
  static constexpr std::size_t kMaxPlaces = std::size_t{kMaxLanes} * kMaxColumns;

  void Swap();

  std::uint32_t lanes_;
  std::uint32_t columns_;
  SumFunction sum_function_;
  bool busy_ = false;
  alignas(64) std::array<std::uint32_t, kMaxLanes> u_{};
  alignas(64) std::array<std::uint32_t, kMaxColumns> sum_{};
  alignas(64) std::array<std::uint32_t, kMaxPlaces> flip_{};
  alignas(64) std::array<std::uint8_t, kMaxPlaces> exponent_{};
  alignas(64) std::array<std::uint32_t, kMaxPlaces> shift_{};  // the exponents, as wide as the sums
  alignas(64) std::array<std::uint8_t, kMaxPlaces / 2> shadow_{};
};

}  // namespace denseshift::golden::cycle

#endif  // DENSESHIFT_GOLDEN_CYCLE_ARRAY_H_
