// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_GOLDEN_CYCLE_ACCUMULATE_H_
#define DENSESHIFT_GOLDEN_CYCLE_ACCUMULATE_H_

#include <cstdint>

namespace denseshift::golden::cycle {

// One number per column.
struct AccumulateOperands {
  std::uint32_t* word;  // of a bank
  const std::uint32_t* sums;
  std::uint32_t* last;
  std::uint32_t keep;  // all ones, or 0: what has no sum yet counts as 0
  std::uint32_t mask;  // of an accumulator's bits
};

// word = last = ((word AND keep) + sums) AND mask.
using AccumulateFunction = void (*)(const AccumulateOperands&);

// The fastest on this processor for 4, 8, 16, 32 or 64 columns.
[[nodiscard]] AccumulateFunction FindAccumulate(std::uint32_t columns);

}  // namespace denseshift::golden::cycle

#endif  // DENSESHIFT_GOLDEN_CYCLE_ACCUMULATE_H_
