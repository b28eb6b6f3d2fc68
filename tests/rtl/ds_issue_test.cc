// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0
//
// rtl/ctrl/ds_issue.sv against docs/commands.md, Tokens, and docs/architecture.md, Who works when.

#include <cstddef>
#include <cstdint>
#include <deque>
#include <utility>

#include <gtest/gtest.h>

#include "tests/rtl/clocked.h"
#include "tests/rtl/command.h"
#include "tests/rtl/ports.h"
#include "tests/rtl/random.h"

#include "Vds_issue.h"

namespace denseshift::rtl {
namespace {

using Indexed = std::pair<Command, std::uint32_t>;  // a command and its index

class DsIssue : public testing::Test {
 protected:
  DsIssue() { Idle(); }

  void Idle() {
    Set(dut_->clear_i, 0);
    Set(dut_->push_i, 0);
    Set(dut_->unpacker_ready_i, 0);
    Set(dut_->feeder_ready_i, 0);
    Set(dut_->post_ready_i, 0);
    Set(dut_->count_a_i, tokens_a_);
    Set(dut_->count_b_i, tokens_b_);
  }

  // A CONV or VECTOR with random contents that asks for at most `most` tokens on each side.
  Command MakeCommandWithTokens(std::uint32_t most) {
    Command command = MakeCommand(random_.Chance(60) ? Opcode::kConv : Opcode::kVector);
    for (std::size_t word = 1; word < 16; ++word) {
      command.words.at(word) = random_.Word(0, ~0U);
    }
    return command.WaitA(random_.Word(0, most)).WaitB(random_.Word(0, most));
  }

  // One cycle: pushes in `push` of 100, walkers that are done with a command in `ready` of 100.
  void Cycle(unsigned push, unsigned ready, std::uint32_t most) {
    Idle();
    if (dut_->full_o == 0 && random_.Chance(push)) {
      const Command command = MakeCommandWithTokens(most);
      Set(dut_->push_i, 1);
      SetCommand(dut_->cmd_i, command, index_);
      waiting_.emplace_back(command, index_);
      ++index_;
    }
    ASSERT_NO_FATAL_FAILURE(CheckHead(unpacker_, dut_->unpacker_valid_o, dut_->unpacker_cmd_o));
    ASSERT_NO_FATAL_FAILURE(CheckHead(feeder_, dut_->feeder_valid_o, dut_->feeder_cmd_o));
    ASSERT_NO_FATAL_FAILURE(CheckHead(post_, dut_->post_valid_o, dut_->post_cmd_o));
    Pop(unpacker_, dut_->unpacker_ready_i, ready);
    Pop(feeder_, dut_->feeder_ready_i, ready);
    Pop(post_, dut_->post_ready_i, ready);
    dut_.Settle();
    const std::size_t queued = waiting_.size() - (dut_->push_i != 0 ? 1 : 0);
    ASSERT_EQ(dut_->waiting_o, queued > 0 ? 1 : 0);
    if (queued > 0) {
      ASSERT_EQ(dut_->waiting_index_o, waiting_.front().second);
    }
    if (dut_->take_o != 0) {
      ASSERT_GT(queued, 0U) << "started a command that was not there";
      ASSERT_NO_FATAL_FAILURE(Start());
    }
    dut_.Tick();
  }

  // All tokens are there and are taken together; every walker has the command in the next cycle.
  void Start() {
    const auto [command, index] = waiting_.front();
    waiting_.pop_front();
    ASSERT_EQ(dut_->take_a_o, command.Get(0, 16, 4));
    ASSERT_EQ(dut_->take_b_o, command.Get(0, 20, 4));
    ASSERT_GE(tokens_a_, dut_->take_a_o);
    ASSERT_GE(tokens_b_, dut_->take_b_o);
    tokens_a_ -= dut_->take_a_o;
    tokens_b_ -= dut_->take_b_o;
    if (command.Get(0, 0, 8) == static_cast<std::uint32_t>(Opcode::kConv)) {
      unpacker_.emplace_back(command, index);
    }
    feeder_.emplace_back(command, index);
    post_.emplace_back(command, index);
    ++started_;
  }

  template <typename Port>
  static void CheckHead(const std::deque<Indexed>& queue, std::uint32_t valid, const Port& port) {
    ASSERT_EQ(valid, queue.empty() ? 0U : 1U);
    if (!queue.empty()) {
      for (std::size_t word = 0; word < 16; ++word) {
        ASSERT_EQ(port[word], queue.front().first.words.at(word)) << "word " << word;
      }
      ASSERT_EQ(port[16], queue.front().second);
    }
  }

  void Pop(std::deque<Indexed>& queue, CData& ready, unsigned percent) {
    if (!queue.empty() && random_.Chance(percent)) {
      Set(ready, 1);
      queue.pop_front();
    }
  }

  Random random_;
  Clocked<Vds_issue> dut_;
  std::deque<Indexed> waiting_;
  std::deque<Indexed> unpacker_;
  std::deque<Indexed> feeder_;
  std::deque<Indexed> post_;
  std::uint32_t tokens_a_ = 0;
  std::uint32_t tokens_b_ = 0;
  std::uint32_t index_ = 0;
  std::uint32_t started_ = 0;
};

TEST_F(DsIssue, HandsCommandsToTheWalkersInOrder) {
  for (const unsigned ready : {100U, 50U, 10U}) {
    for (int cycle = 0; cycle < 3000; ++cycle) {
      ASSERT_NO_FATAL_FAILURE(Cycle(70, ready, 0)) << "cycle " << cycle;
    }
  }
  EXPECT_GT(started_, 1500U);
}

TEST_F(DsIssue, TakesTokensTogether) {
  for (int cycle = 0; cycle < 20000; ++cycle) {
    tokens_a_ += tokens_a_ < 255 && random_.Chance(30) ? 1 : 0;
    tokens_b_ += tokens_b_ < 255 && random_.Chance(30) ? 1 : 0;
    ASSERT_NO_FATAL_FAILURE(Cycle(70, 60, 15)) << "cycle " << cycle;
  }
  EXPECT_GT(started_, 500U);
}

// One token short on either side: the command stays where it is.
TEST_F(DsIssue, WaitsForTheLastToken) {
  for (const bool short_of_a : {true, false}) {
    Command command = MakeCommand(Opcode::kConv);
    command.WaitA(15).WaitB(7);
    tokens_a_ = short_of_a ? 14 : 15;
    tokens_b_ = short_of_a ? 7 : 6;
    Idle();
    Set(dut_->push_i, 1);
    SetCommand(dut_->cmd_i, command, 9);
    dut_.Tick();
    waiting_.emplace_back(command, 9);
    for (int cycle = 0; cycle < 20; ++cycle) {
      ASSERT_NO_FATAL_FAILURE(Cycle(0, 100, 0));
    }
    ASSERT_EQ(waiting_.size(), 1U);
    tokens_a_ = 15;
    tokens_b_ = 7;
    ASSERT_NO_FATAL_FAILURE(Cycle(0, 100, 0));
    ASSERT_TRUE(waiting_.empty());
    ASSERT_NO_FATAL_FAILURE(Cycle(0, 100, 0));
  }
}

// While the walkers work on one command they may have the next one, and no more than that.
TEST_F(DsIssue, LetsWalkersHaveTheNextCommand) {
  for (int cycle = 0; cycle < 40; ++cycle) {
    ASSERT_NO_FATAL_FAILURE(Cycle(100, 0, 0));
  }
  EXPECT_EQ(started_, 2U);
  EXPECT_EQ(dut_->full_o, 1);
}

TEST_F(DsIssue, IsEmptyAfterClear) {
  for (int run = 0; run < 20; ++run) {
    for (int cycle = 0; cycle < 30; ++cycle) {
      ASSERT_NO_FATAL_FAILURE(Cycle(80, 20, 0));
    }
    Idle();
    Set(dut_->clear_i, 1);
    dut_.Tick();
    Set(dut_->clear_i, 0);
    waiting_.clear();
    unpacker_.clear();
    feeder_.clear();
    post_.clear();
    ASSERT_NO_FATAL_FAILURE(Cycle(0, 0, 0));
    ASSERT_EQ(dut_->waiting_o, 0);
  }
}

}  // namespace
}  // namespace denseshift::rtl
