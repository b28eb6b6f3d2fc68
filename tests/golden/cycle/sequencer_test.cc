// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "golden/cycle/sequencer.h"

#include <cstring>

#include <gtest/gtest.h>

#include "tests/golden/cycle/commands.h"

namespace denseshift::golden::cycle {
namespace {

class CycleSequencer : public ::testing::Test {
 protected:
  const Sequencer::Values& Step() {
    errors_.Begin();
    in_.address_accepted = sequencer_.address_channel().valid();
    return sequencer_.Step(in_, errors_);
  }

  // Sends a command's words, one in each cycle.
  void Send(const Command& command, std::uint8_t response = 0) {
    for (std::size_t word = 0; word < 8; ++word) {
      std::uint8_t data[kMaxBusBytes] = {};
      std::memcpy(data, &command.words[2 * word], 8);
      const ReadBeat beat{data, response, word == 7};
      in_.beat = &beat;
      Step();
      in_.beat = nullptr;
    }
  }

  Sequencer sequencer_{testing::SmallParameters()};
  Sequencer::Inputs in_;
  Errors errors_;
};

// Chunk in cycle 0, address from 1 on; whole two cycles after the last beat, checked, handed over.
TEST_F(CycleSequencer, ACommandTakesItsCycles) {
  sequencer_.Clear(sequencer_, 0x40, 1);
  Step();
  EXPECT_FALSE(sequencer_.address_channel().valid());
  Step();
  EXPECT_TRUE(sequencer_.address_channel().valid());
  EXPECT_EQ(sequencer_.address_channel().address(), 0x40U);
  EXPECT_EQ(sequencer_.address_channel().len(), 7);
  Step();
  EXPECT_FALSE(sequencer_.address_channel().valid());
  EXPECT_FALSE(sequencer_.IsQuiet());
  const Command command = testing::LoadRows(0x80, 1, 2, 0);
  Send(command);
  EXPECT_TRUE(sequencer_.IsQuiet());
  EXPECT_TRUE(Step().is_active);   // the last word moves
  EXPECT_FALSE(Step().is_active);  // check
  in_.load_full = true;
  EXPECT_EQ(Step().activity, kWaitsForOutput);
  EXPECT_EQ(Step().activity, kWaitsForOutput);
  in_.load_full = false;
  EXPECT_TRUE(Step().hands_over);
  EXPECT_EQ(sequencer_.command().words, command.words);
  EXPECT_TRUE(sequencer_.IsFinished());
  EXPECT_EQ(Step().activity, kIdle);
}

TEST_F(CycleSequencer, AnIllegalCommandIsReportedOnceAndStays) {
  sequencer_.Clear(sequencer_, 0x40, 1);
  Step();
  Step();
  Step();
  Send(Command());
  Step();
  Step();
  EXPECT_EQ(errors_.error().code, kIllegalCommand);
  for (int i = 0; i < 3; ++i) {
    EXPECT_FALSE(Step().hands_over);
    EXPECT_EQ(errors_.error().code, kNoError);
  }
}

TEST_F(CycleSequencer, ABadBeatNamesItsBurst) {
  sequencer_.Clear(sequencer_, 0x40, 1);
  Step();
  Step();
  Step();
  Send(testing::LoadRows(0, 1, 1, 0), 2);
  EXPECT_EQ(errors_.error().code, kReadSlaveError);
  EXPECT_EQ(errors_.error().address, 0x40U);
  EXPECT_EQ(errors_.error().index, 0U);
}

TEST_F(CycleSequencer, TwoChunksAreFetchedAhead) {
  sequencer_.Clear(sequencer_, 0, 100);
  int bursts = 0;
  for (int i = 0; i < 50; ++i) {
    Step();
    bursts += sequencer_.address_channel().valid() ? 1 : 0;
  }
  EXPECT_EQ(bursts, 2);
}

}  // namespace
}  // namespace denseshift::golden::cycle
