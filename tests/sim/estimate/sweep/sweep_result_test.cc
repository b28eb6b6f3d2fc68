// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/estimate/sweep/sweep_result.h"

#include <gtest/gtest.h>

#include "sim/estimate/bottleneck.h"

namespace denseshift::sim {
namespace {

TEST(SweepResult, MeasuresAreThoseOfTheWhole) {
  NetworkEstimate estimate;
  estimate.config.device.lanes = 8;
  estimate.config.device.columns = 32;
  estimate.config.device.act_bytes = 65536;
  estimate.config.device.wgt_bytes = 4096;
  estimate.config.device.out_bytes = 2048;
  estimate.config.device.param_entries = 16;
  estimate.config.device.bus_bytes = 32;
  estimate.cycles = 150;
  estimate.macs = 4000;
  estimate.layers.resize(2);
  estimate.layers[0].breakdown = {10, 20, 30, 40, 50, 60};
  estimate.layers[1].breakdown = {1, 2, 3, 4, 5, 6};
  estimate.layers[0].roofline_cycles = 1.5;
  estimate.layers[1].roofline_cycles = 2;
  const SweepMeasures m = MeasuresOf(estimate);
  EXPECT_EQ(m.cycles, 150U);
  EXPECT_EQ(m.macs, 4000U);
  EXPECT_EQ(m.pes, 256U);
  EXPECT_EQ(m.buffer_bytes, 65536U + 4096 + 2048 + 16 * 32 * 8);
  EXPECT_EQ(m.bus_bits, 256U);
  EXPECT_EQ(m.breakdown.compute, 11U);
  EXPECT_EQ(m.breakdown.weight_load, 22U);
  EXPECT_EQ(m.breakdown.memory, 33U);
  EXPECT_EQ(m.breakdown.post, 44U);
  EXPECT_EQ(m.breakdown.fill, 55U);
  EXPECT_EQ(m.breakdown.drain, 66U);
  EXPECT_EQ(m.roofline_cycles, 3.5);
}

TEST(Bottleneck, NineTenthsOfComputeAreCompute) {
  EXPECT_EQ(Bottleneck({90, 10, 0, 0, 0, 0}), "compute");
  EXPECT_EQ(Bottleneck({89, 11, 0, 0, 0, 0}), "weight_load");
  EXPECT_EQ(Bottleneck({50, 10, 11, 10, 10, 9}), "memory");
  EXPECT_EQ(Bottleneck({0, 1, 2, 3, 2, 1}), "post");
  EXPECT_EQ(Bottleneck({0, 1, 2, 3, 4, 1}), "fill");
  EXPECT_EQ(Bottleneck({0, 1, 2, 3, 4, 5}), "drain");
}

}  // namespace
}  // namespace denseshift::sim
