// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "golden/cycle/feeder.h"

#include <gtest/gtest.h>

#include "tests/golden/cycle/commands.h"

namespace denseshift::golden::cycle {
namespace {

class CycleFeeder : public ::testing::Test {
 protected:
  const Feeder::Values& Step() {
    errors_.Begin();
    return feeder_.Step(in_, handoff_, errors_);
  }

  Parameters parameters_ = testing::SmallParameters();
  LoadTargets buffers_{parameters_};
  ActivationBuffer buffer_{parameters_, buffers_};
  Feeder feeder_{parameters_, buffer_};
  Feeder::Inputs in_;
  Handoff handoff_;
  Errors errors_;
};

TEST_F(CycleFeeder, AConvolutionIssuesItsPositions) {
  Command command = testing::OneStepConv(3);
  command.words[0] |= 1U << 24U;
  in_.compute_queue_empty = true;
  EXPECT_EQ(Step().activity, kIdle);
  feeder_.queue().Push(command);
  EXPECT_EQ(Step().activity, kWaitsForOutput);  // starts
  EXPECT_EQ(Step().activity, kWaitsForInput);   // no tile
  in_.tile_is_ready = true;
  const Feeder::Values& first = Step();
  EXPECT_TRUE(first.takes_tile);
  EXPECT_TRUE(first.claims_bank);
  EXPECT_TRUE(feeder_.stage().swap);
  EXPECT_TRUE(feeder_.stage().first);
  EXPECT_FALSE(feeder_.stage().sum_done);
  in_.tile_is_ready = false;  // looked at in the tile's first step only
  EXPECT_FALSE(Step().takes_tile);
  EXPECT_TRUE(feeder_.stage().step);
  EXPECT_EQ(feeder_.stage().position1, 1);
  const Feeder::Values& last = Step();
  EXPECT_TRUE(last.ends);
  EXPECT_TRUE(last.gives);
  EXPECT_TRUE(feeder_.stage().sum_done);
  EXPECT_EQ(Step().activity, kIdle);
  EXPECT_FALSE(feeder_.stage().step);
}

TEST_F(CycleFeeder, ABusyBankBlocksASumThatStarts) {
  feeder_.queue().Push(testing::OneStepConv(1));
  in_.tile_is_ready = true;
  Step();
  Handoff::Inputs claim;
  claim.claims = true;
  handoff_.Step(claim);
  EXPECT_EQ(Step().activity, kWaitsForOutput);
  Handoff::Inputs release;
  release.releases = true;
  handoff_.Step(release);
  EXPECT_EQ(Step().activity, kBusy);
}

TEST_F(CycleFeeder, AVectorWaitsForPostAndIssuesTaps) {
  feeder_.queue().Push(testing::MaximumOf(2));
  EXPECT_EQ(Step().activity, kWaitsForOutput);
  EXPECT_EQ(Step().activity, kWaitsForOutput);
  in_.post_caught_up = true;
  EXPECT_FALSE(Step().issues);
  EXPECT_TRUE(Step().issues);
  EXPECT_TRUE(feeder_.stage().tap);
  EXPECT_TRUE(feeder_.stage().tap_first);
  EXPECT_FALSE(feeder_.stage().tap_last);
  EXPECT_TRUE(Step().ends);
  EXPECT_TRUE(feeder_.stage().tap_last);
}

TEST_F(CycleFeeder, AccessesOutsideTheGroupNameTheFirstByte) {
  Command command = testing::OneStepConv(1);
  command.words[3] = 510;  // its last byte is 513
  command.index = 6;
  feeder_.queue().Push(command);
  in_.tile_is_ready = true;
  Step();
  Step();
  EXPECT_EQ(errors_.error().code, kBufferBounds);
  EXPECT_EQ(errors_.error().unit, kFeederUnit);
  EXPECT_EQ(errors_.error().address, 510U);
  EXPECT_EQ(errors_.error().index, 6U);
}

}  // namespace
}  // namespace denseshift::golden::cycle
