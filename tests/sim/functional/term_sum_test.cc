// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/functional/term_sum.h"

#include <cstddef>
#include <cstdint>
#include <random>
#include <vector>

#include <gtest/gtest.h>

#include "golden/arithmetic/offset_binary.h"

namespace denseshift::sim {
namespace {

TEST(TermSum, AddsGoldenTerms) {
  std::mt19937 rng(31);
  for (std::size_t count = 0; count < 70; ++count) {
    std::vector<std::int16_t> u(count);
    std::vector<std::int16_t> flip(count);
    std::vector<std::int16_t> factor(count);
    std::uint32_t expected = 0;
    for (std::size_t k = 0; k < count; ++k) {
      const golden::Code weight = {rng() % 2 == 1, static_cast<int>(rng() % 8)};
      u[k] = static_cast<std::int16_t>(rng() % 256);
      flip[k] = weight.negative ? 255 : 0;
      factor[k] = static_cast<std::int16_t>(weight.Magnitude());
      expected += golden::Term(weight, static_cast<unsigned>(u[k]));
    }
    EXPECT_EQ(TermSum(u.data(), flip.data(), factor.data(), count), expected) << count;
  }
}

TEST(TermSum, WrapsModuloTwoToTheThirtyTwo) {
  constexpr std::size_t kCount = 200000;
  const std::vector<std::int16_t> u(kCount, 255);
  const std::vector<std::int16_t> flip(kCount, 0);
  const std::vector<std::int16_t> factor(kCount, 128);
  const std::uint64_t exact = std::uint64_t{kCount} * 255 * 128;
  EXPECT_EQ(TermSum(u.data(), flip.data(), factor.data(), kCount),
            static_cast<std::uint32_t>(exact));
}

}  // namespace
}  // namespace denseshift::sim
