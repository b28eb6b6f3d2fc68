// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0
//
// A memory whose contents lie elsewhere drives what one of its own drives.

#include "sim/memory/burst_target.h"

#include <cstring>
#include <random>
#include <vector>

#include <gtest/gtest.h>

#include "sim/memory/axi_memory.h"

namespace denseshift::sim {
namespace {

MemoryParameters Parameters(std::uint64_t seed) {
  MemoryParameters parameters;
  parameters.bus_bytes = 16;
  parameters.bytes = 4096;
  parameters.latency_cycles = 1 + static_cast<int>(seed % 5);
  parameters.bytes_per_cycle = 13;
  parameters.stall_probability = seed % 2 == 0 ? 0 : 0.3;
  parameters.seed = seed;
  return parameters;
}

// Answers bursts at once, or when it is told to.
class Contents final : public BurstTarget {
 public:
  void StartRead(const BurstData& burst) override {
    std::memcpy(burst.bytes, &bytes_.at(burst.address), burst.count);
    Answer(burst.slot, true);
  }

  void StartWrite(const BurstData& burst) override {
    for (std::uint32_t i = 0; i < burst.count; ++i) {
      if (burst.strobes[i] != 0)
        bytes_.at(burst.address + i) = burst.bytes[i];
    }
    Answer(burst.slot, false);
  }

  void AnswerAll() {
    for (const auto& [slot, is_read] : waiting_)
      Send(slot, is_read);
    waiting_.clear();
  }

  AxiMemory* memory = nullptr;
  bool at_once = true;

 private:
  void Answer(std::uint32_t slot, bool is_read) {
    if (at_once) {
      Send(slot, is_read);
    } else {
      waiting_.emplace_back(slot, is_read);
    }
  }

  void Send(std::uint32_t slot, bool is_read) const {
    if (is_read) {
      memory->AnswerRead(slot, 0, 0);
    } else {
      memory->AnswerWrite(slot, 0, 0);
    }
  }

  std::vector<std::uint8_t> bytes_ = std::vector<std::uint8_t>(8192);
  std::vector<std::pair<std::uint32_t, bool>> waiting_;
};

// Sends single words to random places, and holds what is not accepted.
class RandomMaster {
 public:
  explicit RandomMaster(std::uint64_t seed) : random_(seed) {
    pins_.arsize = pins_.awsize = 4;
    pins_.arburst = pins_.awburst = 1;
    pins_.bready = pins_.rready = 1;
    pins_.wlast = 1;
  }

  [[nodiscard]] const AxiMasterPins& pins() const { return pins_; }

  // Takes the handshakes of the cycle that ends, then decides for the next.
  void Next(const AxiMemoryPins& memory) {
    if (pins_.arvalid == 0 || memory.arready != 0) {
      pins_.arvalid = random_() % 3 == 0 ? 1 : 0;
      pins_.araddr = Word();
    }
    if (pins_.wvalid != 0 && memory.wready != 0)
      pins_.wvalid = 0;
    if (pins_.awvalid != 0 && memory.awready != 0)
      pins_.awvalid = 0;
    if (pins_.awvalid == 0 && pins_.wvalid == 0 && random_() % 3 == 0) {
      pins_.awvalid = pins_.wvalid = 1;
      pins_.awaddr = Word();
      pins_.wstrb = static_cast<std::uint32_t>(random_() & 0xFFFFU);
      for (int i = 0; i < 16; ++i)
        pins_.wdata[i] = static_cast<std::uint8_t>(random_());
    }
  }

 private:
  std::uint32_t Word() { return static_cast<std::uint32_t>(random_() % 8) * 16; }

  std::mt19937_64 random_;
  AxiMasterPins pins_;
};

// Where a read passes a write on its way, what it finds may differ; the pins but for data do not.
bool AreSame(const AxiMemoryPins& a, const AxiMemoryPins& b) {
  return a.arready == b.arready && a.rvalid == b.rvalid && a.rid == b.rid && a.rresp == b.rresp &&
         a.rlast == b.rlast && a.awready == b.awready && a.wready == b.wready &&
         a.bvalid == b.bvalid && a.bid == b.bid && a.bresp == b.bresp;
}

void ExpectSame(std::uint64_t seed, bool at_once) {
  AxiMemory plain(Parameters(seed));
  Contents contents;
  AxiMemory memory(Parameters(seed), contents);
  contents.memory = &memory;
  contents.at_once = at_once;
  RandomMaster master(seed);
  for (int cycle = 0; cycle < 2000; ++cycle) {
    const AxiMemoryPins before = plain.pins();
    plain.Step(master.pins());
    memory.Step(master.pins());
    master.Next(before);
    contents.AnswerAll();
    ASSERT_TRUE(AreSame(plain.pins(), memory.pins())) << "seed " << seed << " cycle " << cycle;
  }
  EXPECT_GT(plain.traffic().read_beats, 100U);
  EXPECT_EQ(plain.traffic().write_beats, memory.traffic().write_beats);
}

TEST(BurstTarget, AnswersAtOnceKeepTheTiming) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed)
    ExpectSame(seed, true);
}

TEST(BurstTarget, AnswersAfterTheEdgeKeepTheTiming) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed)
    ExpectSame(seed, false);
}

TEST(BurstTarget, HasNoBackDoor) {
  Contents contents;
  AxiMemory memory(Parameters(1), contents);
  std::uint8_t byte = 0;
  EXPECT_THROW(memory.Read(0, &byte, 1), std::logic_error);
}

TEST(AxiMemory, SkippedCyclesCount) {
  MemoryParameters parameters = Parameters(3);
  parameters.refresh_period_cycles = 37;
  parameters.refresh_cycles = 5;
  for (std::uint64_t cycles : {1U, 36U, 37U, 1000U}) {
    AxiMemory stepped(parameters);
    AxiMemory skipped(parameters);
    for (std::uint64_t i = 0; i < cycles; ++i)
      stepped.Step({});
    skipped.Skip(cycles);
    for (int i = 0; i < 50; ++i) {
      ASSERT_TRUE(AreSame(stepped.pins(), skipped.pins())) << cycles << " and " << i;
      stepped.Step({});
      skipped.Step({});
    }
    EXPECT_EQ(stepped.Cycle(), skipped.Cycle());
  }
}

}  // namespace
}  // namespace denseshift::sim
