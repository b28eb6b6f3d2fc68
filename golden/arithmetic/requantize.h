// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_GOLDEN_ARITHMETIC_REQUANTIZE_H_
#define DENSESHIFT_GOLDEN_ARITHMETIC_REQUANTIZE_H_

#include <cstdint>

namespace denseshift::golden {

// A real factor as multiplier * 2^-shift; docs/arithmetic.md section 3.
struct Scale {
  std::uint16_t multiplier = 0;  // M; 0 stands for a dead channel
  int shift = 0;                 // S, 0 .. 63
};

// How a layer turns rescaled sums into int8.
struct OutputRange {
  int zero_out = 0;  // -128 .. 127
  int lo = -128;     // lower bound of the output, -128 .. 127
  int hi = 127;      // upper bound of the output, lo .. 127
};

// (product + half) >> shift: a division by 2^shift rounded half up (towards plus infinity).
//
// Shapes    |product| at most 2^62.
// Errors    std::invalid_argument unless shift is 0 .. 63.
[[nodiscard]] std::int64_t ShiftHalfUp(std::int64_t product, int shift);

// min(hi, max(lo, value)): hi wins should lo be above it.
[[nodiscard]] std::int8_t Clamp(std::int64_t value, int lo, int hi);

// Rescales one sum to an output:
//
//   y = Clamp(((v * multiplier + half) >> shift) + zero_out)
//
// Units     v in LSBs of scale_in * scale_weight; y in LSBs of the output, int8 domain.
// Rounding  half up, once.
// Errors    std::invalid_argument unless |v| is at most 2^31 and shift is 0 .. 63.
// Source    docs/arithmetic.md section 3.
[[nodiscard]] std::int8_t Requantize(
    std::int64_t v, std::uint16_t multiplier, int shift, int zero_out, int lo, int hi);

}  // namespace denseshift::golden

#endif  // DENSESHIFT_GOLDEN_ARITHMETIC_REQUANTIZE_H_
