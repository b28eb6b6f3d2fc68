// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0
//
// rtl/ctrl/ds_counters.sv against docs/registers.md, Counters.

#include <array>
#include <cstddef>
#include <cstdint>

#include <gtest/gtest.h>

#include "tests/rtl/clocked.h"
#include "tests/rtl/ports.h"
#include "tests/rtl/random.h"

#include "Vds_counters.h"

namespace denseshift::rtl {
namespace {

constexpr std::size_t kUnits = 5;
constexpr std::size_t kKinds = 4;

class DsCounters : public testing::Test {
 protected:
  DsCounters() {
    Set(dut_->clear_i, 0);
    Set(dut_->running_i, 0);
  }

  void Cycle(bool running, bool clear) {
    Set(dut_->running_i, running);
    Set(dut_->clear_i, clear);
    for (std::size_t unit = 0; unit < kUnits; ++unit) {
      const std::uint64_t activity = random_.Between(0, kKinds - 1);
      SetActivity(unit, activity);
      counts_.at(unit * kKinds + activity) += running ? 1 : 0;
    }
    dut_.Tick();
    if (clear) {
      counts_.fill(0);
    }
  }

  void SetActivity(std::size_t unit, std::uint64_t activity) {
    const std::array<CData*, kUnits> ports = {&dut_->seq_activity_i,
                                              &dut_->load_activity_i,
                                              &dut_->feeder_activity_i,
                                              &dut_->post_activity_i,
                                              &dut_->store_activity_i};
    Set(*ports.at(unit), activity);
  }

  void Check() {
    for (std::size_t select = 0; select < counts_.size(); ++select) {
      Set(dut_->select_i, select);
      dut_.Settle();
      ASSERT_EQ(dut_->count_o, counts_.at(select))
          << "unit " << select / kKinds << ", counter " << select % kKinds;
    }
  }

  Random random_;
  Clocked<Vds_counters> dut_;
  std::array<std::uint64_t, kUnits * kKinds> counts_{};
};

TEST_F(DsCounters, AreZeroAfterReset) {
  ASSERT_NO_FATAL_FAILURE(Check());
}

// One of four counters of each unit in every cycle of a job, none outside; cleared at its start.
TEST_F(DsCounters, CountEveryCycleOfAJob) {
  for (int job = 0; job < 20; ++job) {
    SCOPED_TRACE(testing::Message() << "job " << job);
    Cycle(false, true);
    ASSERT_NO_FATAL_FAILURE(Check());
    const std::uint64_t cycles = random_.Between(1, 500);
    for (std::uint64_t cycle = 0; cycle < cycles; ++cycle) {
      Cycle(true, false);
      if (cycle % 50 == 0) {
        ASSERT_NO_FATAL_FAILURE(Check());
      }
    }
    for (int cycle = 0; cycle < 10; ++cycle) {
      Cycle(false, false);
    }
    ASSERT_NO_FATAL_FAILURE(Check());
    for (std::size_t unit = 0; unit < kUnits; ++unit) {
      std::uint64_t sum = 0;
      for (std::size_t kind = 0; kind < kKinds; ++kind) {
        Set(dut_->select_i, unit * kKinds + kind);
        dut_.Settle();
        sum += dut_->count_o;
      }
      EXPECT_EQ(sum, cycles) << "unit " << unit;
    }
  }
}

}  // namespace
}  // namespace denseshift::rtl
