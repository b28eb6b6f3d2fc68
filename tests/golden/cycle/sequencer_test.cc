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

  void Step(int cycles) {
    for (int i = 0; i < cycles; ++i)
      Step();
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

// The third chunk is due when the fourth command is whole: it opens in the cycle of the check.
TEST_F(CycleSequencer, AChunkComesAfterTheLoadsHandedOverBefore) {
  sequencer_.Clear(sequencer_, 0, 12);
  Step(6);  // two bursts, each of a chunk
  for (int i = 0; i < 4; ++i)
    Send(testing::LoadRows(0x80, 1, 2, 0));
  Step(8);
  EXPECT_EQ(sequencer_.index(), 3U);
  EXPECT_TRUE(Step().hands_over);  // a LOAD behind the chunk
  for (int i = 0; i < 3; ++i) {
    EXPECT_FALSE(sequencer_.HoldsLoads());
    EXPECT_FALSE(sequencer_.address_channel().valid());
    in_.load_issues = true;
    Step();
    in_.load_issues = false;
  }
  in_.load_address_stays = true;
  Step(2);
  EXPECT_TRUE(sequencer_.HoldsLoads());
  EXPECT_FALSE(sequencer_.address_channel().valid());
  in_.load_address_stays = false;
  Step();
  EXPECT_TRUE(sequencer_.address_channel().valid());
  EXPECT_FALSE(sequencer_.HoldsLoads());
}

TEST_F(CycleSequencer, NothingIsHandedOverWhileAChunkIsDue) {
  sequencer_.Clear(sequencer_, 0, 16);
  Step(6);
  Send(testing::LoadRows(0x80, 1, 2, 0));  // not issued: the third chunk waits for it
  for (int i = 1; i < 8; ++i)
    Send(testing::StoreRows(0x80, 1, 2));
  Step(16);
  EXPECT_EQ(sequencer_.index(), 7U);
  EXPECT_EQ(Step().activity, kWaitsForInput);  // the fourth chunk is due
  in_.load_issues = true;
  EXPECT_FALSE(Step().hands_over);
  in_.load_issues = false;
  EXPECT_FALSE(Step().hands_over);  // the third chunk's burst is sent
  EXPECT_TRUE(sequencer_.address_channel().valid());
  EXPECT_FALSE(Step().hands_over);  // the fourth opens
  EXPECT_TRUE(Step().hands_over);
}

}  // namespace
}  // namespace denseshift::golden::cycle
