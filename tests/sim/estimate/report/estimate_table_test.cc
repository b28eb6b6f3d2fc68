// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/estimate/report/estimate_table.h"

#include <algorithm>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "sim/text_table.h"
#include "tests/sim/estimate/report/sample_estimates.h"

namespace denseshift::sim {
namespace {

std::vector<std::string> Lines(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);)
    lines.push_back(line);
  return lines;
}

std::vector<std::string> Words(const std::string& line) {
  std::istringstream in(line);
  return {std::istream_iterator<std::string>(in), {}};
}

TEST(EstimateTable, SmallEstimate) {
  const std::vector<std::string> lines = Lines(EstimateTable(SmallEstimate()));
  using W = std::vector<std::string>;
  EXPECT_EQ(
      lines[0],
      "small on 16x16: 1064 cycles. 16 lanes x 16 columns, 16 bytes/cycle each way, latency 50 "
      "cycles");
  EXPECT_EQ(lines[1], "");
  EXPECT_EQ(Words(lines[3]),
            (W{"conv,1",
               "Conv",
               "51.20k",
               "1000",
               "20.0",
               "40.0",
               "10.0",
               "30.0",
               "5.0",
               "2.0",
               "13.0",
               "4.0",
               "4.00",
               "25.6",
               "200",
               "20.0",
               "memory"}));
  EXPECT_EQ(Words(lines[4]),
            (W{"pool",
               "MaxPool",
               "0",
               "64",
               "0.0",
               "0.0",
               "0.0",
               "93.8",
               "0.0",
               "1.6",
               "4.7",
               "0.5",
               "8.00",
               "0.0",
               "24",
               "37.5",
               "memory"}));
  EXPECT_EQ(Words(lines[5]),
            (W{"total",
               "51.20k",
               "1064",
               "18.8",
               "37.6",
               "9.4",
               "33.8",
               "4.7",
               "2.0",
               "12.5",
               "4.5",
               "4.24",
               "20.4",
               "224",
               "21.1"}));
}

TEST(EstimateTable, LinesFitOneHundredAndFiftyCharacters) {
  for (const NetworkEstimate& estimate :
       {SmallEstimate(), RandomEstimate(1, 0, 1), RandomEstimate(1000, 0, 2), HostileEstimate()}) {
    std::size_t longest = 0;
    for (const std::string& line : Lines(EstimateTable(estimate)))
      longest = std::max(longest, CharacterCount(line));
    EXPECT_LE(longest, 150U);
    EXPECT_EQ(Lines(EstimateTable(estimate)).size(), estimate.layers.size() + 7);
  }
}

TEST(EstimateTable, LargestCountsFit) {
  NetworkEstimate estimate = SmallEstimate();
  LayerEstimate& layer = estimate.layers[0];
  layer.name = std::string(300, 'n');
  layer.type = "GlobalAveragePool";
  layer.macs = std::uint64_t{1} << 48U;
  layer.cycles = std::uint64_t{1} << 40U;
  layer.roofline_cycles = 1e12;
  layer.bottleneck = "weight_load";
  layer.breakdown.compute = layer.cycles;
  layer.moved.input = std::uint64_t{1} << 40U;
  estimate.cycles = layer.cycles;
  estimate.macs = layer.macs;
  for (const std::string& line : Lines(EstimateTable(estimate)))
    EXPECT_LE(line.size(), 150U) << line;
}

TEST(EstimateTable, NoLayersIsAnError) {
  EXPECT_THROW((void)EstimateTable(NetworkEstimate{}), std::invalid_argument);
}

}  // namespace
}  // namespace denseshift::sim
