// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/memory/axi_memory.h"

#include <algorithm>
#include <functional>
#include <numeric>
#include <stdexcept>
#include <vector>

#include <gtest/gtest.h>

namespace denseshift::sim {
namespace {

constexpr int kLatency = 5;

MemoryParameters Parameters() {
  MemoryParameters p;
  p.bus_bytes = 16;
  p.bytes = 65536;
  p.latency_cycles = kLatency;
  p.max_outstanding_reads = 2;
  p.max_outstanding_writes = 2;
  return p;
}

AxiMasterPins Idle() {
  AxiMasterPins m;
  m.arsize = m.awsize = 4;
  m.arburst = m.awburst = 1;
  m.rready = m.bready = 1;
  return m;
}

AxiMasterPins ReadAddress(std::uint32_t address, int beats) {
  AxiMasterPins m = Idle();
  m.arvalid = 1;
  m.araddr = address;
  m.arlen = static_cast<std::uint8_t>(beats - 1);
  return m;
}

AxiMasterPins WriteAddress(std::uint32_t address, int beats) {
  AxiMasterPins m = Idle();
  m.awvalid = 1;
  m.awaddr = address;
  m.awlen = static_cast<std::uint8_t>(beats - 1);
  return m;
}

AxiMasterPins WriteData(std::uint8_t value, bool last) {
  AxiMasterPins m = Idle();
  m.wvalid = 1;
  m.wlast = last ? 1 : 0;
  m.wstrb = 0xFFFF;
  std::fill_n(m.wdata, 16, value);
  return m;
}

// Steps with an idle master and returns the cycles in which `what` held.
std::vector<std::uint64_t> CyclesWith(AxiMemory& memory,
                                      std::uint64_t until,
                                      const std::function<bool(const AxiMemoryPins&)>& what) {
  std::vector<std::uint64_t> cycles;
  while (memory.Cycle() < until) {
    if (what(memory.pins()))
      cycles.push_back(memory.Cycle());
    memory.Step(Idle());
  }
  return cycles;
}

bool RValid(const AxiMemoryPins& p) {
  return p.rvalid != 0;
}

bool BValid(const AxiMemoryPins& p) {
  return p.bvalid != 0;
}

// Writes a burst of one beat from cycle 0 on, data from cycle 1 on, and returns the response.
int WriteWord(AxiMemory& memory, std::uint32_t address, std::uint8_t value) {
  memory.Step(WriteAddress(address, 1));
  while (memory.pins().wready == 0)
    memory.Step(WriteData(value, true));
  memory.Step(WriteData(value, true));
  while (memory.pins().bvalid == 0)
    memory.Step(Idle());
  const int response = memory.pins().bresp;
  memory.Step(Idle());
  return response;
}

int ReadWord(AxiMemory& memory, std::uint32_t address) {
  memory.Step(ReadAddress(address, 1));
  while (memory.pins().rvalid == 0)
    memory.Step(Idle());
  const int response = memory.pins().rresp;
  memory.Step(Idle());
  return response;
}

TEST(AxiMemory, FirstReadBeatComesLatencyAfterTheAddressAndOthersFollowEachCycle) {
  AxiMemory memory(Parameters());
  std::vector<std::uint8_t> data(64);
  std::iota(data.begin(), data.end(), std::uint8_t{1});
  memory.Write(0x100, data.data(), data.size());
  memory.Step(Idle());
  memory.Step(Idle());
  ASSERT_EQ(memory.Cycle(), 2U);
  memory.Step(ReadAddress(0x100, 4));
  for (std::uint64_t cycle = 3; cycle < 15; ++cycle) {
    const AxiMemoryPins& pins = memory.pins();
    const bool valid = cycle >= 2 + kLatency && cycle < 2 + kLatency + 4;
    ASSERT_EQ(pins.rvalid != 0, valid) << "cycle " << cycle;
    if (valid) {
      const std::size_t beat = cycle - 2 - kLatency;
      EXPECT_TRUE(std::equal(pins.rdata, pins.rdata + 16, &data[16 * beat])) << "cycle " << cycle;
      EXPECT_EQ(pins.rlast != 0, beat == 3);
      EXPECT_EQ(pins.rresp, 0);
    }
    memory.Step(Idle());
  }
  EXPECT_EQ(memory.traffic().read_beats, 4U);
}

TEST(AxiMemory, AWaitingSecondBurstFollowsWithoutGap) {
  AxiMemory memory(Parameters());
  memory.Step(ReadAddress(0, 4));
  memory.Step(ReadAddress(64, 4));
  const std::vector<std::uint64_t> expected = {5, 6, 7, 8, 9, 10, 11, 12};
  EXPECT_EQ(CyclesWith(memory, 20, RValid), expected);
}

TEST(AxiMemory, AddressesWaitWhileAllOutstandingReadsAreTaken) {
  AxiMemory memory(Parameters());
  EXPECT_EQ(memory.pins().arready, 1);
  memory.Step(ReadAddress(0, 2));
  EXPECT_EQ(memory.pins().arready, 1);
  memory.Step(ReadAddress(64, 2));
  // The first burst ends in cycle 6, so the next address can go in cycle 7.
  const std::vector<std::uint64_t> blocked = {2, 3, 4, 5, 6};
  EXPECT_EQ(CyclesWith(memory, 20, [](const AxiMemoryPins& p) { return p.arready == 0; }), blocked);
}

TEST(AxiMemory, AnUnacceptedBeatStays) {
  AxiMemory memory(Parameters());
  memory.Step(ReadAddress(0, 2));
  while (memory.pins().rvalid == 0)
    memory.Step(Idle());
  AxiMasterPins busy = Idle();
  busy.rready = 0;
  const std::uint8_t value = 7;
  memory.Write(0, &value, 1);  // too late: the beat is on the bus
  for (int i = 0; i < 3; ++i) {
    memory.Step(busy);
    ASSERT_EQ(memory.pins().rvalid, 1);
    ASSERT_EQ(memory.pins().rlast, 0);
    ASSERT_EQ(memory.pins().rdata[0], 0);
  }
  memory.Step(Idle());
  EXPECT_EQ(memory.pins().rlast, 1);
}

TEST(AxiMemory, ResponseComesLatencyAfterTheLastBeat) {
  AxiMemory memory(Parameters());
  EXPECT_EQ(memory.pins().wready, 0);
  memory.Step(WriteAddress(0x200, 2));
  EXPECT_EQ(memory.pins().wready, 1);
  memory.Step(WriteData(1, false));
  memory.Step(WriteData(2, true));  // cycle 2
  EXPECT_EQ(memory.pins().wready, 0);
  EXPECT_EQ(CyclesWith(memory, 20, BValid), std::vector<std::uint64_t>{2 + kLatency});
  std::vector<std::uint8_t> data(32);
  memory.Read(0x200, data.data(), data.size());
  EXPECT_EQ(data[15], 1);
  EXPECT_EQ(data[16], 2);
}

TEST(AxiMemory, OnlyStrobedBytesAreWritten) {
  AxiMemory memory(Parameters());
  memory.Step(WriteAddress(0, 1));
  AxiMasterPins beat = WriteData(9, true);
  beat.wstrb = 0x0012;
  memory.Step(beat);
  std::vector<std::uint8_t> data(16);
  memory.Read(0, data.data(), data.size());
  const std::vector<std::uint8_t> expected = {0, 9, 0, 0, 9, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
  EXPECT_EQ(data, expected);
}

TEST(AxiMemory, ThroughputOfThreeQuartersLeavesEveryFourthCycleEmpty) {
  MemoryParameters p = Parameters();
  p.bytes_per_cycle = 12;  // of 16: a period of 1365 / 1024 cycles
  AxiMemory memory(p);
  memory.Step(ReadAddress(0, 8));
  const std::vector<std::uint64_t> expected = {5, 6, 7, 8, 10, 11, 12, 14};
  EXPECT_EQ(CyclesWith(memory, 30, RValid), expected);
}

TEST(AxiMemory, ThroughputBelowOneBeatPerCycleHoldsBackWriteData) {
  MemoryParameters p = Parameters();
  p.bytes_per_cycle = 4;
  AxiMemory memory(p);
  memory.Step(WriteAddress(0, 4));
  std::vector<std::uint64_t> accepted;
  while (accepted.size() < 4) {
    const bool ready = memory.pins().wready != 0;
    if (ready)
      accepted.push_back(memory.Cycle());
    memory.Step(WriteData(1, accepted.size() == 4 || (!ready && accepted.size() == 3)));
  }
  const std::vector<std::uint64_t> expected = {1, 4, 8, 12};
  EXPECT_EQ(accepted, expected);
}

TEST(AxiMemory, RefreshStopsAllChannels) {
  MemoryParameters p = Parameters();
  p.refresh_period_cycles = 10;
  p.refresh_cycles = 3;
  AxiMemory memory(p);
  for (std::uint64_t cycle = 0; cycle < 3; ++cycle) {
    EXPECT_EQ(memory.pins().arready, 0);
    EXPECT_EQ(memory.pins().awready, 0);
    memory.Step(Idle());
  }
  memory.Step(ReadAddress(0, 8));  // cycle 3
  const std::vector<std::uint64_t> expected = {8, 9, 13, 14, 15, 16, 17, 18};
  EXPECT_EQ(CyclesWith(memory, 30, RValid), expected);
}

TEST(AxiMemory, BurstsOutsideTheMemoryAnswerDecodeErrorAndChangeNothing) {
  AxiMemory memory(Parameters());
  EXPECT_EQ(ReadWord(memory, 65536 - 16), 0);
  EXPECT_EQ(ReadWord(memory, 65536), 3);
  EXPECT_EQ(WriteWord(memory, 65536, 1), 3);
  EXPECT_EQ(ReadWord(memory, 0xFFFFFFF0U), 3);
}

TEST(AxiMemory, FaultsHitTheirTransactionOnly) {
  AxiMemory memory(Parameters());
  memory.AddFault({Direction::kRead, FaultKind::kSlaveError, 1, 1});
  memory.AddFault({Direction::kWrite, FaultKind::kDecodeError, 0, ~std::uint64_t{0}, 0x100, 0x110});
  EXPECT_EQ(ReadWord(memory, 0), 0);
  EXPECT_EQ(ReadWord(memory, 0), 2);
  EXPECT_EQ(ReadWord(memory, 0), 0);
  EXPECT_EQ(WriteWord(memory, 0xF0, 1), 0);
  EXPECT_EQ(WriteWord(memory, 0x100, 1), 3);
  EXPECT_EQ(WriteWord(memory, 0x110, 1), 0);
  std::uint8_t value = 5;
  memory.Read(0x100, &value, 1);
  EXPECT_EQ(value, 0);
  memory.ClearFaults();
  EXPECT_EQ(WriteWord(memory, 0x100, 1), 0);
}

TEST(AxiMemory, NoAnswerHoldsBackAllLaterAnswers) {
  AxiMemory memory(Parameters());
  memory.AddFault({Direction::kRead, FaultKind::kNoAnswer, 0, 0});
  memory.AddFault({Direction::kWrite, FaultKind::kNoAnswer, 0, 0});
  memory.Step(ReadAddress(0, 1));
  memory.Step(ReadAddress(0, 1));
  memory.Step(WriteAddress(0, 1));
  memory.Step(WriteData(1, true));
  EXPECT_TRUE(CyclesWith(memory, 1000, RValid).empty());
  EXPECT_TRUE(CyclesWith(memory, 2000, BValid).empty());
  memory.Reset();
  memory.ClearFaults();
  EXPECT_EQ(ReadWord(memory, 0), 0);
}

TEST(AxiMemory, NoDataAndNoAddressStopTheirChannels) {
  AxiMemory memory(Parameters());
  memory.AddFault({Direction::kWrite, FaultKind::kNoData, 0, 0});
  memory.AddFault({Direction::kRead, FaultKind::kNoAddress, 1});
  memory.Step(WriteAddress(0, 1));
  const auto w_ready = [](const AxiMemoryPins& p) { return p.wready != 0; };
  EXPECT_TRUE(CyclesWith(memory, 1000, w_ready).empty());
  EXPECT_EQ(memory.pins().arready, 1);
  memory.Step(ReadAddress(0, 1));
  const auto ar_ready = [](const AxiMemoryPins& p) { return p.arready != 0; };
  EXPECT_TRUE(CyclesWith(memory, 2000, ar_ready).empty());
}

TEST(AxiMemory, BackDoorRefusesAddressesOutside) {
  AxiMemory memory(Parameters());
  std::vector<std::uint8_t> data(2);
  memory.Read(65534, data.data(), 2);
  EXPECT_THROW(memory.Read(65535, data.data(), 2), std::out_of_range);
  EXPECT_THROW(memory.Write(~std::uint64_t{0}, data.data(), 2), std::out_of_range);
}

TEST(AxiMemory, RefusesParametersOutOfRange) {
  const auto refuses = [](const std::function<void(MemoryParameters&)>& change) {
    MemoryParameters p = Parameters();
    change(p);
    EXPECT_THROW(AxiMemory{p}, std::invalid_argument);
  };
  refuses([](MemoryParameters& p) { p.bus_bytes = 12; });
  refuses([](MemoryParameters& p) { p.bytes = 5000; });
  refuses([](MemoryParameters& p) { p.latency_cycles = 0; });
  refuses([](MemoryParameters& p) { p.bytes_per_cycle = 0; });
  refuses([](MemoryParameters& p) { p.max_outstanding_reads = 65; });
  refuses([](MemoryParameters& p) { p.max_outstanding_writes = 0; });
  refuses([](MemoryParameters& p) { p.max_burst_beats = 257; });
  refuses([](MemoryParameters& p) { p.stall_probability = 1; });
  refuses([](MemoryParameters& p) { p.refresh_period_cycles = p.refresh_cycles = 4; });
  refuses([](MemoryParameters& p) { p.refresh_cycles = 4; });
}

}  // namespace
}  // namespace denseshift::sim
