// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "golden/arithmetic/accumulator.h"

#include <algorithm>
#include <cstdlib>
#include <stdexcept>
#include <string>

namespace denseshift::golden {

std::int64_t LargestAccumulator(int acc_bits) {
  if (acc_bits < 16 || acc_bits > 32) {
    throw std::invalid_argument("an accumulator has 16 .. 32 bits, not " +
                                std::to_string(acc_bits));
  }
  return (std::int64_t{1} << (acc_bits - 1)) - 1;
}

std::int64_t WrapToAccumulator(std::int64_t value, int acc_bits) {
  const std::int64_t largest = LargestAccumulator(acc_bits);
  const std::int64_t modulus = 2 * (largest + 1);
  std::int64_t wrapped = value % modulus;  // in -modulus + 1 .. modulus - 1
  if (wrapped > largest) {
    wrapped -= modulus;
  }
  if (wrapped < -largest - 1) {
    wrapped += modulus;
  }
  return wrapped;
}

std::int64_t LargestSum(const std::vector<Code>& weights, std::int32_t bias, int zero_in) {
  const int largest_difference = std::max(zero_in + 128, 127 - zero_in);
  std::int64_t sum = std::abs(static_cast<std::int64_t>(bias));
  for (const Code weight : weights) {
    sum += static_cast<std::int64_t>(weight.Magnitude()) * largest_difference;
  }
  return sum;
}

}  // namespace denseshift::golden
