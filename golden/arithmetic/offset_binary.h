// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_GOLDEN_ARITHMETIC_OFFSET_BINARY_H_
#define DENSESHIFT_GOLDEN_ARITHMETIC_OFFSET_BINARY_H_

#include <cstdint>
#include <vector>

#include "golden/arithmetic/code.h"

namespace denseshift::golden {

// How the array computes a dot product; docs/arithmetic.md section 2.1.

// The byte a lane feeds for activation x: x + 128, 0 .. 255.
[[nodiscard]] unsigned ToOffsetBinary(std::int8_t x);

// The term of one PE, (u XOR (s ? 255 : 0)) << e: unsigned, at most 15 bits.
//
// Errors    std::invalid_argument if u is above 255.
[[nodiscard]] unsigned Term(Code weight, unsigned u);

// The constant that makes SUM t + B = SUM w * (x - zero_in) + bias for one output
// channel, modulo 2^acc_bits:
//
//   B = bias - zero_in * SUM w - 128 * SUM |w| + SUM over s=1 of 2^e
//
// Shapes    weights [K], all weights of the channel.
// Units     LSBs of scale_in * scale_weight. The result is the representative in
//           -2^(acc_bits-1) .. 2^(acc_bits-1) - 1.
// Errors    std::invalid_argument unless acc_bits is 16 .. 32.
[[nodiscard]] std::int32_t FoldBias(const std::vector<Code>& weights,
                                    std::int32_t bias,
                                    int zero_in,
                                    int acc_bits);

}  // namespace denseshift::golden

#endif  // DENSESHIFT_GOLDEN_ARITHMETIC_OFFSET_BINARY_H_
