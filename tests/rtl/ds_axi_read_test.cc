// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0
//
// rtl/mem/ds_axi_read.sv against docs/timing.md, Read port.

#include <cstdint>
#include <optional>

#include <gtest/gtest.h>

#include "tests/rtl/combinational.h"
#include "tests/rtl/ports.h"
#include "tests/rtl/random.h"

#include "Vds_axi_read.h"

namespace denseshift::rtl {
namespace {

struct Request {
  std::uint32_t address = 0;
  std::uint32_t length = 0;
};

bool operator==(const Request& a, const Request& b) {
  return a.address == b.address && a.length == b.length;
}

class DsAxiRead : public testing::Test {
 protected:
  // A request stays until it is accepted.
  void Renew(Request& request, bool& waits, unsigned percent) {
    if (!waits && random_.Chance(percent)) {
      request = {random_.Word(0, ~0U), random_.Word(0, 31)};
      waits = true;
    }
  }

  void DriveAddresses() {
    Set(dut_->seq_arvalid_i, seq_waits_);
    Set(dut_->seq_araddr_i, seq_.address);
    Set(dut_->seq_arlen_i, seq_.length);
    Set(dut_->load_arvalid_i, load_waits_);
    Set(dut_->load_araddr_i, load_.address);
    Set(dut_->load_arlen_i, load_.length);
    Set(dut_->arready_i, random_.Chance(40));
  }

  void CheckAddresses() {
    const bool load = !seq_waits_;
    const bool accepted = dut_->arready_i != 0;
    ASSERT_EQ(dut_->arid_o, load ? 1 : 0);
    ASSERT_EQ(dut_->seq_arready_o, accepted && !load ? 1 : 0);
    ASSERT_EQ(dut_->load_arready_o, accepted && load ? 1 : 0);
    ASSERT_EQ(dut_->arvalid_o, seq_waits_ || load_waits_ ? 1 : 0);
    if (dut_->arvalid_o == 0) {
      ASSERT_FALSE(shown_.has_value()) << "an address was withdrawn";
      return;
    }
    const Request request{dut_->araddr_o, dut_->arlen_o};
    ASSERT_EQ(request, load ? load_ : seq_);
    if (shown_) {
      ASSERT_EQ(request, *shown_) << "an address changed before it was accepted";
    }
    shown_ = request;
    if (accepted) {
      shown_.reset();
    }
    (load ? load_waits_ : seq_waits_) = !accepted;
    (load ? loads_ : commands_) += accepted ? 1 : 0;
  }

  // Responses return by their ID, while both can take them.
  void CheckData() {
    const bool valid = dut_->rvalid_i != 0;
    const bool load = dut_->rid_i != 0;
    const bool seq_ready = dut_->seq_rready_i != 0;
    const bool load_ready = dut_->load_rready_i != 0;
    ASSERT_EQ(dut_->rready_o, seq_ready && load_ready ? 1 : 0);
    ASSERT_EQ(dut_->seq_rvalid_o, valid && !load && load_ready ? 1 : 0);
    ASSERT_EQ(dut_->load_rvalid_o, valid && load && seq_ready ? 1 : 0);
  }

  Random random_;
  Combinational<Vds_axi_read> dut_;
  Request seq_;
  Request load_;
  bool seq_waits_ = false;
  bool load_waits_ = false;
  std::optional<Request> shown_;  // on the bus and not accepted
  int commands_ = 0;
  int loads_ = 0;
};

TEST_F(DsAxiRead, JoinsAddressesAndRoutesData) {
  for (const unsigned percent : {10U, 50U, 90U}) {
    for (int cycle = 0; cycle < 5000; ++cycle) {
      // The sequencer does not begin while the load unit shows an address.
      if (!load_waits_) {
        Renew(seq_, seq_waits_, percent / 2);
      }
      Renew(load_, load_waits_, percent);
      DriveAddresses();
      Set(dut_->rvalid_i, random_.Chance(70));
      Set(dut_->rid_i, random_.Chance(50));
      Set(dut_->seq_rready_i, random_.Chance(50));
      Set(dut_->load_rready_i, random_.Chance(50));
      dut_.Settle();
      ASSERT_NO_FATAL_FAILURE(CheckAddresses()) << "cycle " << cycle;
      ASSERT_NO_FATAL_FAILURE(CheckData()) << "cycle " << cycle;
    }
  }
  EXPECT_GT(commands_, 500);
  EXPECT_GT(loads_, 500);
}

}  // namespace
}  // namespace denseshift::rtl
