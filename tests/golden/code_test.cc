// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "golden/arithmetic/code.h"

#include <stdexcept>
#include <vector>

#include <gtest/gtest.h>

namespace denseshift::golden {
namespace {

std::vector<int> AllValues(int n) {
  std::vector<int> values;
  for (unsigned code = 0; code < (1U << n); ++code) {
    values.push_back(DecodeCode(code, n).Value());
  }
  return values;
}

TEST(Code, ValuesOfEveryCodeAreThoseOfTheTable) {
  EXPECT_EQ(AllValues(2), (std::vector<int>{1, 2, -1, -2}));
  EXPECT_EQ(AllValues(3), (std::vector<int>{1, 2, 4, 8, -1, -2, -4, -8}));
  EXPECT_EQ(AllValues(4),
            (std::vector<int>{1, 2, 4, 8, 16, 32, 64, 128, -1, -2, -4, -8, -16, -32, -64, -128}));
}

TEST(Code, EncodeIsTheInverseOfDecode) {
  for (int n = 2; n <= 4; ++n) {
    for (unsigned code = 0; code < (1U << n); ++code) {
      EXPECT_EQ(EncodeCode(DecodeCode(code, n), n), code) << "width " << n;
    }
  }
}

TEST(Code, RefusesWidthsAndValuesOutsideTheTable) {
  EXPECT_THROW((void)DecodeCode(0, 1), std::invalid_argument);
  EXPECT_THROW((void)DecodeCode(0, 5), std::invalid_argument);
  EXPECT_THROW((void)DecodeCode(4, 2), std::invalid_argument);
  EXPECT_THROW((void)DecodeCode(16, 4), std::invalid_argument);
  EXPECT_THROW((void)EncodeCode({false, 2}, 2), std::invalid_argument);
  EXPECT_THROW((void)EncodeCode({false, -1}, 4), std::invalid_argument);
}

}  // namespace
}  // namespace denseshift::golden
