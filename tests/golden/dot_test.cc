// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "golden/arithmetic/dot.h"

#include <stdexcept>
#include <vector>

#include <gtest/gtest.h>

namespace denseshift::golden {
namespace {

TEST(Product, IsTheShiftedActivationForEveryCodeAndActivation) {
  for (unsigned code = 0; code < 16; ++code) {
    for (int x = -128; x <= 127; ++x) {
      int expected = x;
      for (unsigned doubling = 0; doubling < (code & 7U); ++doubling) {
        expected += expected;
      }
      if (code >= 8) {
        expected = -expected;
      }
      ASSERT_EQ(Product(DecodeCode(code, 4), x), expected) << "code " << code << " x " << x;
    }
  }
}

TEST(Dot, AddsWeightedDifferencesToTheZeroPoint) {
  const std::vector<Code> weights = {{false, 0}, {true, 2}, {false, 7}};
  // 1 * (5 - 3) - 4 * (-1 - 3) + 128 * (4 - 3)
  EXPECT_EQ(Dot(weights, {5, -1, 4}, 3), 2 + 16 + 128);
}

TEST(Dot, OfZeroPointsIsZero) {
  EXPECT_EQ(Dot({{false, 7}, {true, 3}}, {-128, -128}, -128), 0);
}

TEST(Dot, RefusesLengthsThatDiffer) {
  EXPECT_THROW((void)Dot({{false, 0}}, {1, 2}, 0), std::invalid_argument);
}

}  // namespace
}  // namespace denseshift::golden
