// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0
//
// rtl/prim/ds_tokens.sv and rtl/ctrl/ds_dependencies.sv against docs/commands.md, Tokens, and error
// 8 of docs/registers.md.

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

#include <gtest/gtest.h>

#include "tests/rtl/clocked.h"
#include "tests/rtl/ports.h"
#include "tests/rtl/random.h"

#include "Vds_dependencies.h"
#include "Vds_tokens.h"

namespace denseshift::rtl {
namespace {

constexpr std::uint32_t kMost = 255;

class DsTokens : public testing::Test {
 protected:
  void Cycle(bool give, bool take, std::uint32_t tokens, bool clear) {
    Set(dut_->give_i, give);
    Set(dut_->take_i, take);
    Set(dut_->take_count_i, tokens);
    Set(dut_->clear_i, clear);
    dut_.Settle();
    const std::uint32_t taken = take ? tokens : 0;
    const bool overflows = give && count_ == kMost && taken == 0;
    ASSERT_EQ(dut_->overflow_o, overflows ? 1 : 0) << "count " << count_;
    dut_.Tick();
    count_ = clear ? 0 : std::min(kMost, count_ + (give ? 1U : 0U) - taken);
    ASSERT_EQ(dut_->count_o, count_);
  }

  Random random_;
  Clocked<Vds_tokens> dut_;
  std::uint32_t count_ = 0;
};

TEST_F(DsTokens, CountsUpToItsLimit) {
  for (int i = 0; i < 260; ++i) {
    ASSERT_NO_FATAL_FAILURE(Cycle(true, false, 5, false));
  }
}

// At every count, every number that may be taken, with and without a token given beside it.
TEST_F(DsTokens, TakesEveryNumberAtEveryCount) {
  for (std::uint32_t start = 0; start <= kMost; ++start) {
    for (std::uint32_t tokens = 0; tokens <= std::min(start, 15U); ++tokens) {
      for (const bool give : {false, true}) {
        while (count_ < start) {
          ASSERT_NO_FATAL_FAILURE(Cycle(true, false, 0, false));
        }
        while (count_ > start) {
          ASSERT_NO_FATAL_FAILURE(Cycle(false, true, 1, false));
        }
        ASSERT_NO_FATAL_FAILURE(Cycle(give, true, tokens, false));
      }
    }
  }
}

TEST_F(DsTokens, FollowsACounterAtRandom) {
  for (int cycle = 0; cycle < 20000; ++cycle) {
    const std::uint32_t tokens = random_.Word(0, std::min(count_, 15U));
    const bool rising = cycle / 2000 % 2 == 0;
    ASSERT_NO_FATAL_FAILURE(Cycle(random_.Chance(rising ? 90 : 40),
                                  random_.Chance(rising ? 5 : 30),
                                  tokens,
                                  cycle % 5000 == 4999));
  }
}

// The counters in the order of docs/commands.md: load->compute, compute->load, compute->store,
// store->compute, store->load.
class DsDependencies : public testing::Test {
 protected:
  enum Counter : std::size_t {
    kLoadCompute,
    kComputeLoad,
    kComputeStore,
    kStoreCompute,
    kStoreLoad
  };

  // One cycle: tokens given, and commands of units that take `tokens` from each of their counters.
  void Cycle(std::uint32_t gives, std::uint32_t takers) {
    std::array<std::uint32_t, 5> taken{};
    const auto take = [&](std::uint32_t unit, Counter counter) {
      const std::uint32_t tokens = random_.Word(0, std::min(counts_.at(counter), 15U));
      taken.at(counter) = ((takers >> unit) & 1U) != 0 ? tokens : 0;
      return tokens;
    };
    Set(dut_->load_give_i, gives & 1U);
    Set(dut_->compute_give_a_i, (gives >> 1) & 1U);
    Set(dut_->compute_give_b_i, (gives >> 2) & 1U);
    Set(dut_->store_give_a_i, (gives >> 3) & 1U);
    Set(dut_->store_give_b_i, (gives >> 4) & 1U);
    Set(dut_->load_take_i, takers & 1U);
    Set(dut_->load_take_a_i, take(0, kComputeLoad));
    Set(dut_->load_take_b_i, take(0, kStoreLoad));
    Set(dut_->compute_take_i, (takers >> 1) & 1U);
    Set(dut_->compute_take_a_i, take(1, kLoadCompute));
    Set(dut_->compute_take_b_i, take(1, kStoreCompute));
    Set(dut_->store_take_i, (takers >> 2) & 1U);
    Set(dut_->store_take_a_i, take(2, kComputeStore));
    dut_.Settle();
    for (std::size_t i = 0; i < counts_.size(); ++i) {
      const bool given = ((gives >> i) & 1U) != 0;
      const bool overflows = given && counts_.at(i) == kMost && taken.at(i) == 0;
      ASSERT_EQ(Bits(dut_->overflow_o, i, 1), overflows ? 1U : 0U) << "counter " << i;
      counts_.at(i) = std::min(kMost, counts_.at(i) + (given ? 1U : 0U) - taken.at(i));
    }
    dut_.Tick();
    const std::array<std::uint32_t, 5> shown = {dut_->load_compute_o,
                                                dut_->compute_load_o,
                                                dut_->compute_store_o,
                                                dut_->store_compute_o,
                                                dut_->store_load_o};
    ASSERT_EQ(shown, counts_);
  }

  Random random_;
  Clocked<Vds_dependencies> dut_;
  std::array<std::uint32_t, 5> counts_{};
};

// Each unit gives to and takes from the counters the page names; all in the same cycle.
TEST_F(DsDependencies, ConnectTheUnits) {
  Set(dut_->clear_i, 0);
  for (int cycle = 0; cycle < 20000; ++cycle) {
    const bool rising = cycle / 1000 % 2 == 0;
    const std::uint32_t gives = random_.Word(0, 31) | (rising ? random_.Word(0, 31) : 0);
    const std::uint32_t takers = rising && random_.Chance(90) ? 0 : random_.Word(0, 7);
    ASSERT_NO_FATAL_FAILURE(Cycle(gives, takers)) << "cycle " << cycle;
  }
  Set(dut_->clear_i, 1);
  dut_.Tick();
  EXPECT_EQ(dut_->load_compute_o | dut_->compute_load_o | dut_->compute_store_o |
                dut_->store_compute_o | dut_->store_load_o,
            0);
}

}  // namespace
}  // namespace denseshift::rtl
