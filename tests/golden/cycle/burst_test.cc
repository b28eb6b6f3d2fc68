// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "golden/cycle/burst.h"

#include <gtest/gtest.h>

#include "tests/golden/cycle/commands.h"

namespace denseshift::golden::cycle {
namespace {

TEST(CycleBurst, EndsAtTheBoundaryAndAfterThirtyTwoBeats) {
  EXPECT_EQ(NextBurst(0, 100, 8).beats, 32U);
  EXPECT_EQ(NextBurst(0, 5, 8).beats, 5U);
  EXPECT_EQ(NextBurst(0xFF0, 100, 8).beats, 2U);
  EXPECT_EQ(NextBurst(0xFE0, 100, 32).beats, 1U);
}

TEST(CycleBurst, RowsStartAtTheirOwnAddress) {
  RowBursts rows;
  rows.Start(testing::LoadRows(0x1000, 2, 40, 0), 2, 40);
  const std::uint32_t expected[4][2] = {{0x1000, 32}, {0x1100, 8}, {0x1100, 32}, {0x1200, 8}};
  for (const auto& [address, beats] : expected) {
    ASSERT_FALSE(rows.AreDone());
    const Burst burst = rows.Next(8);
    EXPECT_EQ(burst.address, address);
    EXPECT_EQ(burst.beats, beats);
  }
  EXPECT_TRUE(rows.AreDone());
}

TEST(CycleAddressChannel, HoldsABurstUntilItIsAccepted) {
  AddressChannel channel;
  EXPECT_TRUE(channel.IsFree(false));
  channel.Send({0x40, 3});
  EXPECT_TRUE(channel.valid());
  EXPECT_EQ(channel.len(), 2);
  EXPECT_FALSE(channel.IsFree(false));
  EXPECT_TRUE(channel.IsFree(true));
}

}  // namespace
}  // namespace denseshift::golden::cycle
