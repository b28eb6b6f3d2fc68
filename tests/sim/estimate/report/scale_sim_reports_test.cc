// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/estimate/report/scale_sim_reports.h"

#include <algorithm>
#include <filesystem>
#include <stdexcept>
#include <string>

#include <gtest/gtest.h>

#include "tests/sim/estimate/report/sample_estimates.h"
#include "tests/sim/temporary_folder.h"

namespace denseshift::sim {
namespace {

TEST(ScaleSimReports, SmallEstimate) {
  const ScaleSimReports reports = MakeScaleSimReports(SmallEstimate());
  EXPECT_EQ(reports.compute,
            "LayerID, Total Cycles (incl. prefetch), Total Cycles, Stall Cycles, Overall Util %, "
            "Mapping Efficiency %, Compute Util %,\n"
            "0, 1000, 1000, 600, 20, 50, 28.57142857142857,\n"
            "1, 64, 64, 64, 0, 0, 0,\n");
  EXPECT_EQ(reports.bandwidth,
            "LayerID, Avg IFMAP SRAM BW, Avg FILTER SRAM BW, Avg OFMAP SRAM BW, Avg IFMAP DRAM BW, "
            "Avg FILTER DRAM BW, Avg OFMAP DRAM BW,\n"
            "0, nan, nan, nan, 2.4, 1.1, 0.5,\n"
            "1, nan, nan, nan, 6, 0, 2,\n");
}

TEST(ScaleSimReports, OneRowALayer) {
  const ScaleSimReports reports = MakeScaleSimReports(RandomEstimate(1000, 0, 4));
  EXPECT_EQ(std::count(reports.compute.begin(), reports.compute.end(), '\n'), 1001);
  EXPECT_EQ(std::count(reports.compute.begin(), reports.compute.end(), ','), 7 * 1001);
  EXPECT_EQ(std::count(reports.bandwidth.begin(), reports.bandwidth.end(), ','), 7 * 1001);
}

TEST(ScaleSimReports, AreWrittenIntoANewFolder) {
  const TemporaryFolder folder;
  const std::filesystem::path target = folder.path() / "a" / "b";
  WriteScaleSimReports(target, SmallEstimate());
  const ScaleSimReports reports = MakeScaleSimReports(SmallEstimate());
  EXPECT_EQ(FileContent(target / "COMPUTE_REPORT.csv"), reports.compute);
  EXPECT_EQ(FileContent(target / "BANDWIDTH_REPORT.csv"), reports.bandwidth);
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(target), {}), 2);
}

TEST(ScaleSimReports, AFileInTheWayIsAnError) {
  const TemporaryFolder folder;
  const std::filesystem::path file = folder.Write("taken", "x");
  EXPECT_EQ(ErrorOf([&] { WriteScaleSimReports(file, SmallEstimate()); }),
            "cannot make the folder " + file.string() + ": Not a directory");
  EXPECT_EQ(FileContent(file), "x");
}

TEST(ScaleSimReports, NoLayersIsAnErrorAndWritesNothing) {
  const TemporaryFolder folder;
  EXPECT_THROW(WriteScaleSimReports(folder.path() / "out", NetworkEstimate{}),
               std::invalid_argument);
  EXPECT_FALSE(std::filesystem::exists(folder.path() / "out"));
}

}  // namespace
}  // namespace denseshift::sim
