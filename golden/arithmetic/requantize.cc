// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "golden/arithmetic/requantize.h"

#include <algorithm>
#include <stdexcept>
#include <string>

namespace denseshift::golden {

std::int64_t ShiftHalfUp(std::int64_t product, int shift) {
  if (shift < 0 || shift > 63) {
    throw std::invalid_argument("requantization shift " + std::to_string(shift) +
                                " is outside 0 .. 63");
  }
  const std::int64_t half = shift > 0 ? std::int64_t{1} << (shift - 1) : 0;
  return (product + half) >> shift;  // of a negative number: towards minus infinity
}

std::int8_t Clamp(std::int64_t value, int lo, int hi) {
  const std::int64_t at_least_lo = std::max<std::int64_t>(lo, value);
  return static_cast<std::int8_t>(std::min<std::int64_t>(hi, at_least_lo));
}

std::int8_t Requantize(
    std::int64_t v, std::uint16_t multiplier, int shift, int zero_out, int lo, int hi) {
  constexpr std::int64_t kLimit = std::int64_t{1} << 31;
  if (v < -kLimit || v > kLimit) {
    throw std::invalid_argument("sum " + std::to_string(v) + " does not fit an accumulator");
  }
  const std::int64_t product = v * multiplier;
  return Clamp(ShiftHalfUp(product, shift) + zero_out, lo, hi);
}

}  // namespace denseshift::golden
