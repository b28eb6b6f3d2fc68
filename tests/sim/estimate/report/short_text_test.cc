// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/estimate/report/short_text.h"

#include <limits>

#include <gtest/gtest.h>

#include "sim/text_table.h"

namespace denseshift::sim {
namespace {

TEST(ShortText, CountsHaveFourDigits) {
  EXPECT_EQ(ShortCount(0), "0");
  EXPECT_EQ(ShortCount(9999), "9999");
  EXPECT_EQ(ShortCount(10000), "10.00k");
  EXPECT_EQ(ShortCount(12345), "12.35k");
  EXPECT_EQ(ShortCount(99994), "99.99k");
  EXPECT_EQ(ShortCount(99995), "100.0k");
  EXPECT_EQ(ShortCount(999949), "999.9k");
  EXPECT_EQ(ShortCount(999950), "1.000M");
  EXPECT_EQ(ShortCount(1814073344), "1.814G");
  EXPECT_EQ(ShortCount(std::numeric_limits<std::uint64_t>::max()), "18.45E");
}

TEST(ShortText, NamesKeepTheirEnds) {
  EXPECT_EQ(ShortName("conv_1", 6), "conv_1");
  EXPECT_EQ(ShortName("features_conv_17", 12), "featu..nv_17");
  EXPECT_EQ(ShortName("abcdef", 3), "..f");
}

TEST(ShortText, NamesAreCutBetweenCharacters) {
  EXPECT_EQ(CharacterCount("\xC3\xA4\xF0\x9F\xA6\x8Ax"), 3U);
  EXPECT_EQ(ShortName("\xC3\xA4\xC3\xB6\xC3\xBC\xC3\x9F\xC3\xA4\xC3\xB6", 4), "\xC3\xA4..\xC3\xB6");
  EXPECT_EQ(ShortName("\xC3\xA4\xC3\xB6", 4), "\xC3\xA4\xC3\xB6");
}

TEST(ShortText, ControlCharactersDoNotReachTheTerminal) {
  EXPECT_EQ(ShortName("a\nb\x1B[31m\x7F", 20), "a?b?[31m?");
}

}  // namespace
}  // namespace denseshift::sim
