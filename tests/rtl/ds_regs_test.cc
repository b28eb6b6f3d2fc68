// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0
//
// rtl/ctrl/ds_regs.sv against docs/registers.md.

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <vector>

#include <gtest/gtest.h>

#include "tests/rtl/clocked.h"
#include "tests/rtl/ports.h"
#include "tests/rtl/random.h"

#include "Vds_regs.h"

namespace denseshift::rtl {
namespace {

constexpr std::uint32_t kCtrl = 0x00;
constexpr std::uint32_t kGie = 0x04;
constexpr std::uint32_t kIer = 0x08;
constexpr std::uint32_t kIsr = 0x0C;
constexpr std::uint32_t kCmdAddr = 0x10;
constexpr std::uint32_t kCmdCount = 0x14;
constexpr std::uint32_t kWatchdog = 0x18;
constexpr std::uint32_t kError = 0x1C;
constexpr std::uint32_t kErrorCommand = 0x20;
constexpr std::uint32_t kErrorAddress = 0x24;
constexpr std::uint32_t kCyclesLo = 0x28;
constexpr std::uint32_t kCyclesHi = 0x2C;
constexpr std::uint32_t kCounters = 0x80;
constexpr std::uint32_t kCountersEnd = 0x120;
constexpr std::uint32_t kApStart = 1;
constexpr std::uint32_t kApDone = 2;
constexpr std::uint32_t kApIdle = 4;
constexpr std::uint32_t kApReady = 8;

// What registers hold after reset, by offset; the counters are 0. Model: Lanes 8, Columns 32,
// MaxCodeBits 3, AccW 24, AccDepth 64, BusBytes 32, ActBytes 4096, WgtBytes 2048, OutBytes 8192,
// ParamEntries 16.
const std::map<std::uint32_t, std::uint32_t>& ResetValues() {
  static const std::map<std::uint32_t, std::uint32_t> kValues = {
      {kCtrl, kApIdle},   {kGie, 0},          {kIer, 0},           {kIsr, 0},
      {kCmdAddr, 0},      {kCmdCount, 0},     {kWatchdog, 100000}, {kError, 0},
      {kErrorCommand, 0}, {kErrorAddress, 0}, {kCyclesLo, 0},      {kCyclesHi, 0},
      {0x40, 0x54465344}, {0x44, 0x00010001}, {0x48, 0x18132008},  {0x4C, 0x00400020},
      {0x50, 4096},       {0x54, 2048},       {0x58, 8192},        {0x5C, 16},
  };
  return kValues;
}

class DsRegs : public testing::Test {
 protected:
  DsRegs() {
    Set(dut_->awvalid_i, 0);
    Set(dut_->wvalid_i, 0);
    Set(dut_->bready_i, 0);
    Set(dut_->arvalid_i, 0);
    Set(dut_->rready_i, 0);
    Set(dut_->running_i, 0);
    Set(dut_->done_i, 0);
    Set(dut_->cycles_i, 0);
    Set(dut_->error_code_i, 0);
    Set(dut_->error_unit_i, 0);
    Set(dut_->error_index_i, 0);
    Set(dut_->error_addr_i, 0);
    Tick();
  }

  // One cycle, with the counter behind counter_o.
  void Tick() {
    dut_.Settle();
    Set(dut_->count_i, counts_.at(dut_->counter_o));
    dut_.Settle();
    starts_ += dut_->start_o;
    if (dut_->start_o != 0 && begins_jobs_) {
      started_ = true;
    }
    dut_.Tick();
    dut_.Settle();
    if (started_) {
      Set(dut_->running_i, 1);
      started_ = false;
    }
  }

  // Address and data arrive in any order, the answer is taken at any time.
  void Write(std::uint32_t offset, std::uint32_t value, std::uint32_t strobes = 15) {
    std::uint64_t address_in = random_.Between(0, 3);
    std::uint64_t data_in = random_.Between(0, 3);
    bool address_done = false;
    bool data_done = false;
    for (int cycle = 0; !address_done || !data_done; ++cycle) {
      ASSERT_LT(cycle, 20) << "a write was not accepted";
      Set(dut_->awvalid_i, !address_done && address_in == 0);
      Set(dut_->awaddr_i, offset);
      Set(dut_->wvalid_i, !data_done && data_in == 0);
      Set(dut_->wdata_i, value);
      Set(dut_->wstrb_i, strobes);
      dut_.Settle();
      const bool takes_address = dut_->awvalid_i != 0 && dut_->awready_o != 0;
      const bool takes_data = dut_->wvalid_i != 0 && dut_->wready_o != 0;
      ASSERT_EQ(dut_->bvalid_o, 0) << "answered too early";
      Tick();
      address_done = address_done || takes_address;
      data_done = data_done || takes_data;
      address_in -= address_in > 0 ? 1 : 0;
      data_in -= data_in > 0 ? 1 : 0;
    }
    Set(dut_->awvalid_i, 0);
    Set(dut_->wvalid_i, 0);
    for (std::uint64_t wait = random_.Between(0, 3); wait > 0; --wait) {
      Tick();
    }
    Take(dut_->bready_i, dut_->bvalid_o);
  }

  // Waits for an answer and takes it.
  void Take(CData& ready, const CData& valid) {
    Set(ready, 1);
    for (int cycle = 0; valid == 0; ++cycle) {
      ASSERT_LT(cycle, 10) << "no answer";
      Tick();
    }
    Tick();
    Set(ready, 0);
    ASSERT_EQ(valid, 0) << "answered twice";
  }

  std::uint32_t Read(std::uint32_t offset) {
    Set(dut_->arvalid_i, 1);
    Set(dut_->araddr_i, offset);
    dut_.Settle();
    for (int cycle = 0; dut_->arready_o == 0 && cycle < 10; ++cycle) {
      Tick();
    }
    EXPECT_EQ(dut_->arready_o, 1);
    Tick();
    Set(dut_->arvalid_i, 0);
    Set(dut_->araddr_i, random_.Word(0, 4095));
    for (int cycle = 0; dut_->rvalid_o == 0 && cycle < 10; ++cycle) {
      Tick();
    }
    const std::uint32_t data = dut_->rdata_o;
    for (std::uint64_t wait = random_.Between(0, 3); wait > 0; --wait) {
      Tick();
      EXPECT_EQ(dut_->rvalid_o, 1);
      EXPECT_EQ(dut_->rdata_o, data) << "the data changed before it was taken";
    }
    Take(dut_->rready_i, dut_->rvalid_o);
    return data;
  }

  // The job ends: as ds_job does it, done in the last cycle of running.
  void EndJob() {
    Set(dut_->done_i, 1);
    Tick();
    Set(dut_->done_i, 0);
    Set(dut_->running_i, 0);
  }

  static bool IsMapped(std::uint32_t offset) {
    return ResetValues().count(offset) != 0 || (offset >= kCounters && offset < kCountersEnd);
  }

  Random random_;
  Clocked<Vds_regs> dut_;
  std::array<std::uint64_t, 32> counts_{};
  std::uint64_t starts_ = 0;
  bool begins_jobs_ = true;  // a start makes running_i rise in the next cycle
  bool started_ = false;
};

TEST_F(DsRegs, HoldTheirResetValues) {
  for (const auto& [offset, value] : ResetValues()) {
    EXPECT_EQ(Read(offset), value) << "offset " << offset;
  }
  for (std::uint32_t offset = kCounters; offset < kCountersEnd; offset += 4) {
    EXPECT_EQ(Read(offset), 0U) << "offset " << offset;
  }
  EXPECT_EQ(dut_->irq_o, 0);
  EXPECT_EQ(starts_, 0U);
}

// Every offset that is not listed reads 0, and writing it changes nothing.
TEST_F(DsRegs, IgnoreOffsetsThatAreNotListed) {
  counts_.fill(~std::uint64_t{0});
  for (std::uint32_t offset = 0; offset < 4096; offset += 4) {
    if (!IsMapped(offset)) {
      ASSERT_EQ(Read(offset), 0U) << "offset " << offset;
      ASSERT_NO_FATAL_FAILURE(Write(offset, ~0U)) << "offset " << offset;
    }
  }
  EXPECT_EQ(starts_, 0U);
  for (const auto& [offset, value] : ResetValues()) {
    EXPECT_EQ(Read(offset), value) << "offset " << offset;
  }
}

TEST_F(DsRegs, IgnoreWritesToReadOnlyRegisters) {
  for (const auto& [offset, value] : ResetValues()) {
    if (offset >= kError) {
      ASSERT_NO_FATAL_FAILURE(Write(offset, ~value));
      EXPECT_EQ(Read(offset), value) << "offset " << offset;
    }
  }
  ASSERT_NO_FATAL_FAILURE(Write(kCounters, ~0U));
  EXPECT_EQ(Read(kCounters), 0U);
}

// Every bit of every register that can be written, byte by byte, beside the others.
TEST_F(DsRegs, KeepEveryBit) {
  std::map<std::uint32_t, std::uint32_t> values = {
      {kGie, 0}, {kIer, 0}, {kCmdAddr, 0}, {kCmdCount, 0}, {kWatchdog, 100000}};
  const std::map<std::uint32_t, std::uint32_t> masks = {
      {kGie, 1}, {kIer, 3}, {kCmdAddr, ~0U}, {kCmdCount, ~0U}, {kWatchdog, ~0U}};
  const std::vector<std::uint32_t> offsets = {kGie, kIer, kCmdAddr, kCmdCount, kWatchdog};
  for (int i = 0; i < 3000; ++i) {
    const std::uint32_t offset = offsets.at(random_.Between(0, offsets.size() - 1));
    const std::uint32_t strobes = random_.Word(0, 15);
    const std::uint32_t data =
        random_.Chance(50) ? 1U << random_.Between(0, 31) : random_.Word(0, ~0U);
    ASSERT_NO_FATAL_FAILURE(Write(offset, data, strobes));
    for (std::uint32_t byte = 0; byte < 4; ++byte) {
      const std::uint32_t mask = (0xFFU << (8 * byte)) & masks.at(offset);
      if (((strobes >> byte) & 1U) != 0) {
        values.at(offset) = (values.at(offset) & ~mask) | (data & mask);
      }
    }
    const std::uint32_t other = offsets.at(random_.Between(0, offsets.size() - 1));
    ASSERT_EQ(Read(other), values.at(other)) << "offset " << other;
    ASSERT_EQ(Read(offset), values.at(offset)) << "offset " << offset;
    ASSERT_EQ(dut_->list_addr_o, values.at(kCmdAddr));
    ASSERT_EQ(dut_->list_count_o, values.at(kCmdCount));
    ASSERT_EQ(dut_->watchdog_o, values.at(kWatchdog));
  }
  EXPECT_EQ(starts_, 0U);
}

// ap_start reads 1 until the job ends; ap_done and ap_ready are set at the end and cleared by
// reading them, or by the next start.
TEST_F(DsRegs, StartAndEndJobs) {
  for (int job = 0; job < 10; ++job) {
    SCOPED_TRACE(testing::Message() << "job " << job);
    starts_ = 0;
    ASSERT_NO_FATAL_FAILURE(Write(kCtrl, kApStart));
    EXPECT_EQ(starts_, 1U);
    EXPECT_EQ(Read(kCtrl), kApStart);
    ASSERT_NO_FATAL_FAILURE(Write(kCtrl, kApStart));
    EXPECT_EQ(starts_, 1U) << "ap_start written while a job runs is ignored";
    EndJob();
    if (job % 2 == 0) {
      EXPECT_EQ(Read(kCtrl), kApDone | kApIdle | kApReady);
      EXPECT_EQ(Read(kCtrl), kApIdle);
    }
  }
}

// Only bit 0 starts a job, and only if its byte is written.
TEST_F(DsRegs, StartOnlyByWritingApStart) {
  ASSERT_NO_FATAL_FAILURE(Write(kCtrl, ~kApStart));
  ASSERT_NO_FATAL_FAILURE(Write(kCtrl, ~0U, 14));
  ASSERT_NO_FATAL_FAILURE(Write(kGie, 1));
  EXPECT_EQ(starts_, 0U);
  EXPECT_EQ(Read(kCtrl), kApIdle);
}

// The end of a job in any cycle around a read of CTRL is seen by exactly one read.
TEST_F(DsRegs, LoseNoEndOfAJob) {
  for (int when = 0; when < 8; ++when) {
    for (int seed = 0; seed < 20; ++seed) {
      ASSERT_NO_FATAL_FAILURE(Write(kCtrl, kApStart));
      Set(dut_->rready_i, 1);
      Set(dut_->arvalid_i, 1);
      Set(dut_->araddr_i, kCtrl);
      std::uint32_t seen = 0;
      for (int cycle = 0; cycle < 16; ++cycle) {
        Set(dut_->done_i, cycle == when);
        dut_.Settle();
        if (dut_->rvalid_o != 0) {
          seen += (dut_->rdata_o & kApDone) != 0 ? 1 : 0;
        }
        Tick();
        if (cycle == when) {
          Set(dut_->running_i, 0);
        }
      }
      Set(dut_->arvalid_i, 0);
      for (int cycle = 0; cycle < 4; ++cycle) {
        seen += dut_->rvalid_o != 0 && (dut_->rdata_o & kApDone) != 0 ? 1 : 0;
        Tick();
      }
      Set(dut_->rready_i, 0);
      ASSERT_EQ(seen, 1U) << "the job ended in cycle " << when;
    }
  }
}

// ISR bits are set at the end of a job if enabled and toggled by writing 1; the line follows GIE,
// IER and ISR.
TEST_F(DsRegs, RaiseInterrupts) {
  for (std::uint32_t enabled = 0; enabled < 4; ++enabled) {
    for (std::uint32_t global = 0; global < 2; ++global) {
      SCOPED_TRACE(testing::Message() << "IER " << enabled << ", GIE " << global);
      ASSERT_NO_FATAL_FAILURE(Write(kIer, enabled));
      ASSERT_NO_FATAL_FAILURE(Write(kGie, global));
      ASSERT_NO_FATAL_FAILURE(Write(kIsr, Read(kIsr)));
      ASSERT_EQ(Read(kIsr), 0U);
      ASSERT_EQ(dut_->irq_o, 0);
      ASSERT_NO_FATAL_FAILURE(Write(kCtrl, kApStart));
      ASSERT_EQ(dut_->irq_o, 0);
      EndJob();
      ASSERT_EQ(Read(kIsr), enabled);
      ASSERT_EQ(dut_->irq_o, global != 0 && enabled != 0 ? 1 : 0);
      // Disabling hides the interrupt, enabling another bit does not set it.
      ASSERT_NO_FATAL_FAILURE(Write(kIer, 0));
      ASSERT_EQ(dut_->irq_o, 0);
      ASSERT_NO_FATAL_FAILURE(Write(kIer, 3));
      ASSERT_EQ(Read(kIsr), enabled);
      // Toggling sets a clear bit as well.
      ASSERT_NO_FATAL_FAILURE(Write(kIsr, 2));
      ASSERT_EQ(Read(kIsr), enabled ^ 2U);
      ASSERT_EQ(dut_->irq_o, global != 0 && (enabled ^ 2U) != 0 ? 1 : 0);
      ASSERT_NO_FATAL_FAILURE(Write(kIsr, 3, 14));
      ASSERT_EQ(Read(kIsr), enabled ^ 2U);
    }
  }
}

TEST_F(DsRegs, ShowErrorsAndCycles) {
  for (int i = 0; i < 50; ++i) {
    const std::uint32_t code = random_.Byte();
    const std::uint32_t unit = random_.Byte();
    const std::uint32_t index = random_.Word(0, ~0U);
    const std::uint32_t address = random_.Word(0, ~0U);
    const std::uint64_t cycles = random_.Any();
    Set(dut_->error_code_i, code);
    Set(dut_->error_unit_i, unit);
    Set(dut_->error_index_i, index);
    Set(dut_->error_addr_i, address);
    Set(dut_->cycles_i, cycles);
    EXPECT_EQ(Read(kError), unit << 8 | code);
    EXPECT_EQ(Read(kErrorCommand), index);
    EXPECT_EQ(Read(kErrorAddress), address);
    EXPECT_EQ(Read(kCyclesLo), static_cast<std::uint32_t>(cycles));
    EXPECT_EQ(Read(kCyclesHi), cycles >> 32);
  }
}

// Counter k of unit u is at 0x80 + 0x20 u + 8 k, low word first.
TEST_F(DsRegs, ShowEveryCounter) {
  for (std::uint64_t& count : counts_) {
    count = random_.Any();
  }
  for (std::uint32_t unit = 0; unit < 5; ++unit) {
    for (std::uint32_t k = 0; k < 4; ++k) {
      const std::uint32_t offset = kCounters + 0x20 * unit + 8 * k;
      const std::uint64_t count = counts_.at(unit * 4 + k);
      EXPECT_EQ(Read(offset), static_cast<std::uint32_t>(count)) << "offset " << offset;
      EXPECT_EQ(Read(offset + 4), count >> 32) << "offset " << offset + 4;
    }
  }
}

}  // namespace
}  // namespace denseshift::rtl
