// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "golden/cycle/store.h"

#include <array>

#include <gtest/gtest.h>

#include "tests/golden/cycle/commands.h"

namespace denseshift::golden::cycle {
namespace {

class CycleStore : public ::testing::Test {
 protected:
  CycleStore() {
    bus_.awready = bus_.wready = true;
    for (std::uint32_t word = 0; word < parameters_.OutWords(); ++word) {
      const std::array<std::uint8_t, 8> bytes = {static_cast<std::uint8_t>(word)};
      buffer_.Write(word * 8, bytes.data(), 8);
    }
  }

  const Store::Values& Step() {
    errors_.Begin();
    const Store::Values& values = store_.Step({abort_, cycles_++}, bus_, tokens_, errors_);
    tokens_.Step();
    store_.ShowOutputs(out_);
    return values;
  }

  Parameters parameters_ = testing::SmallParameters();
  OutputBuffer buffer_{parameters_};
  Store store_{parameters_, buffer_};
  Tokens tokens_;
  Errors errors_;
  BusInputs bus_;
  BusOutputs out_;
  std::uint64_t cycles_ = 100;
  bool abort_ = false;
};

// Started in cycle 0, address and first read in 1, the word in the queue after 2.
TEST_F(CycleStore, ARowTakesItsCycles) {
  Command command = testing::StoreRows(0x40, 1, 3);
  command.words[5] = 2U | 5U << 16U;  // head, tail
  command.words[0] |= 3U << 24U;
  store_.queue().Push(command);
  EXPECT_TRUE(Step().takes);
  EXPECT_FALSE(out_.awvalid);
  Step();
  EXPECT_TRUE(out_.awvalid);
  EXPECT_EQ(out_.awaddr, 0x40U);
  EXPECT_EQ(out_.awlen, 2);
  EXPECT_FALSE(out_.wvalid);
  EXPECT_TRUE(Step().address_accepted);
  EXPECT_FALSE(out_.awvalid);
  const std::uint32_t strobes[3] = {0xFC, 0xFF, 0x1F};
  for (int beat = 0; beat < 3; ++beat) {
    ASSERT_TRUE(out_.wvalid) << beat;
    EXPECT_EQ(out_.wdata[0], beat);
    EXPECT_EQ(out_.wstrb, strobes[beat]);
    EXPECT_EQ(out_.wlast, beat == 2);
    EXPECT_EQ(Step().activity, kBusy);
  }
  EXPECT_FALSE(out_.wvalid);
  EXPECT_EQ(Step().activity, kWaitsForOutput);
  bus_.bvalid = true;
  EXPECT_FALSE(Step().gives_compute);
  bus_.bvalid = false;
  const Store::Values& end = Step();
  EXPECT_TRUE(end.gives_compute);
  EXPECT_TRUE(end.gives_load);
  EXPECT_TRUE(store_.IsIdle());
  EXPECT_EQ(Step().activity, kIdle);
}

TEST_F(CycleStore, AStampIsTheCycleOfItsStart) {
  Command stamp = testing::MakeCommand(kStamp);
  stamp.words[8] = 0xFFFF;  // not looked at
  store_.queue().Push(stamp);
  for (int i = 0; i < 3; ++i)
    Step();
  ASSERT_TRUE(out_.wvalid);
  EXPECT_EQ(out_.wdata[0], 100);
  EXPECT_EQ(out_.wdata[1], 0);
  EXPECT_EQ(out_.wstrb, 0xFFU);
  EXPECT_TRUE(out_.wlast);
}

TEST_F(CycleStore, ErrorsNameBurstAndByte) {
  Command command = testing::StoreRows(0x40, 1, 1);
  command.words[8] = 64;
  command.index = 5;
  store_.queue().Push(command);
  Step();
  Step();
  EXPECT_EQ(errors_.error().code, kBufferBounds);
  EXPECT_EQ(errors_.error().address, 512U);
  EXPECT_EQ(errors_.error().index, 5U);
  Step();
  Step();
  bus_.bvalid = true;
  bus_.bresp = 2;
  Step();
  EXPECT_EQ(errors_.error().code, kWriteSlaveError);
  EXPECT_EQ(errors_.error().address, 0x40U);
}

TEST_F(CycleStore, AnnouncedBeatsFlowDuringAnAbort) {
  store_.queue().Push(testing::StoreRows(0x40, 2, 2));
  Step();
  Step();
  abort_ = true;
  int beats = 0;
  for (int i = 0; i < 20; ++i)
    beats += Step().activity == kBusy ? 1 : 0;
  EXPECT_EQ(beats, 2);
  EXPECT_FALSE(store_.IsQuiet());
  bus_.bvalid = true;
  Step();
  bus_.bvalid = false;
  EXPECT_TRUE(store_.IsQuiet());
  EXPECT_FALSE(store_.IsIdle());
}

}  // namespace
}  // namespace denseshift::golden::cycle
