// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0
//
// rtl/ctrl/ds_sequencer.sv against docs/commands.md, docs/registers.md and docs/timing.md.

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/rtl/axi_read_slave.h"
#include "tests/rtl/clocked.h"
#include "tests/rtl/command.h"
#include "tests/rtl/legality.h"
#include "tests/rtl/load_issuer.h"
#include "tests/rtl/ports.h"
#include "tests/rtl/random.h"
#include "tests/rtl/shape_names.h"

#include "Vds_sequencer_b32.h"
#include "Vds_sequencer_b8.h"

namespace denseshift::rtl {
namespace {

constexpr std::size_t kMemoryBytes = std::size_t{8} * kPageBytes;
constexpr std::uint32_t kCommandBytes = 64;
constexpr std::uint32_t kChunk = 4;  // commands

struct Sequencer8 {
  using Model = Vds_sequencer_b8;
  static constexpr const char* kName = "b8";
  static constexpr LegalitySizes kSizes{8, 8, 4, 64, 8};
};

struct Sequencer32 {
  using Model = Vds_sequencer_b32;
  static constexpr const char* kName = "b32";
  static constexpr LegalitySizes kSizes{16, 16, 3, 256, 32};
};

template <typename Shape>
class DsSequencer : public testing::Test {
 protected:
  static constexpr std::uint32_t kBus = Shape::kSizes.bus_bytes;

  DsSequencer() : memory_(kMemoryBytes, kBus, random_), load_(random_) { Clear(); }

  // Nothing runs: the state between jobs.
  void Clear() {
    Set(dut_->clear_i, 1);
    Set(dut_->abort_i, 0);
    Set(dut_->start_i, 0);
    Set(dut_->arready_i, 0);
    Set(dut_->rvalid_i, 0);
    Set(dut_->load_issued_i, 0);
    Set(dut_->load_arvalid_i, 0);
    Set(dut_->load_arready_i, 0);
    dut_.Tick();
    load_ = LoadIssuer(random_);
    order_.clear();
    load_waits_ = false;
    const AxiReadSlave fresh(kMemoryBytes, kBus, random_);
    const AxiReadSlave old = memory_;
    memory_ = fresh;
    memory_.address_percent = old.address_percent;
    memory_.data_percent = old.data_percent;
    expected_.clear();
    index_ = 0;
  }

  // Writes a list of legal commands to an address and starts it.
  void Start(std::uint32_t count, std::uint32_t address) {
    address_ = address;
    for (std::uint32_t i = 0; i < count; ++i) {
      PutCommand(i, RandomLegalCommand(random_, Shape::kSizes));
    }
    Begin(count);
  }

  void PutCommand(std::uint32_t index, const Command& command) {
    if (index == expected_.size()) {
      expected_.push_back(command);
    } else {
      expected_.at(index) = command;
    }
    for (std::uint32_t byte = 0; byte < kCommandBytes; ++byte) {
      memory_.memory.at(address_ + index * kCommandBytes + byte) =
          static_cast<std::uint8_t>(command.words.at(byte / 4) >> (8 * (byte % 4)));
    }
  }

  void Begin(std::uint32_t count) {
    wanted_order_ = OrderOf(expected_);
    Set(dut_->list_addr_i, address_);
    Set(dut_->list_count_i, count);
    Set(dut_->start_i, 1);
    Set(dut_->clear_i, 1);
    dut_.Tick();
    Set(dut_->start_i, 0);
    Set(dut_->clear_i, 0);
    // The job sampled them.
    Set(dut_->list_addr_i, random_.Word(0, ~0U));
    Set(dut_->list_count_i, random_.Word(0, ~0U));
  }

  // One cycle; each unit's queue has room in `percent` of 100.
  void Cycle(unsigned percent) {
    Set(dut_->load_full_i, load_.Full() || !random_.Chance(percent));
    Set(dut_->compute_full_i, !random_.Chance(percent));
    Set(dut_->store_full_i, !random_.Chance(percent));
    DriveBus();
    dut_.Settle();
    ASSERT_NO_FATAL_FAILURE(SampleBus());
    if (dut_->error_o != 0) {
      ++errors_;
      error_ = {dut_->error_code_o, dut_->error_index_o, dut_->error_addr_o};
    }
    ASSERT_NO_FATAL_FAILURE(CheckPush());
    if (memory_.Outstanding() > 0) {
      ASSERT_EQ(dut_->quiet_o, 0);
    }
    dut_.Tick();
  }

  void DriveBus() {
    memory_.Drive(dut_);
    load_.Drive(dut_);
  }

  // Takes the handshakes of the cycle and notes whose addresses are accepted.
  void SampleBus() {
    const bool waits = dut_->load_arvalid_i != 0 && dut_->load_arready_i == 0;
    ASSERT_FALSE(load_waits_ && dut_->arvalid_o != 0) << "before an address that was shown";
    load_waits_ = waits && dut_->arvalid_o == 0;
    if (dut_->arvalid_o != 0 && dut_->arready_i != 0) {
      Note("chunk " + std::to_string((dut_->araddr_o - address_) / (kChunk * kCommandBytes)));
    }
    memory_.Sample(dut_);
    if (const std::optional<std::uint32_t> load = load_.Sample(dut_)) {
      Note("LOAD " + std::to_string(*load));
    }
  }

  void Note(const std::string& reader) {
    if (order_.empty() || order_.back() != reader) {
      order_.push_back(reader);
    }
  }

  // Whose addresses follow each other: a chunk's come after those of the LOADs that stand before
  // the last command of the chunk two, or later three, before it.
  static std::vector<std::string> OrderOf(const std::deque<Command>& list) {
    std::vector<std::string> order;
    std::size_t next = 0;
    const auto loads_before = [&](std::size_t place) {
      for (; next < place; ++next) {
        if (UnitOf(list.at(next)) == 0) {
          order.push_back("LOAD " + std::to_string(next));
        }
      }
    };
    for (std::size_t chunk = 0; chunk * kChunk < list.size(); ++chunk) {
      const std::size_t used = chunk - (chunk < 6 ? 1 : 2);  // chunks of which no word is left
      loads_before(chunk < 2 ? 0 : used * kChunk - 1);
      order.push_back("chunk " + std::to_string(chunk));
    }
    loads_before(list.size());
    return order;
  }

  void CheckPush() {
    constexpr std::uint32_t kBusy = 0;
    constexpr std::uint32_t kWaitInput = 1;
    constexpr std::uint32_t kWaitOutput = 2;
    constexpr std::uint32_t kIdle = 3;
    const std::array<bool, 3> pushes = {
        dut_->load_push_o != 0, dut_->compute_push_o != 0, dut_->store_push_o != 0};
    const std::array<bool, 3> full = {
        dut_->load_full_i != 0, dut_->compute_full_i != 0, dut_->store_full_i != 0};
    if (!pushes[0] && !pushes[1] && !pushes[2]) {
      ASSERT_EQ(dut_->activity_o, expected_.empty() ? kIdle : kWaitInput);
      ASSERT_EQ(dut_->idle_o, expected_.empty() ? 1 : 0);
      if (dut_->error_o == 0) {
        ASSERT_EQ(dut_->error_index_o, index_) << "of the command that is fetched";
      }
      return;
    }
    ASSERT_FALSE(expected_.empty()) << "a command nobody wrote";
    const Command& command = expected_.front();
    const std::size_t unit = UnitOf(command);
    for (std::size_t i = 0; i < pushes.size(); ++i) {
      ASSERT_EQ(pushes.at(i), i == unit) << "unit " << i;
    }
    for (std::size_t word = 0; word < 16; ++word) {
      ASSERT_EQ(dut_->cmd_o[word], command.words.at(word)) << "word " << word;
    }
    ASSERT_EQ(dut_->cmd_o[16], index_);
    ASSERT_EQ(dut_->activity_o, full.at(unit) ? kWaitOutput : kBusy);
    if (!full.at(unit)) {
      if (unit == 0) {
        load_.Push(index_);
      }
      expected_.pop_front();
      ++index_;
    }
  }

  static std::size_t UnitOf(const Command& command) {
    switch (static_cast<Opcode>(command.Get(0, 0, 8))) {
      case Opcode::kLoad:
        return 0;
      case Opcode::kConv:
      case Opcode::kVector:
        return 1;
      default:
        return 2;
    }
  }

  void Run(unsigned percent) {
    for (int cycle = 0; !expected_.empty(); ++cycle) {
      ASSERT_LT(cycle, 50000) << expected_.size() << " commands never came";
      ASSERT_NO_FATAL_FAILURE(Cycle(percent));
    }
    for (int cycle = 0; cycle < 20 || !load_.Idle(); ++cycle) {
      ASSERT_LT(cycle, 50000) << "a LOAD was never issued";
      ASSERT_NO_FATAL_FAILURE(Cycle(percent));
    }
    EXPECT_EQ(order_, wanted_order_);
    EXPECT_EQ(errors_, 0U);
    EXPECT_EQ(dut_->idle_o, 1);
    EXPECT_EQ(dut_->quiet_o, 1);
  }

  // Runs until an error, then aborts: nothing is handed over any more and the bus comes to rest.
  void RunToError() {
    for (int cycle = 0; errors_ == 0; ++cycle) {
      ASSERT_LT(cycle, 5000) << "no error was reported";
      ASSERT_NO_FATAL_FAILURE(Cycle(100));
    }
    Set(dut_->abort_i, 1);
    load_.Abort();
    const std::size_t bursts = memory_.bursts;
    const std::size_t left = expected_.size();
    Set(dut_->rvalid_i, 0);
    dut_.Settle();
    const std::uint32_t next = dut_->error_index_o;
    for (int cycle = 0; cycle < 400; ++cycle) {
      Set(dut_->load_full_i, 0);
      DriveBus();
      Set(dut_->rresp_i, 2);
      dut_.Settle();
      ASSERT_EQ(dut_->error_index_o, next) << "an error after the one that ends the job";
      ASSERT_NO_FATAL_FAILURE(SampleBus());
      ASSERT_EQ(dut_->load_push_o | dut_->compute_push_o | dut_->store_push_o, 0);
      dut_.Tick();
    }
    EXPECT_LE(memory_.bursts, bursts + 1);
    EXPECT_EQ(memory_.Outstanding(), 0U);
    EXPECT_EQ(dut_->quiet_o, 1);
    EXPECT_EQ(expected_.size(), left);
  }

  struct Error {
    std::uint32_t code = 0;
    std::uint32_t index = 0;
    std::uint32_t address = 0;
  };

  Random random_;
  Clocked<typename Shape::Model> dut_;
  AxiReadSlave memory_;
  LoadIssuer load_;
  std::vector<std::string> order_;         // readers whose addresses were accepted
  std::vector<std::string> wanted_order_;  // by the list
  bool load_waits_ = false;                // its address is on the bus and not accepted
  std::deque<Command> expected_;
  std::uint32_t address_ = 0;
  std::uint32_t index_ = 0;
  std::size_t errors_ = 0;
  Error error_;
};

using Shapes = testing::Types<Sequencer8, Sequencer32>;
TYPED_TEST_SUITE(DsSequencer, Shapes, ShapeNames);

// Lists of every small length, at every place relative to a page.
TYPED_TEST(DsSequencer, HandsOverTheList) {
  for (std::uint32_t count = 0; count <= 20; ++count) {
    SCOPED_TRACE(testing::Message() << count << " commands");
    this->Clear();
    this->Start(count, kPageBytes - this->random_.Word(0, 40) * this->kBus);
    ASSERT_NO_FATAL_FAILURE(this->Run(100));
  }
}

// Any speed of the bus, any queue full at any time.
TYPED_TEST(DsSequencer, WaitsForBusAndQueues) {
  for (const unsigned percent : {100U, 50U, 10U}) {
    for (const unsigned data : {100U, 30U}) {
      for (const unsigned address : {100U, 10U}) {
        SCOPED_TRACE(testing::Message() << percent << " % room, " << data << " % data");
        this->Clear();
        this->memory_.address_percent = address;
        this->memory_.data_percent = data;
        this->Start(60, this->random_.Word(0, 400) * this->kBus);
        ASSERT_NO_FATAL_FAILURE(this->Run(percent));
      }
    }
  }
}

// Lists of many LOADs: addresses follow each other as the list says, whatever bus and units do.
TYPED_TEST(DsSequencer, KeepsTheOrderOfAddresses) {
  const std::array<unsigned, 4> percents = {100, 60, 20, 4};
  const auto any = [&] { return percents.at(this->random_.Word(0, percents.size() - 1)); };
  for (int list = 0; list < 30; ++list) {
    std::vector<Command> commands(this->random_.Word(1, 40));
    for (Command& command : commands) {
      command = this->random_.Chance(60) ? RandomLegalLoad(this->random_, TypeParam::kSizes)
                                         : RandomLegalCommand(this->random_, TypeParam::kSizes);
    }
    const std::uint32_t address = this->random_.Word(0, 400) * this->kBus;
    for (int run = 0; run < 8; ++run) {
      SCOPED_TRACE(testing::Message() << "list " << list << ", run " << run);
      this->Clear();
      this->memory_.address_percent = any();
      this->memory_.data_percent = any();
      this->load_.start_percent = any();
      this->load_.send_percent = any();
      this->address_ = address;
      for (std::uint32_t i = 0; i < commands.size(); ++i) {
        this->PutCommand(i, commands[i]);
      }
      this->Begin(static_cast<std::uint32_t>(commands.size()));
      ASSERT_NO_FATAL_FAILURE(this->Run(any()));
      ASSERT_EQ(this->order_, this->wanted_order_);
    }
  }
}

// A chunk is open for a cycle, and longer while the bus accepts nothing.
TYPED_TEST(DsSequencer, HoldsLoadsWhileAChunkIsOpen) {
  this->memory_.address_percent = 0;
  this->Start(12, 0);
  EXPECT_EQ(this->dut_->load_hold_o, 0);
  ASSERT_NO_FATAL_FAILURE(this->Cycle(100));
  EXPECT_EQ(this->dut_->load_hold_o, 1) << "chunk 0 is open";
  EXPECT_EQ(this->dut_->arvalid_o, 0);
  ASSERT_NO_FATAL_FAILURE(this->Cycle(100));
  EXPECT_EQ(this->dut_->arvalid_o, 1);
  for (int cycle = 0; cycle < 20; ++cycle) {
    ASSERT_NO_FATAL_FAILURE(this->Cycle(100));
    EXPECT_EQ(this->dut_->load_hold_o, 1) << "chunk 1 is open";
  }
  this->memory_.address_percent = 100;
  ASSERT_NO_FATAL_FAILURE(this->Cycle(100));
  EXPECT_EQ(this->dut_->load_hold_o, 0);
  EXPECT_EQ(this->dut_->arvalid_o, 1);
  ASSERT_NO_FATAL_FAILURE(this->Run(100));
}

// LOADs 12 and 14 go before chunks 5 and 6, which open when command 15 is there. Until chunk 5 is
// requested, LOAD 16 is handed over all the same, but chunk 7 is due as soon as command 19 is
// there, and would open at another place among the LOADs if one were handed over.
TYPED_TEST(DsSequencer, RequestsAChunkAfterTheLoadsBeforeIt) {
  this->address_ = 0;
  for (const bool is_load : {false, true}) {
    SCOPED_TRACE(is_load ? "command 19 is a LOAD" : "command 19 is a STORE");
    this->Clear();
    for (std::uint32_t i = 0; i < 40; ++i) {
      this->PutCommand(i,
                       i == 12 || i == 14 || i == 16 || (i == 19 && is_load)
                           ? RandomLegalLoad(this->random_, TypeParam::kSizes)
                           : RandomLegalStore(this->random_, TypeParam::kSizes));
    }
    const std::uint32_t handed_over = is_load ? 19 : 20;  // chunk 5 is not there
    const auto stays = [&](unsigned hold) {
      for (int cycle = 0; cycle < 400; ++cycle) {
        ASSERT_NO_FATAL_FAILURE(this->Cycle(100));
      }
      EXPECT_EQ(this->memory_.bursts, 5U);
      EXPECT_EQ(this->dut_->arvalid_o, 0);
      EXPECT_EQ(this->dut_->load_hold_o, hold);
      EXPECT_EQ(this->index_, handed_over);
    };
    const auto start_one = [&] {
      this->load_.start_percent = 100;
      ASSERT_NO_FATAL_FAILURE(this->Cycle(100));
      this->load_.start_percent = 0;
    };
    this->load_.start_percent = 0;
    this->Begin(40);
    {
      SCOPED_TRACE("no LOAD is issued");
      ASSERT_NO_FATAL_FAILURE(stays(0));
    }
    {
      SCOPED_TRACE("LOAD 12 is issued");
      ASSERT_NO_FATAL_FAILURE(start_one());
      ASSERT_NO_FATAL_FAILURE(stays(0));
    }
    {
      SCOPED_TRACE("LOAD 14 is issued, its address is not accepted");
      this->memory_.address_percent = 0;
      ASSERT_NO_FATAL_FAILURE(start_one());
      ASSERT_NO_FATAL_FAILURE(stays(1));
    }
    this->memory_.address_percent = 100;
    ASSERT_NO_FATAL_FAILURE(this->Cycle(100));
    EXPECT_EQ(this->dut_->arvalid_o, 1)
        << "after the cycle in which the LOAD's address is accepted";
    this->load_.start_percent = 100;
    ASSERT_NO_FATAL_FAILURE(this->Run(100));
  }
}

// The rate the header states, on a bus that always answers.
TYPED_TEST(DsSequencer, KeepsItsRate) {
  this->Start(100, 0);
  const std::uint64_t start = this->dut_.Cycles();
  while (!this->expected_.empty()) {
    ASSERT_NO_FATAL_FAILURE(this->Cycle(100));
  }
  EXPECT_LE(this->dut_.Cycles() - start, 100 * (kCommandBytes / this->kBus + 2) + 10);
}

// Commands before the illegal one are handed over, it and those behind it are not.
TYPED_TEST(DsSequencer, ReportsAnIllegalCommand) {
  for (std::uint32_t bad = 0; bad < 12; ++bad) {
    SCOPED_TRACE(testing::Message() << "command " << bad);
    this->Clear();
    this->errors_ = 0;
    this->Start(12, 128);
    Command command = this->expected_.at(bad);
    command.Set(0, 8, 8, 2);
    this->PutCommand(bad, command);
    ASSERT_NO_FATAL_FAILURE(this->RunToError());
    EXPECT_EQ(this->index_, bad);
    EXPECT_EQ(this->error_.code, 1U);
    EXPECT_EQ(this->error_.index, bad);
    EXPECT_EQ(this->error_.address, 0U);
  }
}

// The burst of a word answered with an error, and the command the word belongs to.
TYPED_TEST(DsSequencer, ReportsBusErrors) {
  for (const Response response : {Response::kSlaveError, Response::kDecodeError}) {
    for (std::uint32_t bad = 0; bad < 12; ++bad) {
      SCOPED_TRACE(testing::Message() << "command " << bad);
      this->Clear();
      this->errors_ = 0;
      this->Start(12, kPageBytes - 6 * kCommandBytes);
      const std::uint32_t word = this->random_.Word(0, kCommandBytes / this->kBus - 1);
      const std::uint32_t address = this->address_ + bad * kCommandBytes + word * this->kBus;
      this->memory_.errors = {{address, response}};
      ASSERT_NO_FATAL_FAILURE(this->RunToError());
      EXPECT_LE(this->index_, bad);
      EXPECT_EQ(this->error_.code, response == Response::kSlaveError ? 2U : 3U);
      EXPECT_EQ(this->error_.index, bad);
      EXPECT_LE(this->error_.address, address);
      EXPECT_LT(address - this->error_.address, kLongestBurst * this->kBus);
      EXPECT_EQ(this->error_.address / kPageBytes, address / kPageBytes);
    }
  }
}

}  // namespace
}  // namespace denseshift::rtl
