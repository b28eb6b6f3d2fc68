// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "golden/arithmetic/offset_binary.h"

#include <stdexcept>
#include <string>

#include "golden/arithmetic/accumulator.h"

namespace denseshift::golden {

unsigned ToOffsetBinary(std::int8_t x) {
  return static_cast<unsigned>(x + 128);
}

unsigned Term(Code weight, unsigned u) {
  if (u > 255) {
    throw std::invalid_argument("a lane feeds a byte, not " + std::to_string(u));
  }
  return (u ^ (weight.negative ? 255U : 0U)) << static_cast<unsigned>(weight.exponent);
}

std::int32_t FoldBias(const std::vector<Code>& weights,
                      std::int32_t bias,
                      int zero_in,
                      int acc_bits) {
  std::int64_t sum = 0;             // SUM w
  std::int64_t magnitude = 0;       // SUM |w|
  std::int64_t negative_power = 0;  // SUM over s=1 of 2^e
  for (const Code weight : weights) {
    sum += weight.Value();
    magnitude += weight.Magnitude();
    if (weight.negative) {
      negative_power += weight.Magnitude();
    }
  }
  const std::int64_t folded = bias - zero_in * sum - 128 * magnitude + negative_power;
  return static_cast<std::int32_t>(WrapToAccumulator(folded, acc_bits));
}

}  // namespace denseshift::golden
