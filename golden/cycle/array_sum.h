// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_GOLDEN_CYCLE_ARRAY_SUM_H_
#define DENSESHIFT_GOLDEN_CYCLE_ARRAY_SUM_H_

#include <cstdint>

namespace denseshift::golden::cycle {

// Operands of an array of a known number of columns.
//
// Shapes    u [lanes]; flip, shift [lanes, columns]; sum [columns]. lanes is a multiple of 4.
struct SumOperands {
  const std::uint32_t* u;
  const std::uint32_t* flip;
  const std::uint32_t* shift;
  std::uint32_t lanes;
  std::uint32_t* sum;
};

// sum = sum over lanes of ((u XOR flip) << shift) for each column, modulo 2^32.
using SumFunction = void (*)(const SumOperands&);

// The fastest on this processor for 4, 8, 16, 32 or 64 columns.
[[nodiscard]] SumFunction FindSum(std::uint32_t columns);

}  // namespace denseshift::golden::cycle

#endif  // DENSESHIFT_GOLDEN_CYCLE_ARRAY_SUM_H_
