// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_GOLDEN_ARITHMETIC_ACCUMULATOR_H_
#define DENSESHIFT_GOLDEN_ARITHMETIC_ACCUMULATOR_H_

#include <cstdint>
#include <vector>

#include "golden/arithmetic/code.h"

namespace denseshift::golden {

// What an accumulator of acc_bits bits, two's complement, holds after value is
// stored in it: the number congruent to value modulo 2^acc_bits in
// -2^(acc_bits-1) .. 2^(acc_bits-1) - 1. docs/arithmetic.md section 1.
//
// Errors    std::invalid_argument unless acc_bits is 16 .. 32.
[[nodiscard]] std::int64_t WrapToAccumulator(std::int64_t value, int acc_bits);

// The largest |sum + bias| one output channel can reach, the left side of
// docs/arithmetic.md section 2.2:
//
//   SUM |w| * max(zero_in + 128, 127 - zero_in) + |bias|
//
// Shapes    weights [K], all weights of the channel.
// Units     LSBs of scale_in * scale_weight.
[[nodiscard]] std::int64_t LargestSum(const std::vector<Code>& weights,
                                      std::int32_t bias,
                                      int zero_in);

// The largest value that is safe in an accumulator, 2^(acc_bits-1) - 1: the right
// side of docs/arithmetic.md section 2.2.
//
// Errors    std::invalid_argument unless acc_bits is 16 .. 32.
[[nodiscard]] std::int64_t LargestAccumulator(int acc_bits);

}  // namespace denseshift::golden

#endif  // DENSESHIFT_GOLDEN_ARITHMETIC_ACCUMULATOR_H_
