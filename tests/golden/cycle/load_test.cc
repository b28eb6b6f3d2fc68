// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "golden/cycle/load.h"

#include <vector>

#include <gtest/gtest.h>

#include "tests/golden/cycle/commands.h"

namespace denseshift::golden::cycle {
namespace {

class CycleLoad : public ::testing::Test {
 protected:
  // A cycle, in which a beat may arrive and the shown address is accepted.
  const Load::Values& Step(const ReadBeat* beat = nullptr) {
    errors_.Begin();
    Load::Inputs in;
    in.abort = abort_;
    in.hold = hold_;
    in.address_accepted = load_.address_channel().valid();
    in.beat = beat;
    const Load::Values& values = load_.Step(in, tokens_, errors_);
    tokens_.Step();
    return values;
  }

  const Load::Values& StepWithData(std::uint8_t value, bool is_last) {
    data_.assign(kMaxBusBytes, value);
    const ReadBeat beat{data_.data(), response_, is_last};
    return Step(&beat);
  }

  Parameters parameters_ = testing::SmallParameters();
  LoadTargets buffers_{parameters_};
  Load load_{parameters_, buffers_};
  Tokens tokens_;
  Errors errors_;
  std::vector<std::uint8_t> data_;
  std::uint8_t response_ = 0;
  bool abort_ = false;
  bool hold_ = false;
};

// The command is seen in cycle 0, its burst shown in 2, data written in the cycle after the beat.
TEST_F(CycleLoad, ARowTakesItsCycles) {
  load_.queue().Push(testing::LoadRows(0x200, 1, 2, 5));
  EXPECT_TRUE(Step().takes);
  EXPECT_FALSE(load_.address_channel().valid());
  Step();
  ASSERT_TRUE(load_.address_channel().valid());
  EXPECT_EQ(load_.address_channel().address(), 0x200U);
  EXPECT_EQ(load_.address_channel().len(), 1);
  EXPECT_TRUE(load_.queue().empty());
  EXPECT_EQ(Step().activity, kWaitsForInput);
  EXPECT_FALSE(load_.address_channel().valid());
  EXPECT_EQ(StepWithData(1, false).activity, kWaitsForInput);
  EXPECT_EQ(StepWithData(2, true).activity, kBusy);
  EXPECT_FALSE(load_.IsIdle());
  EXPECT_EQ(Step().activity, kBusy);
  EXPECT_TRUE(load_.IsIdle());
  EXPECT_EQ(Step().activity, kIdle);
  EXPECT_EQ(buffers_.activation[0].At(5)[0], 1);
  EXPECT_EQ(buffers_.activation[0].At(6)[7], 2);
}

TEST_F(CycleLoad, HoldLetsACommandEndButNoneStart) {
  load_.queue().Push(testing::LoadRows(0x200, 1, 40, 0));
  load_.queue().Push(testing::LoadRows(0x400, 1, 1, 40));
  EXPECT_TRUE(Step().takes);
  hold_ = true;
  EXPECT_FALSE(Step().issues);
  EXPECT_TRUE(Step().issues);
  for (int i = 0; i < 3; ++i) {
    const Load::Values& values = Step();
    EXPECT_FALSE(values.takes);
    EXPECT_FALSE(values.issues);
  }
  hold_ = false;
  EXPECT_TRUE(Step().takes);
  EXPECT_TRUE(Step().issues);
}

TEST_F(CycleLoad, FillSurroundsDataAndRowsAlternate) {
  Command command = testing::LoadRows(0x200, 1, 1, 0);
  command.words[5] = 4U | 0x33U << 8U | 3U << 16U;  // par 1, fill 0x33, tail 3
  command.words[6] = testing::Halves(1, 1);
  command.words[7] = testing::Halves(0, 1);
  command.words[8] = testing::Halves(0, 10);
  command.words[0] |= 1U << 24U;
  load_.queue().Push(command);
  Step();
  Step();
  Step();  // the writer has started: its first word is fill
  StepWithData(9, true);
  int words = 1;
  while (!Step().gives && words < 20)
    ++words;
  EXPECT_FALSE(errors_.error().code != kNoError);
  EXPECT_TRUE(load_.IsIdle());
  const std::uint8_t* row = buffers_.activation[1].At(0);
  EXPECT_EQ(row[0], 0x33);
  EXPECT_EQ(row[8], 9);
  EXPECT_EQ(row[10], 9);
  EXPECT_EQ(row[11], 0x33);
  EXPECT_EQ(row[16], 0x33);
  EXPECT_EQ(buffers_.activation[0].At(10)[0], 0x33);  // the row below, par was 1
}

TEST_F(CycleLoad, ErrorsNameBurstAndByte) {
  Command command = testing::LoadRows(0x200, 1, 1, 64);  // group of 64 words
  command.index = 3;
  load_.queue().Push(command);
  Step();
  Step();
  Step();
  response_ = 3;
  StepWithData(0, true);
  EXPECT_EQ(errors_.error().code, kReadDecodeError);
  EXPECT_EQ(errors_.error().address, 0x200U);
  EXPECT_EQ(errors_.error().index, 3U);
  Step();
  EXPECT_EQ(errors_.error().code, kBufferBounds);
  EXPECT_EQ(errors_.error().address, 512U);
}

TEST_F(CycleLoad, AbortStopsIssuerAndWriterButTakesBeats) {
  load_.queue().Push(testing::LoadRows(0x200, 2, 32, 0));
  Step();
  Step();
  abort_ = true;
  Step();
  EXPECT_FALSE(load_.address_channel().valid());
  EXPECT_FALSE(load_.IsQuiet());
  StepWithData(1, true);
  EXPECT_TRUE(load_.IsQuiet());
  EXPECT_NE(Step().activity, kBusy);
  load_.Clear(Load(load_));
  EXPECT_TRUE(load_.IsIdle());
}

}  // namespace
}  // namespace denseshift::golden::cycle
