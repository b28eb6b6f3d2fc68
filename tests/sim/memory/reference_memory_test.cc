// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "tests/sim/memory/reference_memory.h"

#include <algorithm>
#include <deque>
#include <random>
#include <tuple>

#include <gtest/gtest.h>

#include "sim/memory/axi_memory.h"

namespace denseshift::sim {
namespace {

// A master that keeps the protocol and does everything else at random.
class RandomMaster {
 public:
  RandomMaster(unsigned seed, int bus_bytes)
      : rng_(seed), bus_bytes_(static_cast<unsigned>(bus_bytes)) {
    for (size_ = 0; 1U << size_ < bus_bytes_;)
      ++size_;
  }

  [[nodiscard]] const AxiMasterPins& pins() const { return pins_; }

  // Takes the handshakes of the cycle that ends, then decides for the next.
  void Step(const AxiMemoryPins& memory) {
    if (memory.arready != 0)
      pins_.arvalid = 0;
    if (memory.awready != 0 && pins_.awvalid != 0) {
      bursts_.push_back(pins_.awlen + 1U);
      pins_.awvalid = 0;
    }
    if (memory.wready != 0 && pins_.wvalid != 0) {
      pins_.wvalid = 0;
      if (--bursts_.front() == 0)
        bursts_.pop_front();
    }
    if (pins_.arvalid == 0 && Chance(3)) {
      std::tie(pins_.araddr, pins_.arlen) = NewBurst();
      SetUp(pins_.arvalid, pins_.arid, pins_.arsize, pins_.arburst);
    }
    if (pins_.awvalid == 0 && Chance(3)) {
      std::tie(pins_.awaddr, pins_.awlen) = NewBurst();
      SetUp(pins_.awvalid, pins_.awid, pins_.awsize, pins_.awburst);
    }
    if (pins_.wvalid == 0 && !bursts_.empty() && !Chance(4)) {
      pins_.wvalid = 1;
      pins_.wlast = bursts_.front() == 1 ? 1 : 0;
      pins_.wstrb = Chance(2) ? Mask() : static_cast<std::uint32_t>(rng_()) & Mask();
      for (std::uint8_t& byte : pins_.wdata)
        byte = static_cast<std::uint8_t>(rng_());
    }
    pins_.rready = Chance(5) ? 0 : 1;
    pins_.bready = Chance(5) ? 0 : 1;
  }

 private:
  bool Chance(unsigned one_in) { return rng_() % one_in == 0; }

  [[nodiscard]] std::uint32_t Mask() const { return 0xFFFFFFFFU >> (32 - bus_bytes_); }

  // Within 4 KiB, somewhere in the first 20 KiB of a memory of 16 KiB.
  std::pair<std::uint32_t, std::uint8_t> NewBurst() {
    const auto beats = static_cast<std::uint32_t>(1 + rng_() % 32);
    const std::uint32_t words = 4096 / bus_bytes_;
    const auto word = static_cast<std::uint32_t>(rng_() % (words - beats + 1));
    const auto page = static_cast<std::uint32_t>(rng_() % 5);
    return {page * 4096 + word * bus_bytes_, static_cast<std::uint8_t>(beats - 1)};
  }

  void SetUp(std::uint8_t& valid, std::uint8_t& id, std::uint8_t& size, std::uint8_t& burst) {
    valid = 1;
    id = static_cast<std::uint8_t>(rng_() % 2);
    size = static_cast<std::uint8_t>(size_);
    burst = 1;
  }

  std::mt19937 rng_;
  unsigned bus_bytes_;
  unsigned size_ = 0;
  std::deque<unsigned> bursts_;  // beats left of announced writes
  AxiMasterPins pins_;
};

void ExpectSamePins(const AxiMemoryPins& actual, const AxiMemoryPins& expected, int bus_bytes) {
  ASSERT_EQ(actual.arready, expected.arready);
  ASSERT_EQ(actual.rvalid, expected.rvalid);
  ASSERT_EQ(actual.rid, expected.rid);
  ASSERT_EQ(actual.rresp, expected.rresp);
  ASSERT_EQ(actual.rlast, expected.rlast);
  ASSERT_TRUE(std::equal(actual.rdata, actual.rdata + bus_bytes, expected.rdata));
  ASSERT_EQ(actual.awready, expected.awready);
  ASSERT_EQ(actual.wready, expected.wready);
  ASSERT_EQ(actual.bvalid, expected.bvalid);
  ASSERT_EQ(actual.bid, expected.bid);
  ASSERT_EQ(actual.bresp, expected.bresp);
}

class SameAsReference : public testing::TestWithParam<unsigned> {};

TEST_P(SameAsReference, InEveryCycleOfRandomTraffic) {
  std::mt19937 rng(GetParam());
  const auto pick = [&rng](auto... choices) {
    const auto list = {choices...};
    return list.begin()[rng() % list.size()];
  };
  MemoryParameters p;
  p.bus_bytes = pick(8, 16, 32);
  p.bytes = 16384;
  p.latency_cycles = pick(1, 2, 7, 50);
  p.bytes_per_cycle = pick(32.0, 16.0, 12.0, 5.3, 1.0);
  p.max_outstanding_reads = pick(1, 2, 8, 64);
  p.max_outstanding_writes = pick(1, 2, 8, 64);
  p.stall_probability = pick(0.0, 0.0, 0.1, 0.5);
  p.seed = rng();
  if (rng() % 2 == 0) {
    p.refresh_period_cycles = 97;
    p.refresh_cycles = 9;
  }
  AxiMemory memory(p);
  ReferenceMemory reference(p);
  RandomMaster master(GetParam(), p.bus_bytes);
  for (int cycle = 0; cycle < 5000; ++cycle) {
    SCOPED_TRACE(cycle);
    ASSERT_NO_FATAL_FAILURE(ExpectSamePins(memory.pins(), reference.pins(), p.bus_bytes));
    const AxiMemoryPins before = memory.pins();
    memory.Step(master.pins());
    reference.Step(master.pins());
    master.Step(before);
  }
  EXPECT_GT(memory.traffic().read_beats, 20U);
  EXPECT_GT(memory.traffic().write_beats, 20U);
}

INSTANTIATE_TEST_SUITE_P(Seeds, SameAsReference, testing::Range(0U, 40U));

}  // namespace
}  // namespace denseshift::sim
