// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/rtl/state_table.h"

#include <stdexcept>

#include <gtest/gtest.h>

namespace denseshift::sim {
namespace {

TEST(StateTable, FindsRegistersAndMemories) {
  const std::vector<StateMember> state = FindState(
      "    VL_IN8(clk_i,0,0);\n"
      "        CData/*0:0*/ ds_top__DOT__seq_quiet;\n"
      "        CData/*4:0*/ ds_top__DOT__u_words__DOT__wr_q;\n"
      "        CData/*4:0*/ __Vdly__ds_top__DOT__u_words__DOT__wr_q;\n"
      "    VlWide<17>/*543:0*/ ds_top__DOT__a__BRA__3__KET____DOT__head_q;\n"
      "    VlUnpacked<VlWide<4>/*127:0*/, 32> ds_top__DOT__u_words__DOT__mem;\n"
      "    QData/*63:0*/ ds_top__DOT___q;\n",
      "ds_top");
  ASSERT_EQ(state.size(), 3U);
  EXPECT_EQ(state[0].name, "u_words.wr_q");
  EXPECT_EQ(state[0].member, "ds_top__DOT__u_words__DOT__wr_q");
  EXPECT_EQ(state[0].bits, 5);
  EXPECT_EQ(state[1].name, "a[3].head_q");
  EXPECT_EQ(state[1].bits, 544);
  EXPECT_EQ(state[2].name, "u_words.mem");
  EXPECT_EQ(state[2].bits, 128);
}

// In a netlist a whole path is one name.
TEST(StateTable, FindsRegistersOfANetlist) {
  const std::vector<StateMember> state =
      FindState("        CData/*2:0*/ ds_top__DOT__u_a__02egen_b__05b12__05d__02ec_q;\n", "ds_top");
  ASSERT_EQ(state.size(), 1U);
  EXPECT_EQ(state[0].name, "u_a.gen_b[12].c_q");
  EXPECT_EQ(state[0].member, "ds_top__DOT__u_a__02egen_b__05b12__05d__02ec_q");
}

TEST(StateTable, RefusesADesignWithoutState) {
  EXPECT_THROW((void)FindState("class Vds_model___024root {};\n", "ds_top"), std::runtime_error);
}

}  // namespace
}  // namespace denseshift::sim
