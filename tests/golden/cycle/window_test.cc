// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "golden/cycle/window.h"

#include <gtest/gtest.h>

#include "golden/cycle/handoff.h"
#include "golden/cycle/position.h"

namespace denseshift::golden::cycle {
namespace {

ComputeFields Fields(std::uint32_t run_len, std::uint32_t runs_x, std::uint32_t runs_y) {
  ComputeFields f;
  f.run_len = run_len;
  f.runs_x = runs_x;
  f.runs_y = runs_y;
  f.x0 = 3;
  f.pitch = 10;
  f.run_step = 50;
  return f;
}

struct Place {
  std::uint32_t slot, byte, length_a, length_b;
  bool is_last;
};

void ExpectSteps(const ComputeFields& fields, const std::vector<Place>& expected) {
  Window window(4);
  window.Start(fields);
  for (std::size_t i = 0; i < expected.size(); ++i) {
    SCOPED_TRACE(i);
    EXPECT_EQ(window.IsFirst(), i == 0);
    EXPECT_EQ(window.slot(), expected[i].slot);
    EXPECT_EQ(window.byte(), expected[i].byte);
    EXPECT_EQ(window.length_a(), expected[i].length_a);
    EXPECT_EQ(window.length_b(), expected[i].length_b);
    EXPECT_EQ(window.IsLast(), expected[i].is_last);
    if (i + 1 < expected.size())
      window.Move(fields);
  }
}

TEST(CycleWindow, ARunIsCutIntoSteps) {
  ExpectSteps(Fields(9, 1, 1), {{0, 3, 4, 0, false}, {0, 7, 4, 0, false}, {0, 11, 1, 0, true}});
}

TEST(CycleWindow, RunsOfARowThenTheNextRow) {
  ComputeFields f = Fields(4, 2, 2);
  f.kernel_row_step = 20;
  ExpectSteps(
      f, {{0, 3, 4, 0, false}, {0, 53, 4, 0, false}, {20, 3, 4, 0, false}, {20, 53, 4, 0, true}});
}

TEST(CycleWindow, ADualStepGoesOnInTheNextRow) {
  ComputeFields f = Fields(6, 1, 3);
  f.dual = f.kernel_row_odd = true;
  // Rows at words 0, 0 (other group), 10: 4, 2 + 2, 4, then 4 and 2.
  ExpectSteps(f,
              {{0, 3, 4, 0, false},
               {0, 7, 2, 2, false},
               {0, 5, 4, 0, false},
               {10, 3, 4, 0, false},
               {10, 7, 2, 0, true}});
}

TEST(CycleWindow, ADualStepTakesAWholeRunAtMost) {
  ComputeFields f = Fields(1, 1, 3);
  f.dual = f.kernel_row_odd = true;
  ExpectSteps(f, {{0, 3, 1, 1, false}, {10, 3, 1, 0, true}});
}

TEST(CycleWindow, ATapIsARun) {
  ExpectSteps(Fields(1, 2, 1), {{0, 3, 1, 0, false}, {0, 53, 1, 0, true}});
}

TEST(CyclePosition, WalksRowByRow) {
  Position position;
  position.Start({false, 0, 2, 5, 7, 30, true});
  const std::uint32_t expected[6][3] = {
      {0, 0, 0}, {0, 5, 0}, {7, 0, 1}, {7, 5, 1}, {44, 0, 0}, {44, 5, 0}};
  for (const auto& [slot, byte, par] : expected) {
    EXPECT_EQ(position.slot(), slot);
    EXPECT_EQ(position.byte(), byte);
    EXPECT_EQ(position.par(), par == 1);
    position.Move();
  }
}

TEST(CyclePosition, RewindsToTheStripe) {
  Position position;
  position.Start({true, 100, 10, 5, 7, 0, false});
  position.Move();
  position.Rewind();
  EXPECT_EQ(position.byte(), 0U);
  EXPECT_EQ(position.slot(), 100U);
  EXPECT_TRUE(position.par());
  position.Move();
  position.MoveStripe();
  EXPECT_EQ(position.byte(), 10U);
  position.Move();
  position.Rewind();
  EXPECT_EQ(position.byte(), 10U);
}

TEST(CycleHandoff, AClaimWinsOverARelease) {
  Handoff handoff;
  Handoff::Inputs in;
  in.claims = in.releases = true;
  handoff.Step(in);
  EXPECT_TRUE(handoff.IsBusy(false));
  EXPECT_FALSE(handoff.IsBusy(true));
  in.claims = false;
  handoff.Step(in);
  EXPECT_FALSE(handoff.IsBusy(false));
}

TEST(CycleHandoff, CountsCommandsModuloEight) {
  Handoff handoff;
  Handoff::Inputs feeder;
  feeder.feeder_ends = true;
  handoff.Step(feeder);
  EXPECT_FALSE(handoff.CountsAreEqual());
  Handoff::Inputs post;
  post.post_ends = true;
  handoff.Step(post);
  EXPECT_TRUE(handoff.CountsAreEqual());
  for (int i = 0; i < 8; ++i)
    handoff.Step(feeder);
  EXPECT_TRUE(handoff.CountsAreEqual());
}

}  // namespace
}  // namespace denseshift::golden::cycle
