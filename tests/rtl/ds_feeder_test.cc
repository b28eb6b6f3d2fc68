// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0
//
// rtl/ctrl/ds_feeder.sv against a plain enumeration of docs/commands.md, CONV and VECTOR.

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <gtest/gtest.h>
#include <optional>
#include <vector>

#include "tests/rtl/clocked.h"
#include "tests/rtl/command.h"
#include "tests/rtl/ports.h"
#include "tests/rtl/random.h"
#include "tests/rtl/steps.h"

#include "Vds_feeder_16x4b8.h"
#include "Vds_feeder_4x16b32.h"
#include "Vds_feeder_8x8b16.h"

namespace denseshift::rtl {
namespace {

constexpr std::uint32_t kGroupBytes = 8192;

struct Feeder8x8 {
  using Model = Vds_feeder_8x8b16;
  static constexpr std::uint32_t kLanes = 8;
  static constexpr std::uint32_t kColumns = 8;
  static constexpr std::uint32_t kDepth = 16;
  static constexpr std::uint32_t kBusBytes = 16;
};

struct Feeder16x4 {
  using Model = Vds_feeder_16x4b8;
  static constexpr std::uint32_t kLanes = 16;
  static constexpr std::uint32_t kColumns = 4;
  static constexpr std::uint32_t kDepth = 32;
  static constexpr std::uint32_t kBusBytes = 8;
};

struct Feeder4x16 {
  using Model = Vds_feeder_4x16b32;
  static constexpr std::uint32_t kLanes = 4;
  static constexpr std::uint32_t kColumns = 16;
  static constexpr std::uint32_t kDepth = 16;
  static constexpr std::uint32_t kBusBytes = 32;
};

// What the feeder has to do in one cycle.
struct Issue {
  bool vector = false;
  Place a;
  std::uint32_t length_a = 0;
  Place b;
  std::uint32_t length_b = 0;
  bool starts_tile = false;
  bool claims = false;
  bool first = false;
  bool last = false;  // tap, or step of a column tile's sums
  bool drains = false;
  bool ends = false;  // the command
  std::uint32_t position = 0;
  std::uint32_t bank = 0;
  Operation operation = Operation::kMaximum;
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
  static constexpr std::uint32_t kVector = std::min(Shape::kLanes, Shape::kColumns);

  DsFeeder() { Set(dut_->clear_i, 0); }

  // A convolution with random stripes and column tiles.
  Conv MakeConv() {
    Conv conv = RandomConv(random_, Shape::kLanes, Shape::kBusBytes, kGroupBytes);
    conv.SplitInto(random_.Word(1, Shape::kDepth));
    conv.tiles = random_.Word(1, 3);
    conv.valid = random_.Word(1, Shape::kColumns);
    conv.steps = static_cast<std::uint32_t>(StepsOf(conv, Shape::kLanes).size());
    return conv;
  }

  Vector MakeVector() { return RandomVector(random_, kVector, Shape::kBusBytes, kGroupBytes); }

  // Queues a command and what it asks for: stripe, column tile, step, position.
  void Expect(const Conv& conv) {
    commands_.push_back(conv.Encode());
    const std::vector<Step> steps = StepsOf(conv, Shape::kLanes);
    for (std::uint32_t stripe = 0; stripe < conv.stripes; ++stripe) {
      const std::uint32_t length = stripe + 1 == conv.stripes ? conv.last_stripe : conv.stripe;
      for (std::uint32_t tile = 0; tile < conv.tiles; ++tile) {
        for (std::size_t step = 0; step < steps.size(); ++step) {
          for (std::uint32_t p = 0; p < length; ++p) {
            Issue issue = MakeIssue(conv, steps[step], stripe * conv.stripe + p);
            issue.starts_tile = p == 0;
            issue.first = conv.first && step == 0;
            issue.claims = p == 0 && issue.first;
            issue.last = step + 1 == steps.size() && p + 1 == length;
            issue.drains = issue.last && conv.last;
            issue.position = p;
            issue.bank = bank_;
            issues_.push_back(issue);
          }
        }
        bank_ = conv.last ? 1 - bank_ : bank_;
      }
    }
    issues_.back().ends = true;
  }

  static Issue MakeIssue(const Conv& conv, const Step& step, std::uint32_t position) {
    const std::uint64_t row = std::uint64_t{position / conv.columns} * conv.row_stride;
    const std::uint64_t x = std::uint64_t{position % conv.columns} * conv.x_stride + conv.x0;
    const std::uint32_t ky = step.run / conv.runs_x;
    const std::uint32_t kx = step.run % conv.runs_x;
    Issue issue;
    issue.a = PlaceOf(conv,
                      Shape::kBusBytes,
                      row + std::uint64_t{ky} * conv.kernel_step,
                      x + std::uint64_t{kx} * conv.run_step + step.offset);
    issue.length_a = step.length_a;
    if (step.length_b > 0) {
      issue.b =
          PlaceOf(conv, Shape::kBusBytes, row + std::uint64_t{ky + 1} * conv.kernel_step, x);
      issue.length_b = step.length_b;
    }
    return issue;
  }

  // The same for position, channel group, tap.
  void Expect(const Vector& vector) {
    commands_.push_back(vector.Encode());
    const std::uint32_t taps = vector.runs_x * vector.runs_y;
    for (std::uint32_t position = 0; position < vector.Positions(); ++position) {
      for (std::uint32_t group = 0; group < vector.groups; ++group) {
        for (std::uint32_t tap = 0; tap < taps; ++tap) {
          const std::uint64_t row = position / vector.columns * vector.row_stride +
                                    tap / vector.runs_x * vector.kernel_step;
          const std::uint64_t x = vector.x0 + position % vector.columns * vector.x_stride +
                                  tap % vector.runs_x * vector.run_step + group * kVector;
          Issue issue;
          issue.vector = true;
          issue.a = PlaceOf(vector, Shape::kBusBytes, row, x);
          issue.length_a = group + 1 == vector.groups ? vector.valid : kVector;
          issue.first = tap == 0;
          issue.last = tap + 1 == taps;
          issue.operation = vector.operation;
          issues_.push_back(issue);
        }
      }
    }
    issues_.back().ends = true;
  }

  // Neighbours of this cycle.
  void DriveInputs(const Pace& pace) {
    if (!valid_ && !commands_.empty() && random_.Chance(pace.command)) {
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
      SetCommand(dut_->cmd_i, commands_.front());
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
      ASSERT_FALSE(issues_.empty()) << "a read nobody asked for";
      issue = issues_.front();
      ASSERT_NO_FATAL_FAILURE(CheckStage0(*issue)) << issues_.size() << " issues were left";
      issues_.pop_front();
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
      commands_.pop_front();
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
    } else if (issues_.front().vector) {
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
    for (int cycle = 0; !issues_.empty(); ++cycle) {
      ASSERT_LT(cycle, 400000) << issues_.size() << " issues never came";
      ASSERT_NO_FATAL_FAILURE(Cycle(pace));
    }
    for (int cycle = 0; cycle < 4; ++cycle) {
      ASSERT_NO_FATAL_FAILURE(Cycle(pace));
    }
    ASSERT_TRUE(commands_.empty());
  }

  // Runs one command alone and returns the cycles from its first to its last issue.
  std::uint64_t CyclesOf(const Conv& conv) {
    issue_count_ = 0;
    Expect(conv);
    Run({});
    return last_cycle_ - first_cycle_ + 1;
  }

  // The first issue of a command that has to be reported, or -1; and the reported one.
  void CheckRange(const Command& command) {
    std::int64_t expected = -1;
    for (std::size_t i = 0; i < issues_.size() && expected < 0; ++i) {
      if (Outside(issues_[i].a, issues_[i].length_a) || Outside(issues_[i].b, issues_[i].length_b)) {
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
    while (reported < 0 && issued < static_cast<std::int64_t>(issues_.size())) {
      dut_.Settle();
      if (dut_->range_o != 0) {
        reported = issued;
        const Issue& issue = issues_[static_cast<std::size_t>(issued)];
        const Place& bad = Outside(issue.a, issue.length_a) ? issue.a : issue.b;
        EXPECT_EQ(dut_->range_addr_o, bad.byte) << "address inside the group";
      }
      issued += dut_->read_o;
      dut_.Tick();
    }
    ASSERT_EQ(reported, expected) << "of " << issues_.size() << " issues";
  }

  static bool Outside(const Place& place, std::uint32_t length) {
    return place.byte + length > kGroupBytes;
  }

  void Clear() {
    Set(dut_->clear_i, 1);
    Set(dut_->cmd_valid_i, 0);
    dut_.Tick();
    Set(dut_->clear_i, 0);
    commands_.clear();
    issues_.clear();
    stage1_.reset();
    bank_state_.fill(Bank::kFree);
    bank_ = 0;
    valid_ = false;
    tile_ready_ = false;
    waited_ = false;
  }

  enum class Bank { kFree, kInUse, kDrained };

  Random random_;
  Clocked<typename Shape::Model> dut_;
  std::deque<Command> commands_;
  std::deque<Issue> issues_;
  std::optional<Issue> stage1_;
  std::array<Bank, 2> bank_state_{};
  std::uint32_t bank_ = 0;  // of the next column tile's sums
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
TYPED_TEST_SUITE(DsFeeder, Shapes);

TYPED_TEST(DsFeeder, IssuesConvStepsInOrder) {
  for (int i = 0; i < 40; ++i) {
    SCOPED_TRACE(testing::Message() << "command " << i);
    this->Expect(this->MakeConv());
    ASSERT_NO_FATAL_FAILURE(this->Run({}));
  }
}

TYPED_TEST(DsFeeder, IssuesVectorTapsInOrder) {
  for (int i = 0; i < 60; ++i) {
    SCOPED_TRACE(testing::Message() << "command " << i);
    this->Expect(this->MakeVector());
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
        this->Expect(this->MakeConv());
      } else {
        this->Expect(this->MakeVector());
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
        conv = this->MakeConv();
      } while (conv.Positions() > TypeParam::kDepth ||
               (positions != 0 && conv.Positions() != positions));
      positions = conv.Positions();
      conv.SplitInto(positions);
      conv.tiles = 1;
      conv.first = part == 0;
      conv.last = part + 1 == parts;
      this->Expect(conv);
    }
    this->Expect(this->MakeConv());
    ASSERT_NO_FATAL_FAILURE(this->Run({80, 60, 30, 50}));
  }
}

// Nothing to wait for: a step in every cycle across tiles and stripes.
TYPED_TEST(DsFeeder, IssuesAStepInEveryCycle) {
  for (int i = 0; i < 20; ++i) {
    const Conv conv = this->MakeConv();
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
    this->Expect(this->MakeConv());
    for (std::uint64_t cycle = this->random_.Between(0, 50); cycle > 0; --cycle) {
      ASSERT_NO_FATAL_FAILURE(this->Cycle({100, 80, 80, 80}));
    }
    this->Clear();
    this->Expect(this->MakeVector());
    this->Expect(this->MakeConv());
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
      Conv conv = this->MakeConv();
      conv.base = kGroupBytes / TypeParam::kBusBytes - this->random_.Word(1, 4 * conv.pitch);
      this->Expect(conv);
    } else {
      Vector vector = this->MakeVector();
      vector.base = kGroupBytes / TypeParam::kBusBytes - this->random_.Word(1, 4 * vector.pitch);
      this->Expect(vector);
    }
    for (const Issue& issue : this->issues_) {
      outside += this->Outside(issue.a, issue.length_a) ? 1 : 0;
    }
    ASSERT_NO_FATAL_FAILURE(this->CheckRange(this->commands_.front()));
  }
  EXPECT_GT(outside, 100);
}

// No access wraps, however large the fields are.
TYPED_TEST(DsFeeder, ReportsHugeOffsets) {
  constexpr std::uint32_t kMost = (1U << 24) - 1;
  const auto check = [this](const Conv& conv, const char* name) {
    SCOPED_TRACE(name);
    this->Clear();
    this->Expect(conv);
    ASSERT_NO_FATAL_FAILURE(this->CheckRange(this->commands_.front()));
  };
  Conv conv;
  conv.columns = 3;
  conv.pitch = 4;
  conv.x0 = 16;
  conv.SplitInto(3);
  Conv huge = conv;
  huge.x0 = kMost;
  check(huge, "x0");
  huge = conv;
  huge.x_stride = kMost - 7;
  check(huge, "x_stride");
  huge = conv;
  huge.runs_x = 3;
  huge.steps = 3;
  huge.run_step = kMost - 7;
  check(huge, "run_step");
  huge = conv;
  huge.base = 0xFFFF;
  check(huge, "base");
  huge = conv;
  huge.base = 2;
  huge.columns = 1;
  huge.rows = 2;
  huge.row_stride = 3;
  huge.pitch = 0xFFFF;
  huge.parity = 1;
  huge.SplitInto(2);
  check(huge, "pitch");
}

}  // namespace
}  // namespace denseshift::rtl
