// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/functional/term_sum.h"

#include <algorithm>

namespace denseshift::sim {

std::uint32_t TermSum(const std::int16_t* u,
                      const std::int16_t* flip,
                      const std::int16_t* factor,
                      std::size_t count) {
  constexpr std::size_t kSafeTerms = 65536;  // 65536 * 255 * 128 is below 2^31
  std::uint32_t sum = 0;
  for (std::size_t begin = 0; begin < count; begin += kSafeTerms) {
    const std::size_t end = std::min(count, begin + kSafeTerms);
    std::int32_t partial = 0;
    for (std::size_t k = begin; k < end; ++k) {
      const auto operand = static_cast<std::int16_t>(u[k] ^ flip[k]);
      partial += operand * factor[k];
    }
    sum += static_cast<std::uint32_t>(partial);
  }
  return sum;
}

}  // namespace denseshift::sim
