// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0
//
// rtl/mem/ds_load.sv against a plain copy by docs/commands.md, LOAD.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <vector>

#include <gtest/gtest.h>

#include "tests/rtl/axi_read_slave.h"
#include "tests/rtl/clocked.h"
#include "tests/rtl/command.h"
#include "tests/rtl/load_bench.h"
#include "tests/rtl/ports.h"
#include "tests/rtl/random.h"
#include "tests/rtl/shape_names.h"

#include "Vds_load_b32.h"
#include "Vds_load_b8.h"

namespace denseshift::rtl {
namespace {

constexpr std::uint32_t kMemoryBytes = 4 * kPageBytes;
constexpr std::uint32_t kFirstIndex = 500;

struct Load8 {
  using Model = Vds_load_b8;
  static constexpr const char* kName = "b8";
  // Groups of 1024 bytes, 4096 bytes of weights, 8 entries for 4 columns.
  static constexpr LoadSizes kSizes{8, 128, 512, 32};
};

struct Load32 {
  using Model = Vds_load_b32;
  static constexpr const char* kName = "b32";
  // Groups of 8192 bytes, 8192 bytes of weights, 16 entries for 16 columns.
  static constexpr LoadSizes kSizes{32, 256, 256, 64};
};

// A command under way.
struct Pending {
  std::size_t writes_left = 0;  // of all commands, when this one ends
  bool signals = false;
};

template <typename Shape>
class DsLoad : public testing::Test {
 protected:
  static constexpr LoadSizes kSizes = Shape::kSizes;
  static constexpr std::uint32_t kBus = kSizes.bus_bytes;

  DsLoad() : memory_(kMemoryBytes, kBus, random_) {
    Set(dut_->clear_i, 0);
    Set(dut_->abort_i, 0);
    Set(dut_->push_i, 0);
    Set(dut_->hold_i, 0);
  }

  Load MakeLoad() { return RandomLoad(random_, kSizes, kMemoryBytes); }

  // Queues a load and what it writes.
  void Add(const Load& load, const Command& command) {
    for (const BufferWrite& write : WritesOf(load, kSizes, memory_.memory)) {
      writes_.push_back(write);
      ++write_count_;
    }
    pending_.push_back({write_count_, command.Get(0, 24, 1) != 0});
    reads_.push_back(load.rows * load.words);
    commands_.push_back(command);
  }

  void Add(const Load& load) { Add(load, load.Encode()); }

  // Sets the inputs of a cycle and takes its handshakes.
  void Drive() {
    Set(dut_->push_i, 0);
    if (!commands_.empty() && dut_->full_o == 0 && random_.Chance(push_percent_)) {
      Set(dut_->push_i, 1);
      SetCommand(dut_->cmd_i, commands_.front(), kFirstIndex + pushed_);
    }
    Set(dut_->count_a_i, tokens_a_);
    Set(dut_->count_b_i, tokens_b_);
    Set(dut_->hold_i, random_.Chance(hold_percent_));
    memory_.Drive(dut_);
    dut_.Settle();
    memory_.Sample(dut_);
    if (dut_->push_i != 0) {
      commands_.pop_front();
      ++pushed_;
    }
  }

  // One cycle.
  void Cycle() {
    Drive();
    ASSERT_NO_FATAL_FAILURE(CheckOldest());
    ASSERT_NO_FATAL_FAILURE(CheckIssued());
    ASSERT_NO_FATAL_FAILURE(CheckTake());
    ASSERT_NO_FATAL_FAILURE(CheckWrite());
    ASSERT_NO_FATAL_FAILURE(CheckGive());
    ASSERT_NO_FATAL_FAILURE(CheckActivity());
    dut_.Tick();
  }

  // Without an error the index shown is that of the oldest command the unit holds.
  void CheckOldest() {
    const std::size_t held = pending_.size() - commands_.size() - (dut_->push_i != 0 ? 1 : 0);
    if (held > 0 && dut_->error_o == 0) {
      ASSERT_EQ(dut_->error_index_o, kFirstIndex + pushed_ - (pending_.size() - commands_.size()));
    }
  }

  // A command is issued once, in the cycle before its last address appears; one that reads nothing,
  // in the cycle after it was taken.
  void CheckIssued() {
    if (dut_->arvalid_o != 0 && !shown_) {
      words_shown_ += dut_->arlen_o + 1U;
    }
    shown_ = dut_->arvalid_o != 0 && dut_->arready_i == 0;
    ASSERT_GE(words_shown_, words_issued_) << "issued too early";
    if (!issuing_) {
      ASSERT_EQ(words_shown_, words_issued_);
      ASSERT_EQ(dut_->issued_o, 0) << "a command that was not taken";
      return;
    }
    const std::uint32_t words = reads_.front();
    if (words == 0) {
      ASSERT_EQ(dut_->issued_o, 1);
    } else {
      ASSERT_LT(words_shown_, words_issued_ + words) << "not issued with its last burst";
    }
    if (dut_->issued_o != 0) {
      reads_.pop_front();
      words_issued_ += words;
      issuing_ = false;
      ++issued_;
    }
  }

  void CheckTake() {
    if (dut_->take_o != 0) {
      ASSERT_EQ(dut_->hold_i, 0);
      ASSERT_FALSE(issuing_) << "two commands at once";
      issuing_ = true;
      ASSERT_LE(dut_->take_a_o, tokens_a_);
      ASSERT_LE(dut_->take_b_o, tokens_b_);
      tokens_a_ -= dut_->take_a_o;
      tokens_b_ -= dut_->take_b_o;
      taken_a_ += dut_->take_a_o;
      taken_b_ += dut_->take_b_o;
      ++takes_;
    }
  }

  void CheckWrite() {
    if (dut_->we_o == 0) {
      return;
    }
    ASSERT_FALSE(writes_.empty()) << "a write nobody asked for";
    const BufferWrite& write = writes_.front();
    ASSERT_EQ(dut_->dest_o, static_cast<std::uint32_t>(write.destination));
    if (write.destination == Destination::kActivation) {
      ASSERT_EQ(dut_->group_o, write.group);
    }
    ASSERT_EQ(dut_->addr_o, write.word);
    ASSERT_EQ(Bytes(dut_->data_o, kBus), write.bytes) << writes_.size() << " words were left";
    writes_.pop_front();
    first_write_ = written_ == 0 ? dut_.Cycles() : first_write_;
    last_write_ = dut_.Cycles();
    ++written_;
  }

  // The token of a command comes with its last word, not earlier.
  void CheckGive() {
    const bool ends = !pending_.empty() && written_ == pending_.front().writes_left;
    const bool gives = ends && dut_->we_o != 0 && pending_.front().signals;
    ASSERT_EQ(dut_->give_o, gives ? 1 : 0);
    if (ends) {
      pending_.pop_front();
    }
  }

  // docs/registers.md, Counters, load.
  void CheckActivity() {
    constexpr std::uint32_t kBusy = 0;
    constexpr std::uint32_t kWaitInput = 1;
    constexpr std::uint32_t kIdle = 3;
    if (dut_->we_o != 0) {
      ASSERT_EQ(dut_->activity_o, kBusy);
      ASSERT_EQ(dut_->idle_o, 0);
    } else if (pending_.empty()) {
      ASSERT_TRUE(dut_->activity_o == kIdle || last_write_ + 1 == dut_.Cycles());
    } else if (dut_->push_i == 0) {
      ASSERT_EQ(dut_->activity_o, pending_.size() > commands_.size() ? kWaitInput : kIdle);
      ASSERT_EQ(dut_->idle_o, pending_.size() > commands_.size() ? 0 : 1);
    }
    if (memory_.Outstanding() > 0) {
      ASSERT_EQ(dut_->quiet_o, 0);
    }
  }

  void Run() {
    for (int cycle = 0; !pending_.empty(); ++cycle) {
      ASSERT_LT(cycle, 100000) << writes_.size() << " writes never came";
      ASSERT_NO_FATAL_FAILURE(Cycle());
      ASSERT_EQ(dut_->error_o, 0);
    }
    for (int cycle = 0; cycle < 4; ++cycle) {
      ASSERT_NO_FATAL_FAILURE(Cycle());
    }
    EXPECT_TRUE(writes_.empty());
    EXPECT_TRUE(reads_.empty());
    EXPECT_EQ(dut_->idle_o, 1);
    EXPECT_EQ(dut_->quiet_o, 1);
  }

  // Runs until the unit reports an error, which is then on its outputs.
  void RunToError() {
    for (int cycle = 0; cycle < 5000; ++cycle) {
      Drive();
      if (dut_->error_o != 0) {
        return;
      }
      ASSERT_NO_FATAL_FAILURE(CheckWrite());
      dut_.Tick();
    }
    FAIL() << "no error was reported";
  }

  void Clear() {
    Set(dut_->clear_i, 1);
    Set(dut_->push_i, 0);
    Set(dut_->abort_i, 0);
    dut_.Tick();
    Set(dut_->clear_i, 0);
    memory_ = AxiReadSlave(kMemoryBytes, kBus, random_);
    commands_.clear();
    writes_.clear();
    pending_.clear();
    reads_.clear();
    issuing_ = false;
    shown_ = false;
    words_shown_ = 0;
    words_issued_ = 0;
    write_count_ = 0;
    written_ = 0;
    pushed_ = 0;
  }

  Random random_;
  Clocked<typename Shape::Model> dut_;
  AxiReadSlave memory_;
  std::deque<Command> commands_;
  std::deque<BufferWrite> writes_;
  std::deque<Pending> pending_;
  std::deque<std::uint32_t> reads_;  // words each command reads that is not yet issued
  bool issuing_ = false;             // the first of them was taken
  bool shown_ = false;               // the address on the bus was there in the cycle before
  std::uint32_t words_shown_ = 0;    // of all addresses
  std::uint32_t words_issued_ = 0;   // of all commands issued
  std::size_t issued_ = 0;
  unsigned push_percent_ = 100;
  unsigned hold_percent_ = 0;
  std::uint32_t tokens_a_ = 0;
  std::uint32_t tokens_b_ = 0;
  std::uint32_t taken_a_ = 0;
  std::uint32_t taken_b_ = 0;
  std::size_t takes_ = 0;
  std::size_t write_count_ = 0;
  std::size_t written_ = 0;
  std::uint32_t pushed_ = 0;
  std::uint64_t first_write_ = 0;
  std::uint64_t last_write_ = 0;
};

using Shapes = testing::Types<Load8, Load32>;
TYPED_TEST_SUITE(DsLoad, Shapes, ShapeNames);

TYPED_TEST(DsLoad, CopiesOneCommandAtATime) {
  for (int i = 0; i < 200; ++i) {
    SCOPED_TRACE(testing::Message() << "load " << i);
    this->Add(this->MakeLoad());
    ASSERT_NO_FATAL_FAILURE(this->Run());
  }
}

// Queued commands on buses of any speed.
TYPED_TEST(DsLoad, CopiesQueuedCommandsFromABusOfAnySpeed) {
  for (const unsigned percent : {100U, 60U, 15U}) {
    for (const unsigned address_percent : {100U, 20U}) {
      SCOPED_TRACE(testing::Message()
                   << percent << " % data, " << address_percent << " % addresses");
      this->memory_.data_percent = percent;
      this->memory_.address_percent = address_percent;
      this->push_percent_ = percent;
      for (int i = 0; i < 40; ++i) {
        this->Add(this->MakeLoad());
      }
      ASSERT_NO_FATAL_FAILURE(this->Run());
    }
  }
}

// Rows around every place of a 4 KiB boundary, and rows longer than a burst.
TYPED_TEST(DsLoad, SplitsBurstsAtPagesAndLength) {
  for (std::uint32_t words = 1; words <= 70; words += 3) {
    for (std::uint32_t before = 0; before <= 40; before += 4) {
      SCOPED_TRACE(testing::Message() << words << " words, " << before << " before the page's end");
      Load load;
      load.destination = Destination::kWeight;
      load.words = words;
      load.tail = this->kBus;
      load.address = kPageBytes - before * this->kBus;
      this->Add(load);
      const std::size_t bursts = this->memory_.bursts;
      ASSERT_NO_FATAL_FAILURE(this->Run());
      const std::uint32_t first = std::min(before, words);
      const std::uint32_t expected = (first + 31) / 32 + (words - first + 31) / 32;
      if (before % 32 == 0 || first <= 32) {
        EXPECT_EQ(this->memory_.bursts - bursts, expected);
      }
    }
  }
}

// Rows of a tile may be repeated, skipped or read backwards: the stride is any number.
TYPED_TEST(DsLoad, FollowsAnyStride) {
  for (const std::int32_t words : {0, 1, -5, 100}) {
    Load load;
    load.rows = 4;
    load.words = 5;
    load.tail = 3;
    load.pitch = 5;
    load.address = 40 * this->kBus;
    load.stride = static_cast<std::uint32_t>(words) * this->kBus;
    this->Add(load);
    ASSERT_NO_FATAL_FAILURE(this->Run());
  }
}

// A command starts when both counters hold what it asks for, which is then taken.
TYPED_TEST(DsLoad, TakesAndGivesTokens) {
  std::uint32_t wanted_a = 0;
  std::uint32_t wanted_b = 0;
  for (int i = 0; i < 30; ++i) {
    const Load load = this->MakeLoad();
    Command command = load.Encode();
    const std::uint32_t a = this->random_.Word(0, this->random_.Chance(50) ? 2 : 15);
    const std::uint32_t b = this->random_.Word(0, this->random_.Chance(50) ? 2 : 15);
    command.WaitA(a).WaitB(b);
    if (this->random_.Chance(50)) {
      command.SignalA();
    }
    this->Add(load, command);
    wanted_a += a;
    wanted_b += b;
  }
  for (int cycle = 0; !this->pending_.empty(); ++cycle) {
    ASSERT_LT(cycle, 50000);
    this->tokens_a_ += this->random_.Chance(10) ? 1 : 0;
    this->tokens_b_ += this->random_.Chance(10) ? 1 : 0;
    ASSERT_NO_FATAL_FAILURE(this->Cycle());
  }
  EXPECT_EQ(this->takes_, 30U);
  EXPECT_EQ(this->taken_a_, wanted_a);
  EXPECT_EQ(this->taken_b_, wanted_b);
}

// One token short on either side: nothing is read or written.
TYPED_TEST(DsLoad, WaitsForTheLastToken) {
  for (const bool short_of_a : {true, false}) {
    const Load load = this->MakeLoad();
    Command command = load.Encode();
    command.WaitA(3).WaitB(2);
    this->Add(load, command);
    this->tokens_a_ = short_of_a ? 2 : 3;
    this->tokens_b_ = short_of_a ? 2 : 1;
    const std::size_t bursts = this->memory_.bursts;
    for (int cycle = 0; cycle < 50; ++cycle) {
      ASSERT_NO_FATAL_FAILURE(this->Cycle());
      ASSERT_EQ(this->dut_->take_o, 0);
      ASSERT_EQ(this->dut_->we_o, 0);
    }
    EXPECT_EQ(this->memory_.bursts, bursts);
    this->tokens_a_ = 3;
    this->tokens_b_ = 2;
    ASSERT_NO_FATAL_FAILURE(this->Run());
    EXPECT_EQ(this->tokens_a_, 0U);
    EXPECT_EQ(this->tokens_b_, 0U);
  }
}

// While it is held back it begins nothing; what it has begun goes on.
TYPED_TEST(DsLoad, IsHeldBack) {
  for (int i = 0; i < 20; ++i) {
    SCOPED_TRACE(testing::Message() << "load " << i);
    Load load = this->MakeLoad();
    load.rows = std::max(load.rows, 1U);
    this->Add(load);
    this->hold_percent_ = 100;
    const std::size_t bursts = this->memory_.bursts;
    const std::size_t takes = this->takes_;
    for (int cycle = 0; cycle < 20; ++cycle) {
      ASSERT_NO_FATAL_FAILURE(this->Cycle());
      ASSERT_EQ(this->dut_->we_o, 0);
    }
    EXPECT_EQ(this->memory_.bursts, bursts);
    EXPECT_EQ(this->takes_, takes);
    this->hold_percent_ = 0;
    ASSERT_NO_FATAL_FAILURE(this->Cycle());
    EXPECT_EQ(this->takes_, takes + 1) << "in the first cycle without";
    this->hold_percent_ = 100;
    ASSERT_NO_FATAL_FAILURE(this->Run());
  }
}

// Commands on a slow bus, held back at any time: each is reported once, with its last burst.
TYPED_TEST(DsLoad, ReportsEachCommandIssued) {
  std::size_t added = 0;
  for (const unsigned hold : {0U, 50U, 90U}) {
    for (const unsigned address : {100U, 50U, 10U}) {
      SCOPED_TRACE(testing::Message() << hold << " % held, " << address << " % addresses");
      this->hold_percent_ = hold;
      this->memory_.address_percent = address;
      for (int i = 0; i < 40; ++i) {
        this->Add(this->MakeLoad());
        ++added;
      }
      ASSERT_NO_FATAL_FAILURE(this->Run());
      EXPECT_EQ(this->issued_, added);
    }
  }
}

// A word in every cycle, data and fill, within a command.
TYPED_TEST(DsLoad, WritesAWordInEveryCycle) {
  Load load;
  load.rows = 6;
  load.words = 12;
  load.left = 2;
  load.right = 1;
  load.top = 1;
  load.bottom = 1;
  load.pitch = 16;
  load.tail = this->kBus;
  load.stride = 12 * this->kBus;
  this->Add(load);
  ASSERT_NO_FATAL_FAILURE(this->Run());
  // The first row is fill: data has arrived when it is needed.
  EXPECT_EQ(this->last_write_ - this->first_write_ + 1, this->written_);

  this->written_ = 0;
  this->write_count_ = 0;
  Load weights;
  weights.destination = Destination::kWeight;
  weights.words = 250;
  weights.tail = this->kBus;
  this->Add(weights);
  ASSERT_NO_FATAL_FAILURE(this->Run());
  EXPECT_EQ(this->last_write_ - this->first_write_ + 1, 250U);
}

// The bus answers nothing: at most 16 bursts are asked for.
TYPED_TEST(DsLoad, KeepsAtMostSixteenBurstsOutstanding) {
  Load load;
  load.rows = 40;
  load.words = 2;
  load.pitch = 2;
  load.stride = 64 * this->kBus;
  load.address = 0;
  load.tail = 1;
  load.rows = 30;
  this->memory_.data_percent = 0;
  load.stride = 4 * this->kBus;
  this->Add(load);
  for (int cycle = 0; cycle < 200; ++cycle) {
    ASSERT_NO_FATAL_FAILURE(this->Cycle());
  }
  EXPECT_EQ(this->memory_.Outstanding(), 16U);
  this->memory_.data_percent = 100;
  ASSERT_NO_FATAL_FAILURE(this->Run());
}

// The burst of a word answered with an error, and the command it belongs to.
TYPED_TEST(DsLoad, ReportsBusErrors) {
  for (const Response response : {Response::kSlaveError, Response::kDecodeError}) {
    for (const std::uint32_t bad : {0U, 5U, 31U, 32U, 69U}) {
      SCOPED_TRACE(testing::Message() << "word " << bad);
      this->Clear();
      Load load;
      load.destination = Destination::kWeight;
      load.words = 3;
      load.tail = this->kBus;
      load.address = 2 * kPageBytes;
      this->Add(load);
      load.words = 70;
      load.address = kPageBytes - 40 * this->kBus;
      this->Add(load);
      this->memory_.errors = {{load.address + bad * this->kBus, response}};
      ASSERT_NO_FATAL_FAILURE(this->RunToError());
      // 32 words, 8 up to the page's end, 30; with 32 byte words the page holds 128.
      const std::uint32_t burst = bad < 32 ? 0 : bad < 40 ? 32 : 40;
      EXPECT_EQ(this->dut_->error_code_o, response == Response::kSlaveError ? 2 : 3);
      EXPECT_EQ(this->dut_->error_index_o, kFirstIndex + 1);
      EXPECT_EQ(this->dut_->error_addr_o, load.address + burst * this->kBus);
    }
  }
}

// The first word behind each buffer.
TYPED_TEST(DsLoad, ReportsWritesOutsideABuffer) {
  for (int i = 0; i < 200; ++i) {
    SCOPED_TRACE(testing::Message() << "load " << i);
    this->Clear();
    Load load = this->MakeLoad();
    const std::uint32_t limit = this->kSizes.LimitOf(load.destination);
    load.base = this->random_.Chance(80) ? limit - this->random_.Word(0, 6) : 0xFFFF;
    this->Add(load);
    const auto bad = std::find_if(this->writes_.begin(),
                                  this->writes_.end(),
                                  [&](const auto& write) { return write.word >= limit; });
    if (bad == this->writes_.end()) {
      ASSERT_NO_FATAL_FAILURE(this->Run());
      continue;
    }
    const auto good = static_cast<std::size_t>(bad - this->writes_.begin());
    const std::uint32_t word = bad->word;
    ASSERT_NO_FATAL_FAILURE(this->RunToError());
    EXPECT_EQ(this->written_, good);
    EXPECT_EQ(this->dut_->we_o, 0);
    EXPECT_EQ(this->dut_->error_code_o, 7);
    EXPECT_EQ(this->dut_->error_index_o, kFirstIndex);
    EXPECT_EQ(this->dut_->error_addr_o, word * this->kBus);
  }
}

// After an abort no burst is begun, those begun are taken from the bus and dropped.
TYPED_TEST(DsLoad, DropsDataAfterAnAbort) {
  for (int run = 0; run < 40; ++run) {
    SCOPED_TRACE(testing::Message() << "run " << run);
    this->Clear();
    this->memory_.data_percent = this->random_.Word(10, 100);
    this->memory_.address_percent = this->random_.Word(10, 100);
    for (int i = 0; i < 4; ++i) {
      this->Add(this->MakeLoad());
    }
    for (std::uint64_t cycle = this->random_.Between(0, 60); cycle > 0; --cycle) {
      ASSERT_NO_FATAL_FAILURE(this->Cycle());
    }
    Set(this->dut_->abort_i, 1);
    this->commands_.clear();
    std::size_t bursts = this->memory_.bursts;
    Set(this->dut_->push_i, 0);
    Set(this->dut_->rvalid_i, 0);
    this->dut_.Settle();
    const std::uint32_t oldest = this->dut_->error_index_o;
    for (int cycle = 0; cycle < 3000; ++cycle) {
      this->memory_.Drive(this->dut_);
      Set(this->dut_->rresp_i, 2);
      this->dut_.Settle();
      // The job has its error; what else goes wrong on the bus does not change whose turn it was.
      ASSERT_EQ(this->dut_->error_index_o, oldest);
      // An address already shown stays; no other follows.
      this->memory_.Sample(this->dut_);
      ASSERT_EQ(this->dut_->we_o, 0);
      ASSERT_EQ(this->dut_->give_o, 0);
      ASSERT_EQ(this->dut_->take_o, 0);
      this->dut_.Tick();
    }
    EXPECT_LE(this->memory_.bursts, bursts + 1);
    EXPECT_EQ(this->memory_.Outstanding(), 0U);
    EXPECT_EQ(this->dut_->quiet_o, 1);
    // The next job starts from nothing.
    this->Clear();
    this->Add(this->MakeLoad());
    ASSERT_NO_FATAL_FAILURE(this->Run());
  }
}

}  // namespace
}  // namespace denseshift::rtl
