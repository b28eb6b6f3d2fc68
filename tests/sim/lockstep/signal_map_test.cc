// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/lockstep/signal_map.h"

#include <stdexcept>

#include <gtest/gtest.h>

namespace denseshift::sim {
namespace {

using golden::cycle::StateItem;

std::string Message(const std::vector<StateEntry>& rtl, const std::vector<StateItem>& model) {
  try {
    static_cast<void>(MapSignals({}, rtl, model));
  } catch (const std::logic_error& error) {
    return error.what();
  }
  return "";
}

class SignalMap : public testing::Test {
 protected:
  std::uint64_t value_ = 0;
  StateEntry left_{"u_compute.u_feeder.left_q", &value_, 16, 1, 2};
  StateEntry rows_{"u_load.rows_q", &value_, 16, 1, 2};
  StateEntry mem_{"u_load.u_queue.mem", &value_, 16, 4, 2};
  StateEntry rdata_{"u_load.u_queue.rdata_q", &value_, 16, 1, 2};
  StateItem left_item_{"feeder.left", &value_, 16, 1};
  StateItem rows_item_{"load.rows", &value_, 16, 1};
};

TEST_F(SignalMap, PairsWhatHasTheSameNameInTheModelsOrder) {
  const auto signals = MapSignals({}, {left_, rows_, mem_, rdata_}, {rows_item_, left_item_});
  ASSERT_EQ(signals.size(), 2U);
  EXPECT_EQ(signals[0].FullName(), "load.rows");
  EXPECT_EQ(signals[1].FullName(), "feeder.left");
  EXPECT_EQ(signals[1].rtl_name, "u_compute.u_feeder.left_q");
}

TEST_F(SignalMap, NamesWhatOneSideHasAlone) {
  EXPECT_EQ(Message({left_, rows_}, {left_item_}),
            "RTL and cycle model hold different state:\n"
            "  u_load.rows_q of the RTL is no state of the model (load.rows)");
  EXPECT_EQ(Message({left_}, {left_item_, rows_item_}),
            "RTL and cycle model hold different state:\n"
            "  load.rows of the model is no register of the RTL");
}

// An output register beside a memory belongs to it; one without does not.
TEST_F(SignalMap, LeavesOutMemoriesOnly) {
  EXPECT_NE(Message({left_, rdata_}, {left_item_}).find("u_load.u_queue.rdata_q"),
            std::string::npos);
  EXPECT_EQ(Message({left_, mem_, rdata_}, {left_item_}), "");
}

// One register of the RTL that holds all columns, items of their own in the model.
TEST_F(SignalMap, CutsPackedRegistersIntoColumns) {
  DeviceParameters parameters;
  parameters.columns = 4;
  std::uint32_t rtl[4] = {};
  std::uint32_t model[4] = {};
  const auto signals = MapSignals(
      parameters, {{"u_compute.u_array.sum_q", rtl, 128, 1, 16}}, {{"array.sum", model, 32, 4}});
  ASSERT_EQ(signals.size(), 4U);
  EXPECT_EQ(signals[2].FullName(), "array.sum[column 2]");
  rtl[2] = 0xABCD;
  EXPECT_EQ(ValueText(signals[2].rtl, signals[2].bits), "0xabcd");
  EXPECT_EQ(ValueText(signals[2].model, signals[2].bits), "0x0");
  EXPECT_EQ(ValueText(signals[1].rtl, signals[1].bits), "0x0");
}

// Lanes are told from columns also where there are as many.
TEST_F(SignalMap, TellsLanesFromColumns) {
  DeviceParameters parameters;
  parameters.lanes = parameters.columns = 4;
  std::uint32_t rtl[4] = {};
  std::uint32_t model[4] = {};
  const auto lanes = MapSignals(
      parameters, {{"u_compute.u_array.u_q", rtl, 32, 4, 4}}, {{"array.u", model, 32, 4}});
  EXPECT_EQ(lanes.at(3).FullName(), "array.u[lane 3]");
  EXPECT_EQ(lanes.at(3).rtl_name, "u_compute.u_array.u_q[3]");
  std::uint8_t shift[4] = {};
  const auto columns =
      MapSignals(parameters,
                 {{"u_compute.u_post.u_stages.gen_column[1].u_requant.s1_q", shift, 6, 1, 1}},
                 {{"requant.s1", shift, 6, 4}});
  EXPECT_EQ(columns.at(0).FullName(), "requant.s1[column 1]");
}

}  // namespace
}  // namespace denseshift::sim
