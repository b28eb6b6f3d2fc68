// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0
//
// rtl/ctrl/ds_feeder.sv against a plain enumeration of docs/commands.md, CONV and VECTOR.

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <vector>

#include <gtest/gtest.h>

#include "tests/rtl/clocked.h"
#include "tests/rtl/command.h"
#include "tests/rtl/feeder_bench.h"
#include "tests/rtl/ports.h"
#include "tests/rtl/random.h"
#include "tests/rtl/shape_names.h"
#include "tests/rtl/steps.h"

#include "Vds_feeder_16x4b8.h"
#include "Vds_feeder_4x16b32.h"
#include "Vds_feeder_8x8b16.h"

namespace denseshift::rtl {
namespace {

constexpr std::uint32_t kGroupBytes = 8192;

struct Feeder8x8 {
  using Model = Vds_feeder_8x8b16;
  static constexpr const char* kName = "8x8b16";
  static constexpr FeederSizes kSizes{8, 8, 16, 16, kGroupBytes};
};

struct Feeder16x4 {
  using Model = Vds_feeder_16x4b8;
  static constexpr const char* kName = "16x4b8";
  static constexpr FeederSizes kSizes{16, 4, 32, 8, kGroupBytes};
};

struct Feeder4x16 {
  using Model = Vds_feeder_4x16b32;
  static constexpr const char* kName = "4x16b32";
  static constexpr FeederSizes kSizes{4, 16, 16, 32, kGroupBytes};
};

// Chances of 100 that the feeder's neighbours are ready.
struct Pace {
  unsigned command = 100;
  unsigned tile = 100;
  unsigned bank = 100;
  unsigned post = 100;
};

template <typename Shape>
class DsFeeder : public testing::Test {
 protected:
  static constexpr FeederSizes kSizes = Shape::kSizes;

  DsFeeder() : bench_(kSizes, random_) { Set(dut_->clear_i, 0); }

  // Neighbours of this cycle.
  void DriveInputs(const Pace& pace) {
    if (!valid_ && !bench_.commands.empty() && random_.Chance(pace.command)) {
      valid_ = true;
      post_idle_ = false;
    }
    post_idle_ = post_idle_ || (valid_ && random_.Chance(pace.post));
    tile_ready_ = tile_ready_ || random_.Chance(pace.tile);
    for (std::size_t bank = 0; bank < bank_state_.size(); ++bank) {
      if (bank_state_.at(bank) == Bank::kDrained && random_.Chance(pace.bank)) {
        bank_state_.at(bank) = Bank::kFree;
      }
    }
    Set(dut_->cmd_valid_i, valid_);
    if (valid_) {
      SetCommand(dut_->cmd_i, bench_.commands.front());
    }
    Set(dut_->post_idle_i, post_idle_);
    Set(dut_->tile_ready_i, tile_ready_);
    Set(dut_->bank_free_i,
        (bank_state_[0] == Bank::kFree ? 1U : 0U) | (bank_state_[1] == Bank::kFree ? 2U : 0U));
  }

  void Cycle(const Pace& pace) {
    DriveInputs(pace);
    dut_.Settle();
    ASSERT_NO_FATAL_FAILURE(CheckStage1());
    std::optional<Issue> issue;
    if (dut_->read_o != 0) {
      ASSERT_FALSE(bench_.issues.empty()) << "a read nobody asked for";
      issue = bench_.issues.front();
      ASSERT_NO_FATAL_FAILURE(CheckStage0(*issue)) << bench_.issues.size() << " issues were left";
      bench_.issues.pop_front();
      first_cycle_ = issue_count_ == 0 ? dut_.Cycles() : first_cycle_;
      last_cycle_ = dut_.Cycles();
      ++issue_count_;
    } else {
      ASSERT_NO_FATAL_FAILURE(CheckNoIssue());
    }
    ASSERT_NO_FATAL_FAILURE(CheckActivity());
    ASSERT_EQ(dut_->cmd_ready_o, issue && issue->ends ? 1 : 0);
    ASSERT_EQ(dut_->done_o, issue && issue->ends ? 1 : 0);
    dut_.Tick();
    stage1_ = issue;
    if (issue && issue->ends) {
      bench_.commands.pop_front();
      valid_ = false;
    }
  }

  // Addresses, lane counts and what is taken from the neighbours.
  void CheckStage0(const Issue& issue) {
    ASSERT_EQ(dut_->a_group_o, issue.a.group);
    ASSERT_EQ(dut_->a_addr_o, issue.a.byte);
    ASSERT_EQ(dut_->tile_take_o, issue.starts_tile ? 1 : 0);
    ASSERT_EQ(dut_->bank_claim_o, issue.claims ? 1 : 0);
    ASSERT_EQ(dut_->range_o, 0);
    if (issue.vector) {
      ASSERT_TRUE(post_idle_) << "before the post unit was idle";
      ASSERT_EQ(dut_->b_use_o, 0);
      return;
    }
    if (dut_->lanes_we_o != 0) {
      lanes_a_ = dut_->a_len_o;
      lanes_ab_ = dut_->ab_len_o;
    }
    ASSERT_EQ(lanes_a_, issue.length_a);
    ASSERT_EQ(lanes_ab_, issue.length_a + issue.length_b);
    ASSERT_EQ(dut_->b_use_o, issue.length_b > 0 ? 1 : 0);
    if (issue.length_b > 0) {
      ASSERT_EQ((dut_->b_addr_o + issue.length_a) % kGroupBytes, issue.b.byte);
      ASSERT_EQ(issue.b.group, 1 - issue.a.group);
    }
    if (issue.starts_tile) {
      ASSERT_TRUE(tile_ready_) << "before the weights were there";
      tile_ready_ = false;
    }
    if (issue.claims) {
      ASSERT_EQ(dut_->bank_o, issue.bank);
      ASSERT_EQ(bank_state_.at(issue.bank), Bank::kFree) << "before the bank was drained";
      bank_state_.at(issue.bank) = Bank::kInUse;
    }
  }

  void CheckNoIssue() {
    ASSERT_EQ(dut_->tile_take_o, 0);
    ASSERT_EQ(dut_->bank_claim_o, 0);
    ASSERT_EQ(dut_->lanes_we_o, 0);
    ASSERT_EQ(dut_->range_o, 0);
  }

  // Flags of the issue of the cycle before.
  void CheckStage1() {
    const bool step = stage1_ && !stage1_->vector;
    const bool tap = stage1_ && stage1_->vector;
    ASSERT_EQ(dut_->step_o, step ? 1 : 0);
    ASSERT_EQ(dut_->tap_o, tap ? 1 : 0);
    ASSERT_EQ(dut_->swap_o, step && stage1_->starts_tile ? 1 : 0);
    ASSERT_EQ(dut_->sum_done_o, step && stage1_->last ? 1 : 0);
    if (step) {
      ASSERT_EQ(dut_->position_o, stage1_->position);
      ASSERT_EQ(dut_->first_o, stage1_->first ? 1 : 0);
      ASSERT_EQ(dut_->step_bank_o, stage1_->bank);
      if (stage1_->drains) {
        bank_state_.at(stage1_->bank) = Bank::kDrained;
      }
    }
    if (tap) {
      ASSERT_EQ(dut_->tap_first_o, stage1_->first ? 1 : 0);
      ASSERT_EQ(dut_->tap_last_o, stage1_->last ? 1 : 0);
      ASSERT_EQ(dut_->tap_operation_o, static_cast<std::uint32_t>(stage1_->operation));
    }
  }

  // docs/registers.md, Counters, feeder.
  void CheckActivity() {
    constexpr std::uint32_t kBusy = 0;
    constexpr std::uint32_t kWaitInput = 1;
    constexpr std::uint32_t kWaitOutput = 2;
    constexpr std::uint32_t kIdle = 3;
    const std::uint32_t activity = dut_->activity_o;
    ASSERT_EQ(dut_->active_o, dut_->read_o);
    if (dut_->read_o != 0) {
      ASSERT_EQ(activity, kBusy);
    } else if (!valid_) {
      ASSERT_EQ(activity, kIdle);
    } else if (bench_.issues.front().vector) {
      ASSERT_TRUE(activity == kWaitOutput || post_idle_) << activity;
    } else {
      ASSERT_TRUE(activity == kWaitInput || activity == kWaitOutput) << activity;
      if (waited_ && tile_ready_) {
        ASSERT_EQ(activity, kWaitOutput);
      }
    }
    waited_ = valid_ && dut_->read_o == 0;
  }

  void Run(const Pace& pace) {
    for (int cycle = 0; !bench_.issues.empty(); ++cycle) {
      ASSERT_LT(cycle, 400000) << bench_.issues.size() << " issues never came";
      ASSERT_NO_FATAL_FAILURE(Cycle(pace));
    }
    for (int cycle = 0; cycle < 4; ++cycle) {
      ASSERT_NO_FATAL_FAILURE(Cycle(pace));
    }
    ASSERT_TRUE(bench_.commands.empty());
  }

  // Runs one command alone and returns the cycles from its first to its last issue.
  std::uint64_t CyclesOf(const Conv& conv) {
    issue_count_ = 0;
    bench_.Add(conv);
    Run({});
    return last_cycle_ - first_cycle_ + 1;
  }

  // The first issue that leaves its group is reported, and no other.
  void CheckRange(const Command& command) {
    std::int64_t expected = -1;
    for (std::size_t i = 0; i < bench_.issues.size() && expected < 0; ++i) {
      if (Outside(bench_.issues[i].a, bench_.issues[i].length_a) ||
          Outside(bench_.issues[i].b, bench_.issues[i].length_b)) {
        expected = static_cast<std::int64_t>(i);
      }
    }
    SetCommand(dut_->cmd_i, command);
    Set(dut_->cmd_valid_i, 1);
    Set(dut_->tile_ready_i, 1);
    Set(dut_->bank_free_i, 3);
    Set(dut_->post_idle_i, 1);
    std::int64_t issued = 0;
    std::int64_t reported = -1;
    while (reported < 0 && issued < static_cast<std::int64_t>(bench_.issues.size())) {
      dut_.Settle();
      const Issue& issue = bench_.issues[static_cast<std::size_t>(issued)];
      if (dut_->range_o != 0) {
        reported = issued;
        const Place& bad = Outside(issue.a, issue.length_a) ? issue.a : issue.b;
        EXPECT_EQ(dut_->range_addr_o, bad.byte);
      } else if (dut_->read_o != 0) {
        ASSERT_EQ(dut_->a_group_o, issue.a.group);
        ASSERT_EQ(dut_->a_addr_o, issue.a.byte % kGroupBytes);
      }
      issued += dut_->read_o;
      dut_.Tick();
    }
    ASSERT_EQ(reported, expected) << "of " << bench_.issues.size() << " issues";
  }

  // A small value, or any the field can hold.
  std::uint32_t AnyField(unsigned bits) {
    const std::uint32_t most = (1U << bits) - 1;
    switch (random_.Between(0, 3)) {
      case 0:
        return random_.Word(0, most);
      case 1:
        return most - random_.Word(0, 64);
      default:
        return random_.Word(0, 64);
    }
  }

  static bool Outside(const Place& place, std::uint32_t length) {
    return place.byte + length > kGroupBytes;
  }

  void Clear() {
    Set(dut_->clear_i, 1);
    Set(dut_->cmd_valid_i, 0);
    dut_.Tick();
    Set(dut_->clear_i, 0);
    bench_.Clear();
    stage1_.reset();
    bank_state_.fill(Bank::kFree);
    valid_ = false;
    tile_ready_ = false;
    waited_ = false;
  }

  enum class Bank { kFree, kInUse, kDrained };

  Random random_;
  Clocked<typename Shape::Model> dut_;
  FeederBench bench_;
  std::optional<Issue> stage1_;
  std::array<Bank, 2> bank_state_{};
  bool valid_ = false;
  bool post_idle_ = false;
  bool tile_ready_ = false;
  bool waited_ = false;
  std::uint32_t lanes_a_ = 0;
  std::uint32_t lanes_ab_ = 0;
  std::uint64_t issue_count_ = 0;
  std::uint64_t first_cycle_ = 0;
  std::uint64_t last_cycle_ = 0;
};

using Shapes = testing::Types<Feeder8x8, Feeder16x4, Feeder4x16>;
TYPED_TEST_SUITE(DsFeeder, Shapes, ShapeNames);

TYPED_TEST(DsFeeder, IssuesConvStepsInOrder) {
  for (int i = 0; i < 40; ++i) {
    SCOPED_TRACE(testing::Message() << "command " << i);
    this->bench_.Add(this->bench_.MakeConv());
    ASSERT_NO_FATAL_FAILURE(this->Run({}));
  }
}

TYPED_TEST(DsFeeder, IssuesVectorTapsInOrder) {
  for (int i = 0; i < 60; ++i) {
    SCOPED_TRACE(testing::Message() << "command " << i);
    this->bench_.Add(this->bench_.MakeVector());
    ASSERT_NO_FATAL_FAILURE(this->Run({}));
  }
}

// Queued commands of both kinds against neighbours that are seldom ready.
TYPED_TEST(DsFeeder, WaitsForItsNeighbours) {
  for (const Pace& pace :
       {Pace{100, 50, 50, 50}, Pace{30, 100, 5, 20}, Pace{100, 5, 100, 5}, Pace{60, 20, 20, 100}}) {
    SCOPED_TRACE(testing::Message() << "tile " << pace.tile << " %, bank " << pace.bank << " %");
    for (int i = 0; i < 15; ++i) {
      if (this->random_.Chance(60)) {
        this->bench_.Add(this->bench_.MakeConv());
      } else {
        this->bench_.Add(this->bench_.MakeVector());
      }
    }
    ASSERT_NO_FATAL_FAILURE(this->Run(pace));
  }
}

// One sum over several commands: they share a bank, only the first claims it and starts from 0.
TYPED_TEST(DsFeeder, ContinuesASumOverCommands) {
  for (int i = 0; i < 10; ++i) {
    const std::uint32_t parts = this->random_.Word(2, 4);
    std::uint32_t positions = 0;
    for (std::uint32_t part = 0; part < parts; ++part) {
      Conv conv;
      do {
        conv = this->bench_.MakeConv();
      } while (conv.Positions() > this->kSizes.depth ||
               (positions != 0 && conv.Positions() != positions));
      positions = conv.Positions();
      conv.SplitInto(positions);
      conv.tiles = 1;
      conv.first = part == 0;
      conv.last = part + 1 == parts;
      this->bench_.Add(conv);
    }
    this->bench_.Add(this->bench_.MakeConv());
    ASSERT_NO_FATAL_FAILURE(this->Run({80, 60, 30, 50}));
  }
}

// Nothing to wait for: a step in every cycle across tiles and stripes.
TYPED_TEST(DsFeeder, IssuesAStepInEveryCycle) {
  for (int i = 0; i < 20; ++i) {
    const Conv conv = this->bench_.MakeConv();
    // Two cycles later the bank may be used again.
    if (std::min(conv.stripe, conv.last_stripe) * conv.steps < 3) {
      continue;
    }
    const std::uint64_t cycles = this->CyclesOf(conv);
    EXPECT_EQ(cycles, std::uint64_t{conv.Positions()} * conv.steps * conv.tiles);
  }
}

TYPED_TEST(DsFeeder, StartsAfreshAfterClear) {
  for (int run = 0; run < 20; ++run) {
    SCOPED_TRACE(testing::Message() << "run " << run);
    this->bench_.Add(this->bench_.MakeConv());
    for (std::uint64_t cycle = this->random_.Between(0, 50); cycle > 0; --cycle) {
      ASSERT_NO_FATAL_FAILURE(this->Cycle({100, 80, 80, 80}));
    }
    this->Clear();
    this->bench_.Add(this->bench_.MakeVector());
    this->bench_.Add(this->bench_.MakeConv());
    ASSERT_NO_FATAL_FAILURE(this->Run({100, 80, 80, 80}));
  }
}

// The first step or tap that uses a byte behind its group is reported, none before it.
TYPED_TEST(DsFeeder, ReportsTheFirstByteOutsideAGroup) {
  int outside = 0;
  for (int i = 0; i < 300; ++i) {
    SCOPED_TRACE(testing::Message() << "command " << i);
    this->Clear();
    if (this->random_.Chance(50)) {
      Conv conv = this->bench_.MakeConv();
      conv.base = kGroupBytes / this->kSizes.bus_bytes - this->random_.Word(1, 4 * conv.pitch);
      this->bench_.Add(conv);
    } else {
      Vector vector = this->bench_.MakeVector();
      vector.base = kGroupBytes / this->kSizes.bus_bytes - this->random_.Word(1, 4 * vector.pitch);
      this->bench_.Add(vector);
    }
    for (const Issue& issue : this->bench_.issues) {
      outside += this->Outside(issue.a, issue.length_a) ? 1 : 0;
    }
    ASSERT_NO_FATAL_FAILURE(this->CheckRange(this->bench_.commands.front()));
  }
  EXPECT_GT(outside, 100);
}

// Fields of any size: what is reported, and where, follows from the addresses modulo 2^24.
TYPED_TEST(DsFeeder, ReportsAccessesOfAnyFields) {
  for (int i = 0; i < 2000; ++i) {
    Conv conv;
    conv.columns = this->random_.Word(1, 4);
    conv.rows = this->random_.Word(1, 3);
    conv.runs_x = this->random_.Word(1, 3);
    conv.runs_y = this->random_.Word(1, 3);
    conv.row_stride = this->random_.Word(1, 3);
    conv.kernel_step = this->random_.Word(1, 3);
    conv.parity = this->random_.Word(0, 1);
    conv.run_length = this->random_.Word(1, this->kSizes.lanes);
    conv.base = this->AnyField(16);
    conv.pitch = this->AnyField(16);
    conv.x0 = this->AnyField(24);
    conv.x_stride = this->AnyField(24);
    conv.run_step = this->AnyField(24);
    conv.dual = conv.runs_x == 1 && conv.kernel_step % 2 == 1;
    conv.SplitInto(this->kSizes.depth);
    conv.steps = static_cast<std::uint32_t>(StepsOf(conv, this->kSizes.lanes).size());
    SCOPED_TRACE(testing::Message()
                 << "base " << conv.base << ", pitch " << conv.pitch << ", x0 " << conv.x0
                 << ", x_stride " << conv.x_stride << ", run_step " << conv.run_step << ", sh "
                 << conv.row_stride << ", dh " << conv.kernel_step << ", par " << conv.parity);
    this->Clear();
    this->bench_.Add(conv);
    ASSERT_NO_FATAL_FAILURE(this->CheckRange(this->bench_.commands.front()));
  }
}

}  // namespace
}  // namespace denseshift::rtl
