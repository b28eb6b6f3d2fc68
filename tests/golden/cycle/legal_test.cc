// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "golden/cycle/legal.h"

#include <gtest/gtest.h>

#include "tests/golden/cycle/commands.h"

namespace denseshift::golden::cycle {
namespace {

using testing::SmallParameters;

// A change of one word of a command.
struct Change {
  std::size_t word;
  std::uint32_t flip;
};

void ExpectIllegal(const Command& good, const std::vector<Change>& changes) {
  EXPECT_TRUE(IsLegal(good, SmallParameters()));
  for (const auto& [word, flip] : changes) {
    Command bad = good;
    bad.words[word] ^= flip;
    EXPECT_FALSE(IsLegal(bad, SmallParameters())) << "word " << word << " flip " << flip;
  }
}

TEST(CycleLegal, OpcodesAndVersion) {
  ExpectIllegal(testing::OneStepConv(3), {{0, 0x100}, {0, 2}, {0, 0x80}});
}

TEST(CycleLegal, Loads) {
  const Command load = testing::LoadRows(0x40, 1, 2, 0);
  ExpectIllegal(load, {{0, 1U << 25U}, {2, 4}, {3, 4}, {4, 1}, {4, 2U << 16U}, {5, 3}});
  ExpectIllegal(load, {{5, 8U << 16U}, {5, 1U << 16U}});
  Command weights = load;
  weights.words[5] |= 1;
  ExpectIllegal(weights, {{4, 3}, {5, 4}, {6, 1}, {6, 1U << 16U}, {7, 1}, {7, 1U << 16U}});
}

TEST(CycleLegal, Convolutions) {
  const Command conv = testing::OneStepConv(3);
  ExpectIllegal(conv, {{5, 4}, {6, 1}, {6, 0x100}, {7, 3}, {7, 1U << 16U}, {8, 3}, {8, 16}});
  ExpectIllegal(conv, {{8, 1U << 16U}, {9, 3}, {9, 4}, {9, 1U << 16U}, {10, 4}, {10, 1}});
  ExpectIllegal(
      conv, {{10, 4U << 8U}, {10, 1U << 8U}, {10, 1U << 11U}, {10, 1U << 16U}, {11, 8U << 16U}});
  Command open = conv;
  open.words[10] ^= 1U << 12U;
  ExpectIllegal(open, {{8, 3U << 16U}, {9, 3U << 16U}});
}

TEST(CycleLegal, Vectors) {
  ExpectIllegal(
      testing::MaximumOf(3),
      {{6, 3}, {6, 0x100}, {7, 1}, {9, 1U << 16U}, {10, 4}, {10, 1}, {10, 0x300}, {10, 0x200}});
}

TEST(CycleLegal, Stores) {
  ExpectIllegal(testing::StoreRows(0x40, 1, 2),
                {{0, 1U << 20U}, {2, 1}, {3, 2}, {4, 1}, {4, 2U << 16U}, {5, 8}, {5, 8U << 16U}});
  const Command stamp = testing::MakeCommand(kStamp);
  ExpectIllegal(stamp, {{0, 1U << 20U}, {2, 4}});
}

}  // namespace
}  // namespace denseshift::golden::cycle
