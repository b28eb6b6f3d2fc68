// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "golden/arithmetic/requantize.h"

#include <cstdint>
#include <limits>
#include <random>
#include <stdexcept>

#include <gtest/gtest.h>

namespace denseshift::golden {
namespace {

constexpr std::int64_t kLowestSum = std::numeric_limits<std::int32_t>::min();
constexpr std::int64_t kHighestSum = std::numeric_limits<std::int32_t>::max();

int Plain(std::int64_t v, int multiplier, int shift) {
  return Requantize(v, static_cast<std::uint16_t>(multiplier), shift, 0, -128, 127);
}

TEST(Requantize, RoundsHalfUp) {
  EXPECT_EQ(Plain(5, 1, 1), 3);    // 2.5
  EXPECT_EQ(Plain(-5, 1, 1), -2);  // -2.5
  EXPECT_EQ(Plain(1, 1, 1), 1);    // 0.5
  EXPECT_EQ(Plain(-1, 1, 1), 0);   // -0.5
  EXPECT_EQ(Plain(9, 1, 2), 2);    // 2.25
  EXPECT_EQ(Plain(11, 1, 2), 3);   // 2.75
  EXPECT_EQ(Plain(-9, 1, 2), -2);  // -2.25
  EXPECT_EQ(Plain(-11, 1, 2), -3);
  EXPECT_EQ(Plain(-10, 1, 2), -2);
}

TEST(Requantize, WithShiftZeroIsTheProduct) {
  EXPECT_EQ(Plain(7, 3, 0), 21);
  EXPECT_EQ(Plain(-7, 3, 0), -21);
}

TEST(Requantize, DeadChannelsGiveTheZeroPoint) {
  for (const std::int64_t v : {kLowestSum, std::int64_t{-1}, std::int64_t{0}, kHighestSum}) {
    for (int shift = 0; shift < 64; ++shift) {
      ASSERT_EQ(Requantize(v, 0, shift, -3, -128, 127), -3) << "shift " << shift;
    }
  }
}

TEST(Requantize, AddsTheZeroPointAfterRoundingAndClampsLast) {
  EXPECT_EQ(Requantize(5, 1, 1, 10, -128, 127), 13);
  EXPECT_EQ(Requantize(5, 1, 1, 10, -128, 12), 12);
  EXPECT_EQ(Requantize(-500, 1, 1, 10, -20, 12), -20);
  EXPECT_EQ(Requantize(-500, 1, 1, 127, -128, 127), -123);
  EXPECT_EQ(Requantize(1000, 1, 0, -128, -128, 127), 127);
  EXPECT_EQ(Requantize(200, 1, 0, -128, -128, 127), 72);
}

TEST(Requantize, TakesTheExtremeOperands) {
  EXPECT_EQ(Plain(kHighestSum, 65535, 0), 127);
  EXPECT_EQ(Plain(kLowestSum, 65535, 0), -128);
  // |v * 65535| is below 2^47: after 63 bits nothing is left of either sign.
  EXPECT_EQ(Plain(kHighestSum, 65535, 63), 0);
  EXPECT_EQ(Plain(kLowestSum, 65535, 63), 0);
  // 2^31 * 65535 / 2^41 = 63.999...: rounds to 64.
  EXPECT_EQ(Plain(kHighestSum, 65535, 41), 64);
  EXPECT_EQ(Plain(kLowestSum, 65535, 41), -64);
  EXPECT_EQ(Plain(kLowestSum, 32768, 40), -64);
  EXPECT_EQ(Plain(kHighestSum + 1, 32768, 40), 64);
}

// Euclidean division and a comparison of the remainder with one half.
std::int64_t RoundedQuotient(std::int64_t product, int shift) {
  const std::uint64_t divisor = std::uint64_t{1} << shift;
  const std::uint64_t remainder = static_cast<std::uint64_t>(product) % divisor;
  std::int64_t quotient = product;
  for (int i = 0; i < shift; ++i) {  // floor(floor(x / 2) / 2) = floor(x / 4)
    quotient = (quotient - (quotient % 2 != 0 && quotient < 0 ? 1 : 0)) / 2;
  }
  return quotient + (remainder >= divisor - remainder ? 1 : 0);
}

TEST(Requantize, EqualsDivisionWithRemainderForRandomOperands) {
  std::mt19937 rng(3);
  for (int trial = 0; trial < 100000; ++trial) {
    const std::int64_t v = static_cast<std::int32_t>(rng()) >> (rng() % 32);
    const auto multiplier = static_cast<std::uint16_t>(rng());
    const int shift = static_cast<int>(rng() % 64);
    const int zero_out = static_cast<std::int8_t>(rng());
    const std::int64_t expected =
        Clamp((shift == 0 ? v * multiplier : RoundedQuotient(v * multiplier, shift)) + zero_out,
              -100,
              90);
    ASSERT_EQ(Requantize(v, multiplier, shift, zero_out, -100, 90), expected)
        << v << " * " << multiplier << " >> " << shift;
  }
}

TEST(Requantize, RefusesOperandsOutsideTheirRange) {
  EXPECT_THROW((void)Plain(0, 1, 64), std::invalid_argument);
  EXPECT_THROW((void)Plain(0, 1, -1), std::invalid_argument);
  EXPECT_THROW((void)Plain(std::int64_t{1} << 32, 1, 0), std::invalid_argument);
  EXPECT_THROW((void)Plain(-(std::int64_t{1} << 32), 1, 0), std::invalid_argument);
}

TEST(Clamp, AppliesTheUpperBoundLast) {
  EXPECT_EQ(Clamp(5, -10, 10), 5);
  EXPECT_EQ(Clamp(-11, -10, 10), -10);
  EXPECT_EQ(Clamp(11, -10, 10), 10);
  EXPECT_EQ(Clamp(0, 20, 10), 10);
}

}  // namespace
}  // namespace denseshift::golden
