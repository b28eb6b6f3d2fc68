// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0
//
// rtl/post/ds_post.sv against docs/commands.md and docs/arithmetic.md sections 3 to 5.

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include <gtest/gtest.h>

#include "tests/rtl/clocked.h"
#include "tests/rtl/command.h"
#include "tests/rtl/ports.h"
#include "tests/rtl/post_bench.h"
#include "tests/rtl/random.h"
#include "tests/rtl/shape_names.h"

#include "Vds_post_16x4b8.h"
#include "Vds_post_4x16b32.h"
#include "Vds_post_8x8b16.h"

namespace denseshift::rtl {
namespace {

struct Post8x8 {
  using Model = Vds_post_8x8b16;
  static constexpr const char* kName = "8x8b16";
  static constexpr PostSizes kSizes{8, 8, 32, 16, 16, 4096, 16};
};

struct Post16x4 {
  using Model = Vds_post_16x4b8;
  static constexpr const char* kName = "16x4b8";
  static constexpr PostSizes kSizes{16, 4, 24, 16, 8, 4096, 16};
};

struct Post4x16 {
  using Model = Vds_post_4x16b32;
  static constexpr const char* kName = "4x16b32";
  static constexpr PostSizes kSizes{4, 16, 32, 16, 32, 4096, 16};
};

template <typename Shape>
class DsPost : public testing::Test {
 protected:
  static constexpr PostSizes kSizes = Shape::kSizes;
  static constexpr std::uint32_t kFirstIndex = 1000;  // of the first command in the list

  DsPost() : bench_(kSizes, random_) {
    Set(dut_->clear_i, 0);
    ReadParameters(0);
  }

  // Command, event and memory data of this cycle. The feeder runs at most two commands ahead.
  void DriveInputs(unsigned percent) {
    Set(dut_->cmd_valid_i, !bench_.commands.empty());
    if (!bench_.commands.empty()) {
      SetCommand(dut_->cmd_i, bench_.commands.front());
      Set(dut_->index_i, kFirstIndex + started_);
    }
    Set(dut_->sum_done_i, 0);
    Set(dut_->tap_i, 0);
    Set(dut_->tap_first_i, random_.Chance(50));
    Set(dut_->tap_last_i, random_.Chance(50));
    Set(dut_->tap_operation_i, random_.Between(0, 2));
    const std::vector<std::uint8_t> x = random_.ByteVector(kSizes.lanes);
    SetBytes(dut_->x_i, x.data(), x.size());
    if (!bench_.events.empty() && random_.Chance(percent)) {
      DriveEvent(bench_.events.front());
    }
    // Without a read in the cycle before, the sums are of no account.
    DriveSums(read_sums_ ? *read_sums_
                         : std::vector<std::uint32_t>(kSizes.columns, random_.Word(0, ~0U)));
  }

  void DriveEvent(const PostEvent& event) {
    if (event.command > started_ + 2) {
      return;
    }
    if (event.is_tap) {
      // The feeder starts a VECTOR command when the post unit runs it.
      if (event.command != started_ || dut_->running_o == 0) {
        return;
      }
      Set(dut_->tap_i, 1);
      Set(dut_->tap_first_i, event.first);
      Set(dut_->tap_last_i, event.last);
      Set(dut_->tap_operation_i, static_cast<std::uint32_t>(event.operation));
      SetBytes(dut_->x_i, event.x.data(), event.x.size());
    } else {
      // Sums that stay for the next command keep their bank; it is claimed by the ones drained.
      if (event.drains) {
        if (bank_used_.at(fill_bank_)) {
          return;
        }
        bank_used_.at(fill_bank_) = true;
        bank_sums_.at(fill_bank_) = event.sums;
        fill_bank_ = 1 - fill_bank_;
      }
      Set(dut_->sum_done_i, 1);
    }
    bench_.events.pop_front();
  }

  void DriveSums(const std::vector<std::uint32_t>& sums) {
    const auto bits = static_cast<std::size_t>(kSizes.acc_bits);
    for (std::size_t column = 0; column < sums.size(); ++column) {
      SetBits(dut_->acc_rdata_i, column * bits, bits, sums[column]);
    }
  }

  // Puts an entry on the port, where it stays until the next read.
  void ReadParameters(std::size_t entry) {
    for (std::size_t column = 0; column < kSizes.columns; ++column) {
      const Parameter& parameter = bench_.parameters().at(entry).at(column);
      SetBits(dut_->params_i, column * 64, 32, parameter.bias);
      SetBits(dut_->params_i, column * 64 + 32, 16, parameter.multiplier);
      SetBits(dut_->params_i, column * 64 + 48, 16, static_cast<std::uint64_t>(parameter.shift));
    }
  }

  // One cycle; an event comes in `percent` of 100.
  void Cycle(unsigned percent) {
    DriveInputs(percent);
    dut_.Settle();
    ASSERT_NO_FATAL_FAILURE(CheckActivity());
    ASSERT_NO_FATAL_FAILURE(CheckWrite());
    ASSERT_NO_FATAL_FAILURE(CheckDone());
    const bool ready = dut_->cmd_ready_o != 0;
    std::optional<std::size_t> entry;
    if (dut_->param_read_o != 0 && dut_->range_o == 0) {
      entry = dut_->param_entry_o;
    }
    ASSERT_NO_FATAL_FAILURE(NoteSumsRead());
    dut_.Tick();
    if (entry) {
      ReadParameters(*entry);
    }
    if (ready) {
      bench_.commands.pop_front();
      ++started_;
    }
  }

  void NoteSumsRead() {
    read_sums_.reset();
    const std::size_t bank = dut_->bank_o;
    if (dut_->acc_read_o != 0) {
      ASSERT_TRUE(bank_used_.at(bank)) << "a bank without sums was read";
      ASSERT_LT(dut_->acc_position_o, bank_sums_.at(bank).size());
      read_sums_ = bank_sums_.at(bank).at(dut_->acc_position_o);
    }
    if (dut_->bank_free_o != 0) {
      bank_used_.at(bank) = false;
    }
  }

  void CheckWrite() {
    if (dut_->we_o == 0) {
      return;
    }
    ASSERT_FALSE(bench_.writes.empty()) << "a write nobody asked for";
    const OutputWrite& write = bench_.writes.front();
    ASSERT_EQ(dut_->waddr_o, write.address);
    ASSERT_EQ(dut_->wlen_o, write.bytes.size());
    ASSERT_EQ(Bytes(dut_->wdata_o, write.bytes.size()), write.bytes);
    bench_.writes.pop_front();
    ++written_;
  }

  // A command ends with its last write, or with its last sum if it writes nothing.
  void CheckDone() {
    if (dut_->done_o == 0) {
      ASSERT_TRUE(bench_.left.empty() || dut_->we_o == 0 || written_ < bench_.left.front())
          << "the command's last write did not end it";
      return;
    }
    ASSERT_FALSE(bench_.signals.empty());
    ASSERT_EQ(dut_->done_give_o, bench_.signals.front() ? 1 : 0);
    ASSERT_EQ(dut_->done_index_o, kFirstIndex + ended_);
    ASSERT_EQ(written_, bench_.left.front()) << "of the writes up to this command's last";
    bench_.signals.pop_front();
    bench_.left.pop_front();
    ++ended_;
  }

  // docs/registers.md, Counters, post.
  void CheckActivity() {
    constexpr std::uint32_t kBusy = 0;
    constexpr std::uint32_t kWaitInput = 1;
    constexpr std::uint32_t kIdle = 3;
    if (dut_->acc_read_o != 0 || dut_->tap_i != 0) {
      ASSERT_EQ(dut_->activity_o, kBusy);
      ASSERT_EQ(dut_->active_o, 1);
    } else {
      ASSERT_EQ(dut_->activity_o, bench_.commands.empty() ? kIdle : kWaitInput);
    }
    if (dut_->range_o == 0 && !bench_.commands.empty() && started_ == ended_) {
      ASSERT_EQ(dut_->range_index_o, kFirstIndex + started_) << "of the oldest command";
    }
    const bool idle = bench_.commands.empty() && bench_.signals.empty();
    ASSERT_EQ(dut_->idle_o, idle ? 1 : 0);
  }

  void Run(unsigned percent) {
    for (int cycle = 0; !bench_.signals.empty(); ++cycle) {
      ASSERT_LT(cycle, 200000) << bench_.writes.size() << " writes never came";
      ASSERT_NO_FATAL_FAILURE(Cycle(percent));
      ASSERT_EQ(dut_->range_o, 0);
    }
    for (int cycle = 0; cycle < 8; ++cycle) {
      ASSERT_NO_FATAL_FAILURE(Cycle(percent));
    }
    EXPECT_TRUE(bench_.writes.empty());
    EXPECT_TRUE(bench_.commands.empty());
    EXPECT_EQ(dut_->idle_o, 1);
  }

  // Runs until an access is reported; returns how many writes came before it.
  std::size_t RunToRange() {
    const std::size_t before = written_;
    for (int cycle = 0; cycle < 20000 && dut_->range_o == 0; ++cycle) {
      Cycle(100);
      dut_.Settle();
      if (dut_->range_o != 0 || HasFatalFailure()) {
        break;
      }
    }
    EXPECT_EQ(dut_->range_o, 1);
    return written_ - before;
  }

  // Writes before the first one that leaves the buffer.
  [[nodiscard]] std::size_t GoodWrites() const {
    std::size_t good = 0;
    while (good < bench_.writes.size() &&
           bench_.writes[good].address + bench_.writes[good].bytes.size() <= kSizes.out_bytes) {
      ++good;
    }
    return good;
  }

  void Clear() {
    Set(dut_->clear_i, 1);
    Set(dut_->cmd_valid_i, 0);
    Set(dut_->sum_done_i, 0);
    Set(dut_->tap_i, 0);
    dut_.Tick();
    Set(dut_->clear_i, 0);
    bench_ = PostBench(kSizes, random_);
    ReadParameters(0);
    bank_used_.fill(false);
    fill_bank_ = 0;
    read_sums_.reset();
    started_ = 0;
    ended_ = 0;
    written_ = 0;
  }

  Random random_;
  Clocked<typename Shape::Model> dut_;
  PostBench bench_;
  std::array<std::vector<std::vector<std::uint32_t>>, 2> bank_sums_;
  std::array<bool, 2> bank_used_{};
  std::size_t fill_bank_ = 0;
  std::optional<std::vector<std::uint32_t>> read_sums_;  // read in the cycle before
  std::uint32_t started_ = 0;                            // commands that left the queue
  std::uint32_t ended_ = 0;
  std::size_t written_ = 0;
};

using Shapes = testing::Types<Post8x8, Post16x4, Post4x16>;
TYPED_TEST_SUITE(DsPost, Shapes, ShapeNames);

TYPED_TEST(DsPost, DrainsConvSumsInOrder) {
  for (int i = 0; i < 60; ++i) {
    SCOPED_TRACE(testing::Message() << "command " << i);
    this->bench_.Add(this->bench_.MakeConv(), i % 2 == 0);
    ASSERT_NO_FATAL_FAILURE(this->Run(100));
  }
}

TYPED_TEST(DsPost, PoolsAndAddsInOrder) {
  for (int i = 0; i < 80; ++i) {
    SCOPED_TRACE(testing::Message() << "command " << i);
    this->bench_.Add(this->bench_.MakeVector(), i % 2 == 0);
    ASSERT_NO_FATAL_FAILURE(this->Run(100));
  }
}

// Queued commands of every kind, sums and taps coming at random times.
TYPED_TEST(DsPost, FollowsAFeederOfAnyPace) {
  for (const unsigned percent : {100U, 50U, 10U}) {
    SCOPED_TRACE(testing::Message() << percent << " %");
    for (int i = 0; i < 30; ++i) {
      if (this->random_.Chance(50)) {
        this->bench_.Add(this->bench_.MakeConv(), this->random_.Chance(50));
      } else {
        this->bench_.Add(this->bench_.MakeVector(), this->random_.Chance(50));
      }
    }
    ASSERT_NO_FATAL_FAILURE(this->Run(percent));
  }
}

// A sum over several commands: only the last one writes, the others end with their sum.
TYPED_TEST(DsPost, EndsCommandsThatLeaveTheirSums) {
  for (int i = 0; i < 15; ++i) {
    Conv conv;
    do {
      conv = this->bench_.MakeConv();
    } while (conv.Positions() > this->kSizes.depth);
    conv.SplitInto(conv.Positions());
    conv.tiles = 1;
    for (std::uint32_t parts = this->random_.Word(1, 4); parts > 0; --parts) {
      Conv part = conv;
      part.last = false;
      this->bench_.Add(part, this->random_.Chance(50));
    }
    this->bench_.Add(conv, this->random_.Chance(50));
    this->bench_.Add(this->bench_.MakeConv(), true);
    ASSERT_NO_FATAL_FAILURE(this->Run(i % 2 == 0 ? 100 : 40));
  }
}

// One position in every cycle while sums are there.
TYPED_TEST(DsPost, DrainsAPositionInEveryCycle) {
  Conv conv;
  conv.columns = 8;
  conv.rows = 2;
  conv.position_pitch = this->kSizes.columns;
  conv.row_pitch = 8 * this->kSizes.columns / this->kSizes.bus_bytes;
  conv.SplitInto(16);
  conv.valid = this->kSizes.columns;
  conv.tiles = 1;
  for (int i = 0; i < 5; ++i) {
    this->bench_.Add(conv, true);
  }
  const std::uint64_t start = this->dut_.Cycles();
  while (!this->bench_.signals.empty()) {
    ASSERT_NO_FATAL_FAILURE(this->Cycle(100));
  }
  // One cycle between commands, and the latency of the first and last value.
  EXPECT_LE(this->dut_.Cycles() - start, 5U * (16 + 1) + 8);
}

TYPED_TEST(DsPost, ReportsAWriteOutsideTheBuffer) {
  int outside = 0;
  for (int i = 0; i < 40; ++i) {
    SCOPED_TRACE(testing::Message() << "command " << i);
    Conv conv = this->bench_.MakeConv();
    conv.out_base = this->kSizes.out_bytes - this->random_.Word(0, 2 * this->kSizes.columns);
    conv.row_pitch = this->random_.Word(0, this->random_.Chance(70) ? 6 : 0xFFFF);
    this->bench_.Add(conv, true);
    const std::size_t good = this->GoodWrites();
    if (good == this->bench_.writes.size()) {
      ASSERT_NO_FATAL_FAILURE(this->Run(100));
      continue;
    }
    const std::uint64_t bad = this->bench_.writes[good].address;
    ASSERT_EQ(this->RunToRange(), good);
    ASSERT_EQ(this->dut_->we_o, 0) << "the write was not dropped";
    ASSERT_EQ(this->dut_->range_addr_o, bad);
    ASSERT_EQ(this->dut_->range_index_o, this->kFirstIndex + this->ended_);
    this->Clear();
    ++outside;
  }
  EXPECT_GT(outside, 10);
}

TYPED_TEST(DsPost, ReportsAParameterOutsideTheBuffer) {
  Conv conv = this->bench_.MakeConv();
  conv.tiles = 3;
  conv.parameter_base = this->kSizes.entries - 2;
  conv.SplitInto(conv.Positions() < 16 ? conv.Positions() : 16);
  conv.out_base = 0;
  this->bench_.Add(conv, true);
  this->RunToRange();
  EXPECT_EQ(this->dut_->range_addr_o, this->kSizes.entries * this->kSizes.columns * 8);
  EXPECT_EQ(this->dut_->range_index_o, this->kFirstIndex);
}

// The second operand of an addition uses the entry behind the first one's.
TYPED_TEST(DsPost, ReportsAnAdditionsSecondParameterOutsideTheBuffer) {
  Vector vector = this->bench_.MakeVector();
  vector.operation = Operation::kSum;
  vector.runs_x = 2;
  vector.runs_y = 1;
  vector.parameter_base = this->kSizes.entries - 1;
  this->bench_.Add(vector, true);
  this->bench_.commands.back().Set(10, 8, 2, static_cast<std::uint32_t>(Operation::kAddition));
  for (PostEvent& event : this->bench_.events) {
    event.operation = Operation::kAddition;
  }
  EXPECT_EQ(this->RunToRange(), 0U);
  EXPECT_EQ(this->dut_->range_addr_o, this->kSizes.entries * this->kSizes.columns * 8);
}

TYPED_TEST(DsPost, StartsAfreshAfterClear) {
  for (int run = 0; run < 15; ++run) {
    SCOPED_TRACE(testing::Message() << "run " << run);
    this->bench_.Add(this->bench_.MakeConv(), true);
    this->bench_.Add(this->bench_.MakeVector(), true);
    for (std::uint64_t cycle = this->random_.Between(0, 60); cycle > 0; --cycle) {
      ASSERT_NO_FATAL_FAILURE(this->Cycle(80));
    }
    this->Clear();
    this->bench_.Add(this->bench_.MakeConv(), true);
    this->bench_.Add(this->bench_.MakeVector(), true);
    ASSERT_NO_FATAL_FAILURE(this->Run(80));
  }
}

}  // namespace
}  // namespace denseshift::rtl
