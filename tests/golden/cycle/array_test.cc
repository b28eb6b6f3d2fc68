// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "golden/cycle/array.h"

#include <random>
#include <vector>

#include <gtest/gtest.h>

#include "golden/arithmetic/offset_binary.h"
#include "golden/cycle/accumulators.h"
#include "golden/cycle/array_sum.h"
#include "tests/golden/cycle/commands.h"

namespace denseshift::golden::cycle {
namespace {

TEST(CycleArraySum, IsTheSumOfTermsForEveryShape) {
  std::mt19937 random(1);
  for (const std::uint32_t lanes : {4U, 8U, 16U, 32U, 64U}) {
    for (const std::uint32_t columns : {4U, 8U, 16U, 32U, 64U}) {
      const std::size_t places = std::size_t{lanes} * columns;
      std::vector<std::uint32_t> u(lanes);
      std::vector<std::uint32_t> flip(places);
      std::vector<std::uint32_t> shift(places);
      std::vector<std::uint32_t> expected(columns);
      std::vector<std::uint32_t> sum(columns);
      for (std::uint32_t lane = 0; lane < lanes; ++lane) {
        u[lane] = random() % 256;
        for (std::uint32_t column = 0; column < columns; ++column) {
          const Code code{random() % 2 == 1, static_cast<int>(random() % 8)};
          flip[lane * columns + column] = code.negative ? 255 : 0;
          shift[lane * columns + column] = static_cast<std::uint32_t>(code.exponent);
          expected[column] += Term(code, u[lane]);
        }
      }
      FindSum(columns)({u.data(), flip.data(), shift.data(), lanes, sum.data()});
      EXPECT_EQ(sum, expected) << lanes << "x" << columns;
    }
  }
}

class CycleArray : public ::testing::Test {
 protected:
  // Word `word` of group 0 with eight times the same byte.
  void Fill(std::uint32_t word, std::uint8_t value) {
    const std::vector<std::uint8_t> bytes(kMaxBusBytes, value);
    buffers_.activation[0].Write(word, bytes.data());
  }

  Parameters parameters_ = testing::SmallParameters();
  LoadTargets buffers_{parameters_};
  ActivationBuffer buffer_{parameters_, buffers_};
  Array array_{parameters_};
};

// Read in cycle 0, step in 1, u in 2, sum in 3; swapped weights count with the step they come with.
TEST_F(CycleArray, AStepTakesItsCycles) {
  Fill(0, 1);
  for (std::uint32_t pair = 0; pair < 8; ++pair)
    array_.shadow()[pair] = 0x11;  // weights 2
  buffer_.Start({false, false, 0, 0});
  buffer_.SetLanes(4, 0);
  array_.Step(true, true, buffer_);
  array_.shadow()[0] = 0x19;
  EXPECT_EQ(array_.sum()[0], 0U);
  array_.Step(false, false, buffer_);
  EXPECT_EQ(array_.sum()[0], 4U * 129 * 2);
  array_.Step(false, false, buffer_);
  EXPECT_EQ(array_.sum()[0], 4U * 129 * 2);
}

TEST_F(CycleArray, LanesTakeBytesOfBothParts) {
  Fill(0, 1);
  const std::vector<std::uint8_t> other(kMaxBusBytes, 2);
  buffers_.activation[1].Write(0, other.data());
  buffer_.Start({false, true, 6, 6});
  buffer_.SetLanes(2, 1);
  std::uint32_t u[16] = {};
  buffer_.FillU(u);
  EXPECT_EQ(u[0], 129U);
  EXPECT_EQ(u[1], 129U);
  EXPECT_EQ(u[3], 0U);
  EXPECT_EQ(buffer_.x()[0], 1);
}

TEST_F(CycleArray, ReadsGoOnAtTheStartOfTheGroup) {
  Fill(0, 5);
  Fill(63, 6);
  buffer_.Start({false, false, 510, 0});
  EXPECT_EQ(buffer_.x()[1], 6);
  EXPECT_EQ(buffer_.x()[2], 5);
}

// Sums of steps in successive cycles at one position add up: what was just written is used.
TEST(CycleAccumulators, ASumIsThereForTheNextStep) {
  Parameters p = testing::SmallParameters();
  p.acc_bits = 16;
  const LoadTargets buffers(p);
  ActivationBuffer buffer(p, buffers);
  Array array(p);
  Accumulators accumulators(p);
  for (std::uint32_t pair = 0; pair < 8; ++pair)
    array.shadow()[pair] = 0x77;
  buffer.Start({false, false, 0, 0});
  buffer.SetLanes(4, 0);
  FeederStage stage;
  stage.step = stage.swap = stage.first = true;
  constexpr int kSteps = 5;
  for (int cycle = 0; cycle < kSteps + 4; ++cycle) {
    if (cycle == kSteps)
      stage = {};
    stage.sum_done = cycle == kSteps - 1;
    accumulators.Step(stage, array);
    array.Step(stage.swap, stage.step, buffer);
    stage.swap = stage.first = false;
    EXPECT_EQ(accumulators.IsSumDone(), cycle == kSteps) << cycle;
  }
  accumulators.Read(false, 0);
  EXPECT_EQ(accumulators.read()[3], (kSteps * 4U * 128 * 128) & 0xFFFFU);
}

}  // namespace
}  // namespace denseshift::golden::cycle
