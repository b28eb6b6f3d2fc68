// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "golden/cycle/tokens.h"

#include <gtest/gtest.h>

#include "golden/cycle/issue.h"
#include "tests/golden/cycle/commands.h"

namespace denseshift::golden::cycle {
namespace {

Command Waiting(std::uint32_t a, std::uint32_t b) {
  Command command;
  command.words[0] = a << 16U | b << 20U;
  return command;
}

TEST(CycleTokens, AGivenTokenIsThereFromTheNextCycleOn) {
  Tokens tokens;
  tokens.Give(kLoadToCompute);
  EXPECT_FALSE(tokens.AreThere(Waiting(1, 0), kLoadToCompute, kStoreToCompute));
  tokens.Step();
  EXPECT_TRUE(tokens.AreThere(Waiting(1, 0), kLoadToCompute, kStoreToCompute));
  EXPECT_FALSE(tokens.AreThere(Waiting(1, 1), kLoadToCompute, kStoreToCompute));
}

TEST(CycleTokens, GiveAndTakeInOneCycle) {
  Tokens tokens;
  tokens.Give(kStoreToLoad);
  tokens.Step();
  tokens.Give(kStoreToLoad);
  tokens.Take(Waiting(0, 1), kComputeToLoad, kStoreToLoad);
  tokens.Step();
  EXPECT_TRUE(tokens.AreThere(Waiting(0, 1), kComputeToLoad, kStoreToLoad));
  EXPECT_FALSE(tokens.AreThere(Waiting(0, 2), kComputeToLoad, kStoreToLoad));
}

TEST(CycleTokens, TheTwoHundredFiftySixthOverflows) {
  Tokens tokens;
  for (int i = 0; i < 255; ++i) {
    tokens.Give(kComputeToStore);
    EXPECT_FALSE(tokens.Overflows(kComputeToStore));
    tokens.Step();
  }
  tokens.Give(kComputeToStore);
  EXPECT_TRUE(tokens.Overflows(kComputeToStore));
  tokens.Take(Waiting(1, 0), kComputeToStore);  // makes room in the same cycle
  EXPECT_FALSE(tokens.Overflows(kComputeToStore));
}

TEST(CycleIssue, TakesWithTokensAndRoomOnly) {
  Tokens tokens;
  Issue issue;
  EXPECT_FALSE(issue.Takes(false, tokens));
  Command command = testing::OneStepConv(1);
  command.words[0] |= 1U << 16U;
  issue.queue().Push(command);
  EXPECT_FALSE(issue.Takes(false, tokens));
  tokens.Give(kLoadToCompute);
  tokens.Step();
  EXPECT_FALSE(issue.Takes(true, tokens));
  EXPECT_TRUE(issue.Takes(false, tokens));
  tokens.Step();
  EXPECT_FALSE(issue.Takes(false, tokens));
}

}  // namespace
}  // namespace denseshift::golden::cycle
