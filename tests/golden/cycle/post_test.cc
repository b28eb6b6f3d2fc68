// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "golden/cycle/post.h"

#include <cstring>
#include <vector>

#include <gtest/gtest.h>

#include "golden/arithmetic/requantize.h"
#include "golden/cycle/post_stages.h"
#include "tests/golden/cycle/commands.h"

namespace denseshift::golden::cycle {
namespace {

class CyclePost : public ::testing::Test {
 protected:
  // Entry 0: bias 10 times the column, multiplier 3, shift 2.
  CyclePost() {
    for (std::uint32_t column = 0; column < 4; ++column) {
      const std::uint32_t set[2] = {10 * column, 3U | 2U << 16U};
      std::uint8_t bytes[kMaxBusBytes] = {};
      std::memcpy(bytes, set, sizeof(set));
      contents_.Write(column, bytes);
    }
  }

  // A cycle, with what the banks show.
  const Post::Values& Step(bool sum_done = false) {
    errors_.Begin();
    const Post::Values& values = post_.Step(feeder_, sum_done, parameter_buffer_, errors_);
    gives_ = stages_.Step(
        values.entering, feeder_, {sums_, parameter_buffer_.read(), x_}, output_, errors_);
    if (values.reads_entry)
      parameter_buffer_.Read(values.entry);
    return values;
  }

  std::uint8_t Output(std::uint32_t address) {
    output_.Read(address / 8);
    return output_.read()[address % 8];
  }

  Parameters parameters_ = testing::SmallParameters();
  WordBuffer contents_{parameters_.ParamWords(), parameters_.bus_bytes};
  ParameterBuffer parameter_buffer_{parameters_, contents_};
  OutputBuffer output_{parameters_};
  Post post_{parameters_};
  PostStages stages_{parameters_};
  FeederStage feeder_;
  Errors errors_;
  std::uint32_t sums_[4] = {100, 200, 0xFFFFFF00, 7};
  std::uint8_t x_[4] = {1, 0xFF, 3, 4};
  bool gives_ = false;
};

// Drained in cycle 0, written in cycle 4 with arithmetic.md section 3.
TEST_F(CyclePost, AConvolutionIsDrainedAndWritten) {
  Command command = testing::OneStepConv(2);
  command.words[0] |= 1U << 25U;
  post_.queue().Push(command);
  EXPECT_EQ(Step().activity, kWaitsForInput);
  EXPECT_EQ(Step(true).activity, kWaitsForInput);
  const Post::Values& first = Step();
  EXPECT_TRUE(first.drains);
  EXPECT_TRUE(first.reads_entry);
  EXPECT_FALSE(first.releases);
  const Post::Values& second = Step();
  EXPECT_TRUE(second.drains);
  EXPECT_EQ(second.position, 1U);
  EXPECT_FALSE(second.reads_entry);
  EXPECT_TRUE(second.releases);
  EXPECT_TRUE(second.ends);
  for (int cycle = 0; cycle < 4; ++cycle) {
    EXPECT_FALSE(stages_.IsEmpty());
    EXPECT_FALSE(gives_);
    Step();
  }
  EXPECT_TRUE(gives_);
  EXPECT_TRUE(stages_.IsEmpty());
  const std::int64_t v[4] = {100, 210, -256 + 20, 37};
  for (std::uint32_t column = 0; column < 4; ++column) {
    const auto expected = static_cast<std::uint8_t>(Requantize(v[column], 3, 2, 0, -128, 127));
    EXPECT_EQ(Output(column), expected);
    EXPECT_EQ(Output(4 + column), expected);
  }
}

TEST_F(CyclePost, EveryShiftRoundsHalfUp) {
  for (std::uint32_t shift = 0; shift < 64; ++shift) {
    const std::uint32_t set[2] = {0, 65535U | shift << 16U};
    std::uint8_t bytes[kMaxBusBytes] = {};
    std::memcpy(bytes, set, sizeof(set));
    for (std::uint32_t column = 0; column < 4; ++column)
      contents_.Write(column, bytes);
    post_.queue().Push(testing::OneStepConv(1));
    Step();
    Step(true);
    for (int cycle = 0; cycle < 5; ++cycle)
      Step();
    const auto v = static_cast<std::int32_t>(sums_[2]);
    EXPECT_EQ(
        Output(2),
        static_cast<std::uint8_t>(Requantize(v, 65535, static_cast<int>(shift), 0, -128, 127)))
        << "shift " << shift;
  }
}

TEST_F(CyclePost, ASumThatGoesOnIsSkipped) {
  Command command = testing::OneStepConv(2);
  command.words[10] ^= 1U << 13U;
  post_.queue().Push(command);
  Step();
  Step(true);
  const Post::Values& values = Step();
  EXPECT_TRUE(values.ends);
  EXPECT_TRUE(values.is_active);
  EXPECT_FALSE(values.entering.valid);
  EXPECT_EQ(values.activity, kWaitsForInput);
}

TEST_F(CyclePost, AMaximumOverTwoTaps) {
  post_.queue().Push(testing::MaximumOf(2));
  Step();
  feeder_.tap = feeder_.tap_first = true;
  EXPECT_FALSE(Step().entering.valid);
  x_[0] = 9;
  x_[2] = 0x80;
  feeder_.tap_first = false;
  feeder_.tap_last = true;
  EXPECT_TRUE(Step().ends);
  feeder_ = {};
  for (int cycle = 0; cycle < 4; ++cycle)
    Step();
  EXPECT_EQ(Output(0), static_cast<std::uint8_t>(Requantize(9, 3, 2, 0, -128, 127)));
  EXPECT_EQ(Output(2), static_cast<std::uint8_t>(Requantize(3 + 20, 3, 2, 0, -128, 127)));
}

TEST_F(CyclePost, ErrorsNameEntryAndByte) {
  Command command = testing::OneStepConv(1);
  command.words[12] = 510;
  command.words[14] |= 4;  // of 4 entries
  command.index = 8;
  post_.queue().Push(command);
  Step();
  Step(true);
  Step();
  EXPECT_EQ(errors_.error().code, kBufferBounds);
  EXPECT_EQ(errors_.error().address, 128U);
  for (int cycle = 0; cycle < 4; ++cycle)
    Step();
  EXPECT_EQ(errors_.error().address, 510U);
  EXPECT_EQ(errors_.error().index, 8U);
}

}  // namespace
}  // namespace denseshift::golden::cycle
