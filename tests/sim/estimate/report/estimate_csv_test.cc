// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/estimate/report/estimate_csv.h"

#include <cstdint>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "sim/estimate/report/csv_row.h"
#include "tests/sim/estimate/report/sample_estimates.h"

namespace denseshift::sim {
namespace {

using Row = std::vector<std::string>;

// Reads CSV as RFC 4180 has it, with line feeds.
std::vector<Row> ReadCsv(const std::string& text) {
  std::vector<Row> rows;
  Row row;
  std::string field;
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quoted && c == '"' && i + 1 < text.size() && text[i + 1] == '"') {
      field += '"';
      ++i;
    } else if (c == '"') {
      quoted = !quoted;
    } else if (!quoted && (c == ',' || c == '\n')) {
      row.push_back(field);
      field.clear();
      if (c == '\n') {
        rows.push_back(row);
        row.clear();
      }
    } else {
      field += c;
    }
  }
  EXPECT_TRUE(field.empty() && row.empty() && !quoted) << "the last line has no end";
  return rows;
}

// Fields by column.
std::vector<std::map<std::string, std::string>> ReadTable(const std::string& text) {
  const std::vector<Row> rows = ReadCsv(text);
  std::vector<std::map<std::string, std::string>> table;
  for (std::size_t r = 1; r < rows.size(); ++r) {
    EXPECT_EQ(rows[r].size(), rows[0].size());
    table.emplace_back();
    for (std::size_t c = 0; c < rows[r].size(); ++c)
      table.back()[rows[0][c]] = rows[r][c];
  }
  return table;
}

TEST(CsvRow, QuotesWhatNeedsIt) {
  EXPECT_EQ(MakeCsvRow({"a", "b,c", "d\"e", "f\ng", "h\ri", "", " j "}),
            "a,\"b,c\",\"d\"\"e\",\"f\ng\",\"h\ri\",, j \n");
}

TEST(EstimateCsv, SmallEstimate) {
  EXPECT_EQ(
      EstimateCsv(SmallEstimate()),
      "layer,name,type,macs,cycles,utilization,compute_cycles,weight_load_cycles,memory_cycles,"
      "post_cycles,fill_cycles,drain_cycles,input_bytes,weight_bytes,parameter_bytes,output_bytes,"
      "moved_bytes,least_input_bytes,least_weight_bytes,least_parameter_bytes,least_output_bytes,"
      "least_bytes,bandwidth,operational_intensity,roofline_cycles,roofline_reached,bottleneck\n"
      "0,\"conv,1\",Conv,51200,1000,0.2,400,100,300,50,20,130,2400,1000,100,500,4000,800,600,100,"
      "500,2000,4,25.6,200,0.2,memory\n"
      "1,pool,MaxPool,0,64,0,0,0,60,0,1,3,384,0,0,128,512,384,0,0,128,512,8,0,24,0.375,memory\n");
}

TEST(EstimateCsv, EveryNumberIsExact) {
  const NetworkEstimate estimate = RandomEstimate(1000, 0, 11);
  const auto table = ReadTable(EstimateCsv(estimate));
  ASSERT_EQ(table.size(), 1000U);
  const auto pes = static_cast<double>(16 * 16);
  for (std::size_t i = 0; i < table.size(); ++i) {
    const LayerEstimate& layer = estimate.layers[i];
    const auto field = [&](const char* name) { return table[i].at(name); };
    const auto count = [&](const char* name) { return std::stoull(table[i].at(name)); };
    const auto number = [&](const char* name) { return std::stod(table[i].at(name)); };
    const auto cycles = static_cast<double>(layer.cycles);
    EXPECT_EQ(count("layer"), i);
    EXPECT_EQ(field("name"), layer.name);
    EXPECT_EQ(field("type"), layer.type);
    EXPECT_EQ(count("macs"), layer.macs);
    EXPECT_EQ(count("cycles"), layer.cycles);
    EXPECT_EQ(count("compute_cycles"), layer.breakdown.compute);
    EXPECT_EQ(count("weight_load_cycles"), layer.breakdown.weight_load);
    EXPECT_EQ(count("memory_cycles"), layer.breakdown.memory);
    EXPECT_EQ(count("post_cycles"), layer.breakdown.post);
    EXPECT_EQ(count("fill_cycles"), layer.breakdown.fill);
    EXPECT_EQ(count("drain_cycles"), layer.breakdown.drain);
    EXPECT_EQ(count("input_bytes"), layer.moved.input);
    EXPECT_EQ(count("weight_bytes"), layer.moved.weight);
    EXPECT_EQ(count("parameter_bytes"), layer.moved.parameter);
    EXPECT_EQ(count("output_bytes"), layer.moved.output);
    EXPECT_EQ(count("least_input_bytes"), layer.least.input);
    EXPECT_EQ(count("least_weight_bytes"), layer.least.weight);
    EXPECT_EQ(count("least_parameter_bytes"), layer.least.parameter);
    EXPECT_EQ(count("least_output_bytes"), layer.least.output);
    EXPECT_EQ(number("utilization"), static_cast<double>(layer.macs) / (cycles * pes));
    EXPECT_EQ(number("bandwidth"), static_cast<double>(count("moved_bytes")) / cycles);
    EXPECT_EQ(number("operational_intensity"),
              static_cast<double>(layer.macs) / static_cast<double>(count("least_bytes")));
    EXPECT_EQ(number("roofline_cycles"), layer.roofline_cycles);
    EXPECT_EQ(number("roofline_reached"), layer.roofline_cycles / cycles);
    EXPECT_EQ(field("bottleneck"), layer.bottleneck);
  }
}

TEST(EstimateCsv, LargestCounts) {
  NetworkEstimate estimate = SmallEstimate();
  estimate.layers[0].macs = UINT64_MAX;
  estimate.layers[0].cycles = UINT64_MAX - 1;
  const auto table = ReadTable(EstimateCsv(estimate));
  EXPECT_EQ(table[0].at("macs"), "18446744073709551615");
  EXPECT_EQ(table[0].at("cycles"), "18446744073709551614");
}

TEST(EstimateCsv, AnyName) {
  const NetworkEstimate estimate = HostileEstimate();
  const auto table = ReadTable(EstimateCsv(estimate));
  ASSERT_EQ(table.size(), estimate.layers.size());
  for (std::size_t i = 0; i < table.size(); ++i)
    EXPECT_EQ(table[i].at("name"), estimate.layers[i].name);
}

TEST(EstimateCsv, NothingMovedHasNoIntensity) {
  NetworkEstimate estimate = SmallEstimate();
  estimate.layers[0].least = BusBytes{};
  EXPECT_EQ(ReadTable(EstimateCsv(estimate))[0].at("operational_intensity"), "");
}

TEST(EstimateCsv, NoLayersIsAnError) {
  EXPECT_THROW((void)EstimateCsv(NetworkEstimate{}), std::invalid_argument);
}

}  // namespace
}  // namespace denseshift::sim
