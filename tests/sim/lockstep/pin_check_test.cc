// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/lockstep/pin_check.h"

#include <gtest/gtest.h>

namespace denseshift::sim {
namespace {

class Pins : public testing::Test {
 protected:
  Pins() { rtl_.axi.arburst = model_.axi.arburst = 1; }

  std::string Different(bool host = true) {
    const auto pin = DifferentPin(rtl_, model_, host);
    return pin.has_value() ? pin->FullName() + " " + pin->rtl_name + " " + UnitOfPin(*pin) : "";
  }

  DevicePins rtl_, model_;
};

TEST_F(Pins, ThatAreEqualAreEqual) {
  EXPECT_EQ(Different(), "");
}

TEST_F(Pins, OfAChannelCountWhileItIsValid) {
  rtl_.axi.araddr = 64;
  EXPECT_EQ(Different(), "");
  rtl_.axi.arvalid = model_.axi.arvalid = 1;
  EXPECT_EQ(Different(), "axi.araddr m_axi_araddr_o read_port");
  model_.axi.arvalid = 0;
  EXPECT_EQ(Different(), "axi.arvalid m_axi_arvalid_o read_port");
}

TEST_F(Pins, OfWriteDataCountToTheLastByte) {
  rtl_.axi.wdata[31] = 1;
  EXPECT_EQ(Different(), "");
  rtl_.axi.wvalid = model_.axi.wvalid = 1;
  EXPECT_EQ(Different(), "axi.wdata m_axi_wdata_o store");
}

TEST_F(Pins, OfTheHostCountWhileItLooks) {
  rtl_.irq = 1;
  EXPECT_EQ(Different(false), "");
  EXPECT_EQ(Different(true), "axil.irq irq_o regs");
  rtl_.irq = 0;
  rtl_.rdata = 5;
  EXPECT_EQ(Different(true), "");
  rtl_.rvalid = model_.rvalid = 1;
  EXPECT_EQ(Different(true), "axil.rdata s_axil_rdata_o regs");
}

}  // namespace
}  // namespace denseshift::sim
