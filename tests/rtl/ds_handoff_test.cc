// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0
//
// rtl/ctrl/ds_handoff.sv: banks in use and commands finished, as its header states.

#include <array>
#include <cstddef>
#include <cstdint>

#include <gtest/gtest.h>

#include "tests/rtl/clocked.h"
#include "tests/rtl/ports.h"
#include "tests/rtl/random.h"

#include "Vds_handoff.h"

namespace denseshift::rtl {
namespace {

class DsHandoff : public testing::Test {
 protected:
  DsHandoff() { Idle(); }

  void Idle() {
    Set(dut_->clear_i, 0);
    Set(dut_->claim_i, 0);
    Set(dut_->free_i, 0);
    Set(dut_->feeder_end_i, 0);
    Set(dut_->post_end_i, 0);
  }

  void Check() {
    for (std::size_t bank = 0; bank < used_.size(); ++bank) {
      ASSERT_EQ(Bits(dut_->bank_free_o, bank, 1), used_.at(bank) ? 0U : 1U) << "bank " << bank;
    }
    for (const bool runs : {false, true}) {
      Set(dut_->post_running_i, runs);
      dut_.Settle();
      ASSERT_EQ(dut_->post_caught_up_o, runs && feeder_ends_ == post_ends_ ? 1 : 0)
          << "feeder " << feeder_ends_ << ", post " << post_ends_;
    }
  }

  Random random_;
  Clocked<Vds_handoff> dut_;
  std::array<bool, 2> used_{};
  std::uint32_t feeder_ends_ = 0;
  std::uint32_t post_ends_ = 0;
};

TEST_F(DsHandoff, StartsWithFreeBanks) {
  ASSERT_NO_FATAL_FAILURE(Check());
}

// A bank is claimed while free and freed while in use, both banks in any cycle; the feeder is at
// most four commands ahead of the post unit.
TEST_F(DsHandoff, FollowsBanksAndCommands) {
  for (int cycle = 0; cycle < 10000; ++cycle) {
    Idle();
    const std::size_t claim = random_.Between(0, 1);
    const std::size_t release = random_.Between(0, 1);
    const bool claims = !used_.at(claim) && random_.Chance(50);
    const bool frees = used_.at(release) && random_.Chance(50);
    Set(dut_->claim_i, claims);
    Set(dut_->claim_bank_i, claim);
    Set(dut_->free_i, frees);
    Set(dut_->free_bank_i, release);
    const bool feeder = feeder_ends_ < post_ends_ + 4 && random_.Chance(40);
    const bool post = post_ends_ < feeder_ends_ && random_.Chance(40);
    Set(dut_->feeder_end_i, feeder);
    Set(dut_->post_end_i, post);
    const bool clear = random_.Chance(1);
    Set(dut_->clear_i, clear);
    dut_.Tick();
    used_.at(claim) = used_.at(claim) || claims;
    used_.at(release) = used_.at(release) && !frees;
    feeder_ends_ += feeder ? 1 : 0;
    post_ends_ += post ? 1 : 0;
    if (clear) {
      used_.fill(false);
      feeder_ends_ = 0;
      post_ends_ = 0;
    }
    ASSERT_NO_FATAL_FAILURE(Check()) << "cycle " << cycle;
  }
}

}  // namespace
}  // namespace denseshift::rtl
