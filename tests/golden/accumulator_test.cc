// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "golden/arithmetic/accumulator.h"

#include <cstdint>
#include <limits>
#include <random>
#include <stdexcept>
#include <vector>

#include <gtest/gtest.h>

#include "golden/arithmetic/dot.h"

namespace denseshift::golden {
namespace {

TEST(WrapToAccumulator, KeepsWhatFitsAndWrapsTheNeighbours) {
  EXPECT_EQ(WrapToAccumulator(0, 16), 0);
  EXPECT_EQ(WrapToAccumulator(32767, 16), 32767);
  EXPECT_EQ(WrapToAccumulator(32768, 16), -32768);
  EXPECT_EQ(WrapToAccumulator(-32768, 16), -32768);
  EXPECT_EQ(WrapToAccumulator(-32769, 16), 32767);
  EXPECT_EQ(WrapToAccumulator(65536, 16), 0);
  EXPECT_EQ(WrapToAccumulator(-65536 * 5 - 1, 16), -1);
  EXPECT_EQ(WrapToAccumulator(std::int64_t{1} << 31, 32), std::numeric_limits<std::int32_t>::min());
}

TEST(WrapToAccumulator, EqualsSignExtensionOfTheLowBitsForEveryWidth) {
  std::mt19937_64 rng(1);
  for (int acc_bits = 16; acc_bits <= 32; ++acc_bits) {
    for (int i = 0; i < 1000; ++i) {
      const std::uint64_t bits = rng();
      const int unused = 64 - acc_bits;
      const std::int64_t expected = static_cast<std::int64_t>(bits << unused) >> unused;
      ASSERT_EQ(WrapToAccumulator(static_cast<std::int64_t>(bits), acc_bits), expected);
    }
  }
}

TEST(WrapToAccumulator, RefusesWidthsOutsideTheRange) {
  EXPECT_THROW((void)WrapToAccumulator(0, 15), std::invalid_argument);
  EXPECT_THROW((void)WrapToAccumulator(0, 33), std::invalid_argument);
}

TEST(LargestSum, IsTheNormTimesTheLargestDifferencePlusTheBias) {
  const std::vector<Code> weights = {{false, 3}, {true, 1}};  // SUM |w| = 10
  EXPECT_EQ(LargestSum(weights, -7, 0), 10 * 128 + 7);
  EXPECT_EQ(LargestSum(weights, 7, -128), 10 * 255 + 7);
  EXPECT_EQ(LargestSum(weights, 0, 127), 10 * 255);
  EXPECT_EQ(LargestSum(weights, 0, -1), 10 * 128);
}

TEST(LargestSum, IsReachedBySomeActivations) {
  const std::vector<Code> weights = {{false, 3}, {true, 1}, {true, 0}};
  for (int zero_in = -128; zero_in < 0; ++zero_in) {
    // With zero_in below 0 the farthest activation is 127.
    EXPECT_LE(Dot(weights, {127, -128, -128}, zero_in), LargestSum(weights, 0, zero_in));
    const std::vector<Code> positive = {{false, 3}, {false, 1}};
    EXPECT_EQ(Dot(positive, {127, 127}, zero_in) + 5, LargestSum(positive, 5, zero_in));
  }
}

TEST(LargestSum, TakesTheMostNegativeBias) {
  EXPECT_EQ(LargestSum({}, std::numeric_limits<std::int32_t>::min(), 0), std::int64_t{1} << 31);
}

TEST(LargestAccumulator, IsTheLargestTwosComplementNumber) {
  EXPECT_EQ(LargestAccumulator(16), 32767);
  EXPECT_EQ(LargestAccumulator(32), 2147483647);
  EXPECT_THROW((void)LargestAccumulator(64), std::invalid_argument);
}

}  // namespace
}  // namespace denseshift::golden
