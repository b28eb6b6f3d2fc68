// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/estimate/report/measures.h"

#include <stdexcept>

#include <gtest/gtest.h>

#include "tests/sim/estimate/report/sample_estimates.h"
#include "tests/sim/temporary_folder.h"

namespace denseshift::sim {
namespace {

TEST(Measures, TotalsAreSumsOverLayers) {
  const EstimateTotals totals = Totals(SmallEstimate());
  EXPECT_EQ(totals.breakdown.compute, 400U);
  EXPECT_EQ(totals.breakdown.weight_load, 100U);
  EXPECT_EQ(totals.breakdown.memory, 360U);
  EXPECT_EQ(totals.breakdown.post, 50U);
  EXPECT_EQ(totals.breakdown.fill, 21U);
  EXPECT_EQ(totals.breakdown.drain, 133U);
  EXPECT_EQ(totals.moved.input, 2784U);
  EXPECT_EQ(totals.moved.weight, 1000U);
  EXPECT_EQ(totals.moved.parameter, 100U);
  EXPECT_EQ(totals.moved.output, 628U);
  EXPECT_EQ(TotalBytes(totals.moved), 4512U);
  EXPECT_EQ(TotalBytes(totals.least), 2512U);
  EXPECT_EQ(totals.roofline_cycles, 224.0);
}

TEST(Measures, Quotients) {
  const NetworkEstimate estimate = SmallEstimate();
  EXPECT_EQ(ProcessingElements(estimate.config), 256U);
  EXPECT_EQ(Utilization(51200, 1000, 256), 0.2);
  EXPECT_EQ(OperationalIntensity(51200, estimate.layers[0].least), 25.6);
  EXPECT_EQ(OperationalIntensity(0, estimate.layers[1].least), 0.0);
}

TEST(Measures, NothingDividedByNothing) {
  EXPECT_EQ(Utilization(0, 0, 256), 0.0);
  EXPECT_EQ(Ratio(5, 0), 0.0);
  EXPECT_FALSE(OperationalIntensity(7, BusBytes{}).has_value());
}

TEST(Measures, NoLayersIsAnError) {
  NetworkEstimate estimate;
  estimate.network = "empty";
  EXPECT_EQ(ErrorOf([&] { CheckReportable(estimate); }),
            "nothing to report: 'empty' has 0 layers, give a network or a table with at least 1");
  EXPECT_NO_THROW(CheckReportable(SmallEstimate()));
}

}  // namespace
}  // namespace denseshift::sim
