// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "driver/network/fixed_point.h"

#include <cmath>
#include <limits>
#include <random>
#include <stdexcept>

#include <gtest/gtest.h>

namespace denseshift::driver {
namespace {

void ExpectFixedPoint(const FixedPoint& actual, int multiplier, int shift) {
  EXPECT_EQ(actual.multiplier, multiplier);
  EXPECT_EQ(actual.shift, shift);
}

TEST(ToFixedPoint, PowersOfTwoAreExact) {
  ExpectFixedPoint(ToFixedPoint(1.0), 32768, 15);
  ExpectFixedPoint(ToFixedPoint(0.25), 32768, 17);
  ExpectFixedPoint(ToFixedPoint(32768.0), 32768, 0);
}

TEST(ToFixedPoint, RoundsToNearestWithTiesAway) {
  ExpectFixedPoint(ToFixedPoint(40000.5 / 65536.0), 40001, 16);
  ExpectFixedPoint(ToFixedPoint(40000.4999 / 65536.0), 40000, 16);
}

TEST(ToFixedPoint, MultiplierThatRoundsTo65536IsHalved) {
  ExpectFixedPoint(ToFixedPoint(65535.9 / 65536.0), 32768, 15);
}

TEST(ToFixedPoint, SmallestScalesBecomeZero) {
  ExpectFixedPoint(ToFixedPoint(0x1p-48), 32768, 63);
  ExpectFixedPoint(ToFixedPoint(std::nextafter(0x1p-48, 0.0)), 0, 0);
  ExpectFixedPoint(ToFixedPoint(0.0), 0, 0);
}

TEST(ToFixedPoint, RefusesWhatDoesNotFit) {
  ExpectFixedPoint(ToFixedPoint(65535.0), 65535, 0);
  EXPECT_THROW((void)ToFixedPoint(65535.5), std::invalid_argument);
  EXPECT_THROW((void)ToFixedPoint(65536.0), std::invalid_argument);
  EXPECT_THROW((void)ToFixedPoint(-1.0), std::invalid_argument);
  EXPECT_THROW((void)ToFixedPoint(std::numeric_limits<double>::infinity()), std::invalid_argument);
  EXPECT_THROW((void)ToFixedPoint(std::nan("")), std::invalid_argument);
}

TEST(ToFixedPoint, RelativeErrorIsAtMostTwoToMinus16) {
  std::mt19937_64 rng(1);
  std::uniform_real_distribution<double> exponent(-48.0, 15.9);
  for (int i = 0; i < 100000; ++i) {
    const double factor = std::exp2(exponent(rng));
    const FixedPoint fixed = ToFixedPoint(factor);
    ASSERT_GE(fixed.multiplier, 32768) << factor;
    ASSERT_LE(fixed.shift, 63) << factor;
    ASSERT_LE(std::fabs(std::ldexp(fixed.multiplier, -fixed.shift) / factor - 1.0), 0x1p-16)
        << factor;
  }
}

TEST(ToSharedFixedPoint, LargerScaleChoosesTheShift) {
  const auto scales = ToSharedFixedPoint(0.5, 0.75);
  ExpectFixedPoint(scales[0], 32768, 16);
  ExpectFixedPoint(scales[1], 49152, 16);
  const auto apart = ToSharedFixedPoint(1.0, 3.0 / 32768.0);
  ExpectFixedPoint(apart[0], 32768, 15);
  ExpectFixedPoint(apart[1], 3, 15);
}

TEST(ToSharedFixedPoint, TooSmallAScaleVanishes) {
  const auto scales = ToSharedFixedPoint(0x1p-20, 1.0);
  ExpectFixedPoint(scales[0], 0, 15);
  ExpectFixedPoint(scales[1], 32768, 15);
}

TEST(ToSharedFixedPoint, EqualScalesThatRoundUpStayEqual) {
  const auto scales = ToSharedFixedPoint(65535.9 / 65536.0, 65535.8 / 65536.0);
  ExpectFixedPoint(scales[0], 32768, 15);
  ExpectFixedPoint(scales[1], 32768, 15);
}

}  // namespace
}  // namespace denseshift::driver
