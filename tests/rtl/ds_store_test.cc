// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0
//
// rtl/mem/ds_store.sv against a plain copy by docs/commands.md, STORE and STAMP.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <vector>

#include <gtest/gtest.h>

#include "tests/rtl/axi_write_slave.h"
#include "tests/rtl/clocked.h"
#include "tests/rtl/command.h"
#include "tests/rtl/ports.h"
#include "tests/rtl/random.h"
#include "tests/rtl/shape_names.h"

#include "Vds_store_b32.h"
#include "Vds_store_b8.h"

namespace denseshift::rtl {
namespace {

constexpr std::size_t kMemoryBytes = std::size_t{4} * kPageBytes;
constexpr std::uint32_t kFirstIndex = 700;

struct Store8 {
  using Model = Vds_store_b8;
  static constexpr const char* kName = "b8";
  static constexpr std::uint32_t kBusBytes = 8;
  static constexpr std::uint32_t kOutBytes = 4096;
};

struct Store32 {
  using Model = Vds_store_b32;
  static constexpr const char* kName = "b32";
  static constexpr std::uint32_t kBusBytes = 32;
  static constexpr std::uint32_t kOutBytes = 8192;
};

// A command handed to the unit.
struct Pending {
  Command command;
  std::optional<std::uint64_t> stamp;  // cycle count at its start
};

template <typename Shape>
class DsStore : public testing::Test {
 protected:
  static constexpr std::uint32_t kBus = Shape::kBusBytes;
  static constexpr std::uint32_t kWords = Shape::kOutBytes / kBus;

  DsStore()
      : memory_(kMemoryBytes, kBus, random_),
        expected_(memory_.memory),
        buffer_(random_.ByteVector(Shape::kOutBytes)) {
    Set(dut_->clear_i, 0);
    Set(dut_->abort_i, 0);
    Set(dut_->push_i, 0);
  }

  // A store from any place of the buffer to any place of the memory.
  Store MakeStore() {
    Store store;
    store.rows = random_.Word(1, 5);
    store.words = random_.Word(1, random_.Chance(80) ? 10 : 60);
    store.head = random_.Chance(50) ? 0 : random_.Word(0, kBus - 1);
    store.tail = random_.Chance(50) ? kBus : random_.Word(1, kBus);
    store.pitch = random_.Word(0, (kWords - store.words) / store.rows);
    store.base = random_.Word(0, kWords - store.words - (store.rows - 1) * store.pitch);
    const std::uint32_t most = static_cast<std::uint32_t>(kMemoryBytes) / kBus;
    const std::uint32_t stride = random_.Word(store.words, store.words + 5);
    store.stride = stride * kBus;
    store.address = random_.Word(0, most - stride * store.rows) * kBus;
    return store;
  }

  // Queues a command; it has to give a token, so that its end can be seen.
  void Add(const Command& command) { commands_.push_back(command); }

  // What a command leaves in memory.
  void Expect(const Command& command, std::uint64_t cycles) {
    const std::uint32_t address = command.words[2];
    if (command.Get(0, 0, 8) == static_cast<std::uint32_t>(Opcode::kStamp)) {
      for (std::uint32_t i = 0; i < kBus; ++i) {
        expected_.at(address + i) = static_cast<std::uint8_t>(i < 8 ? cycles >> (8 * i) : 0);
      }
      return;
    }
    const std::uint32_t words = command.Get(4, 16, 16);
    for (std::uint32_t row = 0; row < command.Get(4, 0, 16); ++row) {
      const std::uint32_t from = (command.Get(8, 0, 16) + row * command.Get(8, 16, 16)) * kBus;
      const std::uint32_t to = address + row * command.words[3];
      const std::uint32_t end = (words - 1) * kBus + command.Get(5, 16, 6);
      for (std::uint32_t i = command.Get(5, 0, 6); i < end; ++i) {
        expected_.at(to + i) = buffer_.at(from + i);
      }
    }
  }

  // One cycle.
  void Cycle() {
    DriveInputs();
    dut_.Settle();
    memory_.Sample(dut_);
    if (dut_->push_i != 0) {
      pending_.push_back({commands_.front(), std::nullopt});
      commands_.pop_front();
      ++pushed_;
    }
    if (pending_.size() > (dut_->push_i != 0 ? 1U : 0U)) {
      // Without an error the index shown is that of the oldest command the unit holds.
      ASSERT_EQ(dut_->error_index_o, kFirstIndex + pushed_ - pending_.size());
    }
    ASSERT_NO_FATAL_FAILURE(CheckTake());
    ASSERT_NO_FATAL_FAILURE(CheckActivity());
    ASSERT_NO_FATAL_FAILURE(CheckGive());
    Finish();
  }

  void DriveInputs() {
    Set(dut_->push_i, 0);
    if (!commands_.empty() && dut_->full_o == 0) {
      Set(dut_->push_i, 1);
      SetCommand(dut_->cmd_i, commands_.front(), kFirstIndex + pushed_);
    }
    Set(dut_->count_a_i, tokens_);
    Set(dut_->cycles_i, cycles_);
    const std::vector<std::uint8_t> garbage = random_.ByteVector(kBus);
    SetBytes(dut_->rdata_i, read_ ? &buffer_.at(*read_ * kBus) : garbage.data(), kBus);
    memory_.Drive(dut_);
  }

  // Notes the read of the cycle and ends it.
  void Finish() {
    read_.reset();
    if (dut_->read_o != 0) {
      read_ = dut_->raddr_o;
    }
    dut_.Tick();
    cycles_ += 1;
  }

  void CheckTake() {
    if (dut_->take_o == 0) {
      return;
    }
    Pending& pending = pending_.front();
    ASSERT_FALSE(pending.stamp) << "a command started before the one before it had ended";
    ASSERT_EQ(dut_->take_a_o, pending.command.Get(0, 16, 4));
    ASSERT_LE(dut_->take_a_o, tokens_);
    tokens_ -= dut_->take_a_o;
    pending.stamp = cycles_;
    Expect(pending.command, cycles_);
  }

  // The tokens of a command come when all it wrote is in memory and answered.
  void CheckGive() {
    if (dut_->give_a_o == 0 && dut_->give_b_o == 0) {
      return;
    }
    ASSERT_FALSE(pending_.empty());
    const Pending& pending = pending_.front();
    ASSERT_TRUE(pending.stamp) << "before its command started";
    ASSERT_EQ(dut_->give_a_o, pending.command.Get(0, 24, 1));
    ASSERT_EQ(dut_->give_b_o, pending.command.Get(0, 25, 1));
    ASSERT_EQ(memory_.Outstanding(), 0U) << "before every response had arrived";
    ASSERT_NO_FATAL_FAILURE(CheckMemory());
    pending_.pop_front();
  }

  // docs/registers.md, Counters, store.
  void CheckActivity() {
    constexpr std::uint32_t kBusy = 0;
    constexpr std::uint32_t kWaitInput = 1;
    constexpr std::uint32_t kIdle = 3;
    if (dut_->wvalid_o != 0 && dut_->wready_i != 0) {
      ASSERT_EQ(dut_->activity_o, kBusy);
    } else {
      ASSERT_NE(dut_->activity_o, kBusy);
    }
    if (dut_->idle_o != 0) {
      ASSERT_EQ(dut_->activity_o, kIdle);
    }
    if (!pending_.empty() && dut_->push_i == 0 &&
        tokens_ < pending_.front().command.Get(0, 16, 4) && !pending_.front().stamp) {
      ASSERT_EQ(dut_->activity_o, kWaitInput) << "waits for tokens";
    }
    if (memory_.Outstanding() > 0) {
      ASSERT_EQ(dut_->quiet_o, 0);
      ASSERT_EQ(dut_->idle_o, 0);
    }
  }

  void Run() {
    for (int cycle = 0; !commands_.empty() || !pending_.empty(); ++cycle) {
      ASSERT_LT(cycle, 100000) << pending_.size() << " commands never ended";
      ASSERT_NO_FATAL_FAILURE(Cycle());
      ASSERT_EQ(dut_->error_o, 0);
    }
    for (int cycle = 0; cycle < 4; ++cycle) {
      ASSERT_NO_FATAL_FAILURE(Cycle());
    }
    ASSERT_NO_FATAL_FAILURE(CheckMemory());
    EXPECT_EQ(dut_->idle_o, 1);
    EXPECT_EQ(dut_->quiet_o, 1);
  }

  void CheckMemory() {
    const auto difference =
        std::mismatch(expected_.begin(), expected_.end(), memory_.memory.begin()).first;
    ASSERT_EQ(difference, expected_.end()) << "byte " << difference - expected_.begin();
  }

  // Runs until the unit reports an error, which is then on its outputs.
  void RunToError() {
    for (int cycle = 0; cycle < 5000; ++cycle) {
      DriveInputs();
      dut_.Settle();
      memory_.Sample(dut_);
      if (dut_->error_o != 0) {
        return;
      }
      if (dut_->push_i != 0) {
        commands_.pop_front();
        ++pushed_;
      }
      Finish();
    }
    FAIL() << "no error was reported";
  }

  void Clear() {
    Set(dut_->clear_i, 1);
    Set(dut_->push_i, 0);
    Set(dut_->abort_i, 0);
    Set(dut_->bvalid_i, 0);
    dut_.Tick();
    Set(dut_->clear_i, 0);
    memory_ = AxiWriteSlave(kMemoryBytes, kBus, random_);
    expected_ = memory_.memory;
    commands_.clear();
    pending_.clear();
    read_.reset();
    pushed_ = 0;
    tokens_ = 0;
  }

  Random random_;
  Clocked<typename Shape::Model> dut_;
  AxiWriteSlave memory_;
  std::vector<std::uint8_t> expected_;
  std::vector<std::uint8_t> buffer_;
  std::deque<Command> commands_;
  std::deque<Pending> pending_;
  std::optional<std::size_t> read_;  // word read in the cycle before
  std::uint32_t tokens_ = 0;
  std::uint64_t cycles_ = 0xFFFFFF00;  // of the job; soon above 32 bits
  std::uint32_t pushed_ = 0;
};

using Shapes = testing::Types<Store8, Store32>;
TYPED_TEST_SUITE(DsStore, Shapes, ShapeNames);

// Single commands; head and tail of every row, also of rows of one word.
TYPED_TEST(DsStore, CopiesRows) {
  for (int i = 0; i < 200; ++i) {
    SCOPED_TRACE(testing::Message() << "store " << i);
    Store store = this->MakeStore();
    if (i % 5 == 0) {
      store.words = 1;
    }
    this->Add(store.Encode().SignalA());
    ASSERT_NO_FATAL_FAILURE(this->Run());
  }
}

TYPED_TEST(DsStore, WritesEveryHeadAndTail) {
  for (std::uint32_t head = 0; head < this->kBus; ++head) {
    for (std::uint32_t tail = 1; tail <= this->kBus; ++tail) {
      SCOPED_TRACE(testing::Message() << "head " << head << ", tail " << tail);
      Store store = this->MakeStore();
      store.rows = 1;
      store.words = std::min(store.words, this->random_.Word(1, 2));
      store.head = head;
      store.tail = tail;
      this->Add(store.Encode().SignalB());
      ASSERT_NO_FATAL_FAILURE(this->Run());
    }
  }
}

// Queued stores and stamps on buses of any speed.
TYPED_TEST(DsStore, CopiesQueuedCommandsToABusOfAnySpeed) {
  for (const unsigned address : {100U, 15U}) {
    for (const unsigned data : {100U, 50U}) {
      for (const unsigned response : {100U, 5U}) {
        SCOPED_TRACE(testing::Message() << address << " % addresses, " << data << " % data, "
                                        << response << " % responses");
        this->memory_.address_percent = address;
        this->memory_.data_percent = data;
        this->memory_.response_percent = response;
        for (int i = 0; i < 25; ++i) {
          Command command = this->random_.Chance(20)
                                ? EncodeStamp(this->random_.Word(0, 300) * this->kBus)
                                : this->MakeStore().Encode();
          command.SignalA();
          if (this->random_.Chance(50)) {
            command.SignalB();
          }
          this->Add(command);
        }
        ASSERT_NO_FATAL_FAILURE(this->Run());
      }
    }
  }
}

// A stamp is the job's cycle count when the unit starts the command, 64 bits.
TYPED_TEST(DsStore, StampsTheCycleOfItsStart) {
  for (const std::uint64_t cycles : {std::uint64_t{0}, std::uint64_t{0x0123456789ABCDE0}}) {
    this->cycles_ = cycles;
    Command command = EncodeStamp(64);
    command.WaitA(1).SignalA();
    this->Add(command);
    for (int cycle = 0; cycle < 9; ++cycle) {
      ASSERT_NO_FATAL_FAILURE(this->Cycle());
    }
    this->tokens_ = 1;
    ASSERT_NO_FATAL_FAILURE(this->Run());
  }
}

TYPED_TEST(DsStore, SplitsBurstsAtPagesAndLength) {
  for (std::uint32_t words = 1; words <= 70; words += 3) {
    for (std::uint32_t before = 0; before <= 40; before += 4) {
      SCOPED_TRACE(testing::Message() << words << " words, " << before << " before the page's end");
      Store store;
      store.words = words;
      store.tail = this->kBus;
      store.address = kPageBytes - before * this->kBus;
      this->Add(store.Encode().SignalA());
      const std::size_t bursts = this->memory_.bursts;
      ASSERT_NO_FATAL_FAILURE(this->Run());
      const std::uint32_t first = std::min(before, words);
      EXPECT_EQ(this->memory_.bursts - bursts, (first + 31) / 32 + (words - first + 31) / 32);
    }
  }
}

// A command waits until all its tokens are there, then takes them together.
TYPED_TEST(DsStore, TakesTokens) {
  std::uint32_t wanted = 0;
  std::uint32_t given = 0;
  for (int i = 0; i < 30; ++i) {
    const std::uint32_t tokens = this->random_.Word(0, this->random_.Chance(50) ? 2 : 15);
    wanted += tokens;
    this->Add(this->MakeStore().Encode().WaitA(tokens).SignalA());
  }
  for (int cycle = 0; given < wanted; ++cycle) {
    ASSERT_LT(cycle, 50000);
    if (this->random_.Chance(5)) {
      ++this->tokens_;
      ++given;
    }
    ASSERT_NO_FATAL_FAILURE(this->Cycle());
  }
  ASSERT_NO_FATAL_FAILURE(this->Run());
  EXPECT_EQ(this->tokens_, 0U);
}

// A beat in every cycle across bursts and rows.
TYPED_TEST(DsStore, WritesABeatInEveryCycle) {
  Store store;
  store.rows = 3;
  store.words = 80;
  store.tail = this->kBus;
  store.stride = 80 * this->kBus;
  store.pitch = 80;
  this->Add(store.Encode().SignalA());
  std::uint64_t first = 0;
  std::uint64_t last = 0;
  while (!this->commands_.empty() || !this->pending_.empty()) {
    const std::size_t beats = this->memory_.beats;
    ASSERT_NO_FATAL_FAILURE(this->Cycle());
    if (this->memory_.beats > beats) {
      first = beats == 0 ? this->dut_.Cycles() : first;
      last = this->dut_.Cycles();
    }
  }
  EXPECT_EQ(last - first + 1, 240U);
}

// The burst a response belongs to, and the command.
TYPED_TEST(DsStore, ReportsBusErrors) {
  for (const Response response : {Response::kSlaveError, Response::kDecodeError}) {
    for (const std::uint32_t bad : {0U, 32U, 40U}) {
      SCOPED_TRACE(testing::Message() << "burst from word " << bad);
      this->Clear();
      this->memory_.response_percent = 10;
      this->Add(EncodeStamp(0));
      Store store;
      store.words = 70;
      store.tail = this->kBus;
      store.address = kPageBytes - 40 * this->kBus;
      this->Add(store.Encode());
      // 32 words, 8 up to the page's end, 30.
      this->memory_.errors = {{store.address + bad * this->kBus, response}};
      ASSERT_NO_FATAL_FAILURE(this->RunToError());
      EXPECT_EQ(this->dut_->error_code_o, response == Response::kSlaveError ? 4 : 5);
      EXPECT_EQ(this->dut_->error_index_o, kFirstIndex + 1);
      EXPECT_EQ(this->dut_->error_addr_o, store.address + bad * this->kBus);
    }
  }
}

// The first word behind the output buffer.
TYPED_TEST(DsStore, ReportsReadsOutsideTheBuffer) {
  for (int i = 0; i < 100; ++i) {
    this->Clear();
    Store store = this->MakeStore();
    store.base = this->random_.Chance(80) ? this->kWords - this->random_.Word(0, 8) : 0xFFFF;
    store.pitch = this->random_.Chance(80) ? store.words : 0xFFFF;
    SCOPED_TRACE(testing::Message() << "base " << store.base << ", pitch " << store.pitch
                                    << ", words " << store.words << ", rows " << store.rows);
    std::optional<std::uint32_t> bad;
    for (std::uint32_t row = 0; row < store.rows && !bad; ++row) {
      const std::uint32_t word = store.base + row * store.pitch;
      if (word + store.words > this->kWords) {
        bad = std::max(word, this->kWords);
      }
    }
    this->Add(store.Encode().SignalA());
    if (!bad) {
      ASSERT_NO_FATAL_FAILURE(this->Run());
      continue;
    }
    ASSERT_NO_FATAL_FAILURE(this->RunToError());
    EXPECT_EQ(this->dut_->error_code_o, 7);
    EXPECT_EQ(this->dut_->error_index_o, kFirstIndex);
    EXPECT_EQ(this->dut_->error_addr_o, *bad * this->kBus);
  }
}

// After an abort no burst is announced, but the beats of those announced still flow.
TYPED_TEST(DsStore, CompletesBurstsAfterAnAbort) {
  for (int run = 0; run < 60; ++run) {
    SCOPED_TRACE(testing::Message() << "run " << run);
    this->Clear();
    this->memory_.address_percent = this->random_.Word(10, 100);
    this->memory_.data_percent = this->random_.Word(10, 100);
    this->memory_.response_percent = this->random_.Word(10, 100);
    for (int i = 0; i < 4; ++i) {
      this->Add(this->MakeStore().Encode().SignalA());
    }
    for (std::uint64_t cycle = this->random_.Between(0, 120); cycle > 0; --cycle) {
      ASSERT_NO_FATAL_FAILURE(this->Cycle());
    }
    Set(this->dut_->abort_i, 1);
    this->commands_.clear();
    const std::size_t bursts = this->memory_.bursts;
    for (int cycle = 0; cycle < 3000; ++cycle) {
      this->DriveInputs();
      this->dut_.Settle();
      this->memory_.Sample(this->dut_);
      ASSERT_EQ(this->dut_->take_o, 0);
      this->Finish();
    }
    EXPECT_LE(this->memory_.bursts, bursts + 1);
    EXPECT_EQ(this->memory_.Outstanding(), 0U);
    EXPECT_EQ(this->dut_->quiet_o, 1);
    this->Clear();
    this->Add(this->MakeStore().Encode().SignalA());
    ASSERT_NO_FATAL_FAILURE(this->Run());
  }
}

}  // namespace
}  // namespace denseshift::rtl
