// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "golden/cycle/sequencer.h"

#include <cstring>
#include <initializer_list>
#include <vector>

#include <gtest/gtest.h>

#include "golden/cycle/state_list.h"
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
    SendWords(command, 0, 8, response);
  }

  void SendWords(const Command& command,
                 std::size_t begin,
                 std::size_t end,
                 std::uint8_t response = 0) {
    for (std::size_t word = begin; word < end; ++word) {
      std::uint8_t data[kMaxBusBytes] = {};
      std::memcpy(data, &command.words[2 * word], 8);
      const ReadBeat beat{data, response, word == 7};
      in_.beat = &beat;
      Step();
      in_.beat = nullptr;
    }
  }

  void IssueLoad() {
    in_.load_issues = true;
    Step();
    in_.load_issues = false;
  }

  // Sends commands after the one before is handed over. The last is whole in the coming cycle.
  void SendToWhole(std::initializer_list<Command> commands) {
    for (const Command& command : commands) {
      Step(2);
      Send(command);
      Step();
    }
  }

  // Begins a list of twelve chunks with so many STOREs. The last is whole in the coming cycle.
  void Use(int commands) {
    sequencer_.Clear(sequencer_, 0, 48);
    Step(4);
    for (int i = 0; i < commands; ++i)
      SendToWhole({kStoreRows});
  }

  // Four chunks are used and the next three are requested: with the 20th command chunk 7 is due.
  void UseFourChunks() {
    Use(16);
    Step(8);
    EXPECT_EQ(sequencer_.index(), 16U);
    EXPECT_FALSE(sequencer_.address_channel().valid());
  }

  // The LOADs are issued that go before the first open chunk, and only then is it requested.
  void ExpectChunkAfter(int loads, std::uint32_t chunk) {
    SCOPED_TRACE(chunk);
    for (int i = 0; i < loads; ++i) {
      EXPECT_FALSE(sequencer_.HoldsLoads());
      EXPECT_FALSE(ShowsChunk(chunk));
      IssueLoad();
    }
    EXPECT_TRUE(sequencer_.HoldsLoads());
    Step();
    EXPECT_TRUE(ShowsChunk(chunk));
  }

  // Whether an address of the list is shown: that of this chunk.
  [[nodiscard]] bool ShowsChunk(std::uint32_t chunk) const {
    const AddressChannel& channel = sequencer_.address_channel();
    return channel.valid() && channel.address() == chunk * 4 * 64;
  }

  [[nodiscard]] bool HasFullWordQueue() const {
    std::vector<StateItem> items;
    StateList list(items);
    sequencer_.ListState(list);
    for (const StateItem& item : items) {
      if (item.name == "sequencer.words.full")
        return *static_cast<const bool*>(item.data);
    }
    ADD_FAILURE() << "no such state";
    return false;
  }

  const Command kLoadRows = testing::LoadRows(0x80, 1, 2, 0);
  const Command kStoreRows = testing::StoreRows(0x80, 1, 2);
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

// Two chunks that are not used up, from the 16th command on three.
TEST_F(CycleSequencer, ChunksAreFetchedAhead) {
  sequencer_.Clear(sequencer_, 0, 100);
  std::uint32_t chunks = 0;
  const auto count_chunks = [&] {
    for (int i = 0; i < 50; ++i) {
      Step();
      chunks += ShowsChunk(chunks) ? 1 : 0;
    }
    return chunks;
  };
  EXPECT_EQ(count_chunks(), 2U);
  in_.store_full = true;  // a whole command counts as used before it is handed over
  for (std::uint32_t assembled = 1; assembled <= 28; ++assembled) {
    SCOPED_TRACE(assembled);
    const std::uint32_t expected = assembled / 4 + (assembled < 16 ? 2 : 3);
    Send(kStoreRows);
    EXPECT_EQ(count_chunks(), expected);
    in_.store_full = false;
    Step();
    in_.store_full = true;
    EXPECT_EQ(count_chunks(), expected);
  }
}

// The 16th command is whole, and counts, two cycles after its last beat.
TEST_F(CycleSequencer, TwoChunksAreOpenedAheadWithTheLastWordOfTheSixteenthCommand) {
  Use(15);
  Step(2);
  in_.store_full = true;
  SendWords(kStoreRows, 0, 7);
  for (int i = 0; i < 20; ++i) {
    Step();
    EXPECT_FALSE(sequencer_.HoldsLoads());
    EXPECT_FALSE(sequencer_.address_channel().valid());
  }
  SendWords(kStoreRows, 7, 8);
  Step();
  EXPECT_FALSE(sequencer_.HoldsLoads());
  Step();
  EXPECT_TRUE(sequencer_.HoldsLoads());
  Step();
  EXPECT_TRUE(ShowsChunk(5));
  Step();
  EXPECT_TRUE(ShowsChunk(6));
  EXPECT_FALSE(sequencer_.HoldsLoads());
}

TEST_F(CycleSequencer, ThreeChunksWaitBehindACommand) {
  Use(15);
  Step(2);
  in_.store_full = true;
  for (std::uint32_t i = 0; i < 13; ++i) {
    EXPECT_FALSE(HasFullWordQueue());
    Send(testing::StoreRows(8 * i, 1, 2));
  }
  EXPECT_TRUE(HasFullWordQueue());
  in_.store_full = false;
  for (std::uint32_t i = 0; i < 13; ++i) {
    EXPECT_TRUE(Step().hands_over);
    EXPECT_EQ(sequencer_.command().words[2], 8 * i);
    Step(9);
  }
}

// The second chunk opens between the two bursts of the first.
TEST_F(CycleSequencer, AChunkAcrossABoundaryIsRequestedBeforeTheNext) {
  sequencer_.Clear(sequencer_, 0xF80, 8);
  Step();
  for (const std::uint32_t address : {0xF80U, 0x1000U, 0x1080U}) {
    Step();
    EXPECT_TRUE(sequencer_.address_channel().valid());
    EXPECT_EQ(sequencer_.address_channel().address(), address);
    EXPECT_EQ(sequencer_.address_channel().len(), address == 0x1080U ? 31 : 15);
  }
  Step();
  EXPECT_FALSE(sequencer_.address_channel().valid());
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
    IssueLoad();
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

// Command 16 is the LOAD before chunk 7, 19 and 21 are those between it and chunk 8.
TEST_F(CycleSequencer, TwoOpenChunksKeepTheirPlaces) {
  UseFourChunks();
  SendToWhole({kLoadRows, kStoreRows, kStoreRows, kLoadRows});
  SendToWhole({kStoreRows, kLoadRows, kStoreRows, kStoreRows});
  SendToWhole({kLoadRows});
  Step(2);
  EXPECT_EQ(sequencer_.index(), 25U);  // the last LOAD is behind both
  ExpectChunkAfter(1, 7);
  ExpectChunkAfter(2, 8);
  Step();
  EXPECT_FALSE(sequencer_.HoldsLoads());
  EXPECT_FALSE(sequencer_.address_channel().valid());
  IssueLoad();  // while no chunk is open
  SendToWhole({kLoadRows, kStoreRows, kStoreRows});
  Step();
  ExpectChunkAfter(1, 9);
}

// Chunks 2 and 3; commands 8 and on are fetched behind the LOADs.
TEST_F(CycleSequencer, TwoChunksAreOpenAlsoAmongTheFirstCommands) {
  Use(0);
  SendToWhole({kLoadRows, kStoreRows, kStoreRows, kLoadRows});
  SendToWhole({kStoreRows, kLoadRows, kStoreRows, kLoadRows});
  Step(2);
  EXPECT_EQ(sequencer_.index(), 8U);  // the last LOAD is behind both
  ExpectChunkAfter(1, 2);
  ExpectChunkAfter(2, 3);
  Step();
  EXPECT_FALSE(sequencer_.HoldsLoads());
}

// Both that are due with it, also if the first of them waits for another LOAD.
TEST_F(CycleSequencer, TwoChunksOpenBeforeTheSixteenthCommandIsHandedOver) {
  Use(12);
  SendToWhole({kLoadRows, kStoreRows, kStoreRows, kLoadRows});
  EXPECT_FALSE(Step().hands_over);  // check, the first opens
  EXPECT_FALSE(Step().hands_over);  // the second opens
  EXPECT_TRUE(Step().hands_over);
  ExpectChunkAfter(1, 5);
  ExpectChunkAfter(0, 6);
  Step();
  EXPECT_FALSE(sequencer_.HoldsLoads());
}

// A LOAD is issued in the cycle in which a chunk opens, as the first or as the second.
TEST_F(CycleSequencer, AnIssuedLoadIsNotAmongThoseBeforeAChunk) {
  UseFourChunks();
  SendToWhole({kLoadRows, kStoreRows, kLoadRows, kLoadRows});
  IssueLoad();
  EXPECT_FALSE(sequencer_.HoldsLoads());
  SendToWhole({kLoadRows, kStoreRows, kStoreRows, kStoreRows});
  IssueLoad();
  EXPECT_TRUE(sequencer_.HoldsLoads());
  Step();
  EXPECT_TRUE(ShowsChunk(7));
  ExpectChunkAfter(2, 8);
}

TEST_F(CycleSequencer, AChunkOpensWhileTheLastWordsOfAnotherAreRequested) {
  UseFourChunks();
  SendToWhole({kStoreRows, kStoreRows, kStoreRows, kLoadRows});
  in_.load_address_stays = true;
  SendToWhole({kStoreRows, kLoadRows, kStoreRows, kStoreRows});
  EXPECT_TRUE(sequencer_.HoldsLoads());
  EXPECT_FALSE(sequencer_.address_channel().valid());
  in_.load_address_stays = false;
  Step();
  EXPECT_TRUE(ShowsChunk(7));
  Step();
  ExpectChunkAfter(2, 8);
  Step();
  EXPECT_FALSE(sequencer_.HoldsLoads());  // nothing else is open
}

// Chunks 7 and 8 wait for a LOAD, and chunk 9 is due.
TEST_F(CycleSequencer, OnlyLoadsAreKeptBackWhileAThirdChunkIsDue) {
  for (const Command& command : {kLoadRows,
                                 testing::OneStepConv(1),
                                 testing::MaximumOf(2),
                                 kStoreRows,
                                 testing::MakeCommand(kStamp)}) {
    SCOPED_TRACE(command.opcode());
    const bool is_load = command.opcode() == kLoad;
    UseFourChunks();
    SendToWhole({kLoadRows, kStoreRows, kStoreRows, kStoreRows});
    SendToWhole({kStoreRows, kStoreRows, kStoreRows, kStoreRows});
    SendToWhole({kStoreRows, kStoreRows, kStoreRows, command});
    in_.compute_full = in_.store_full = true;
    for (int i = 0; i < 3; ++i)
      EXPECT_NE(Step().activity, kBusy);
    EXPECT_EQ(Step().activity, is_load ? kWaitsForInput : kWaitsForOutput);
    in_.compute_full = in_.store_full = false;
    EXPECT_EQ(Step().hands_over, !is_load);
    ExpectChunkAfter(1, 7);
    ExpectChunkAfter(0, 8);
    EXPECT_EQ(sequencer_.index(), is_load ? 27U : 28U);
    EXPECT_EQ(Step().hands_over, is_load);  // chunk 9 has opened
    EXPECT_TRUE(ShowsChunk(9));
  }
}

}  // namespace
}  // namespace denseshift::golden::cycle
