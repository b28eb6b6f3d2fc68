// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/estimate/report/estimate_json.h"

#include <nlohmann/json.hpp>
#include <stdexcept>

#include <gtest/gtest.h>

#include "tests/sim/estimate/report/sample_estimates.h"

namespace denseshift::sim {
namespace {

using Json = nlohmann::json;

TEST(EstimateJson, SmallEstimate) {
  const Json json = Json::parse(EstimateJson(SmallEstimate()));
  const Json conv = Json::parse(R"({
    "name": "conv,1", "type": "Conv", "bottleneck": "memory", "macs": 51200, "cycles": 1000,
    "utilization": 0.2, "roofline_cycles": 200.0, "roofline_reached": 0.2,
    "breakdown": {"compute": 400, "weight_load": 100, "memory": 300, "post": 50, "fill": 20, "drain": 130},
    "bytes": {"input": 2400, "weight": 1000, "parameter": 100, "output": 500, "total": 4000},
    "least_bytes": {"input": 800, "weight": 600, "parameter": 100, "output": 500, "total": 2000},
    "bandwidth": 4.0, "operational_intensity": 25.6})");
  ASSERT_EQ(json["layers"].size(), 2U);
  EXPECT_EQ(json["layers"][0], conv);
  EXPECT_EQ(json["layers"][1]["operational_intensity"], 0.0);
  const Json totals = Json::parse(R"({
    "network": "small", "config": "16x16", "pes": 256, "macs": 51200, "cycles": 1064,
    "roofline_cycles": 224.0, "command_bytes": 448,
    "breakdown": {"compute": 400, "weight_load": 100, "memory": 360, "post": 50, "fill": 21, "drain": 133},
    "bytes": {"input": 2784, "weight": 1000, "parameter": 100, "output": 628, "total": 4512},
    "least_bytes": {"input": 1184, "weight": 600, "parameter": 100, "output": 628, "total": 2512}})");
  for (const auto& [key, value] : totals.items())
    EXPECT_EQ(json[key], value) << key;
  EXPECT_EQ(json["utilization"], 51200.0 / (1064.0 * 256.0));
  EXPECT_EQ(json["roofline_reached"], 224.0 / 1064.0);
  EXPECT_EQ(json["bandwidth"], 4512.0 / 1064.0);
  EXPECT_EQ(json["operational_intensity"], 51200.0 / 2512.0);
  EXPECT_EQ(json.size(), totals.size() + 6);  // and parameters, layers
}

TEST(EstimateJson, ParametersAreThoseOfTheConfiguration) {
  NetworkEstimate estimate = SmallEstimate();
  DeviceParameters& device = estimate.config.device;
  device = {8, 32, 3, 24, 128, 32, 1024, 2048, 4096, 16};
  MemoryParameters& memory = estimate.config.memory;
  memory.latency_cycles = 7;
  memory.bytes_per_cycle = 2.5;
  memory.max_outstanding_reads = 3;
  memory.max_outstanding_writes = 4;
  memory.stall_probability = 0.25;
  memory.seed = 5;
  memory.refresh_period_cycles = 100;
  memory.refresh_cycles = 6;
  const Json json = Json::parse(EstimateJson(estimate));
  EXPECT_EQ(json["pes"], 256);
  EXPECT_EQ(json["parameters"], Json::parse(R"({
    "array": {"lanes": 8, "columns": 32, "max_code_bits": 3},
    "accumulator": {"bits": 24, "depth": 128},
    "buffers": {"activation_bytes": 1024, "weight_bytes": 2048, "output_bytes": 4096, "parameter_entries": 16},
    "bus": {"width_bits": 256},
    "memory": {"latency_cycles": 7, "bytes_per_cycle": 2.5, "max_outstanding_reads": 3, "max_outstanding_writes": 4,
               "stall_probability": 0.25, "seed": 5, "refresh_period_cycles": 100, "refresh_cycles": 6}})"));
}

TEST(EstimateJson, ThousandLayersSumToTheTotals) {
  const NetworkEstimate estimate = RandomEstimate(1000, 0, 5);
  const Json json = Json::parse(EstimateJson(estimate));
  ASSERT_EQ(json["layers"].size(), 1000U);
  std::uint64_t cycles = 0;
  std::uint64_t parts = 0;
  std::uint64_t bytes = 0;
  for (std::size_t i = 0; i < 1000; ++i) {
    const Json& layer = json["layers"][i];
    EXPECT_EQ(layer["cycles"], estimate.layers[i].cycles);
    EXPECT_EQ(layer["roofline_cycles"], estimate.layers[i].roofline_cycles);
    cycles += layer["cycles"].get<std::uint64_t>();
    bytes += layer["bytes"]["total"].get<std::uint64_t>();
    for (const auto& [key, value] : layer["breakdown"].items())
      parts += value.get<std::uint64_t>();
  }
  EXPECT_EQ(json["cycles"], cycles);
  EXPECT_EQ(json["cycles"], parts);
  EXPECT_EQ(json["bytes"]["total"], bytes);
}

TEST(EstimateJson, AnyName) {
  const NetworkEstimate estimate = HostileEstimate();
  const Json json = Json::parse(EstimateJson(estimate));
  EXPECT_EQ(json["network"], estimate.network);
  for (std::size_t i = 0; i < estimate.layers.size(); ++i) {
    const std::string& name = estimate.layers[i].name;
    const bool is_text = name.find('\xFF') == std::string::npos;
    EXPECT_EQ(json["layers"][i]["name"], is_text ? name : "not \xEF\xBF\xBD UTF-8 \xEF\xBF\xBD");
  }
}

TEST(EstimateJson, NothingMovedHasNoIntensity) {
  NetworkEstimate estimate = SmallEstimate();
  estimate.layers[0].least = BusBytes{};
  EXPECT_TRUE(Json::parse(EstimateJson(estimate))["layers"][0]["operational_intensity"].is_null());
}

TEST(EstimateJson, OneLineIfAsked) {
  const std::string text = EstimateJson(SmallEstimate(), -1);
  EXPECT_EQ(text.find('\n'), text.size() - 1);
  EXPECT_EQ(Json::parse(text), Json::parse(EstimateJson(SmallEstimate())));
}

TEST(EstimateJson, NoLayersIsAnError) {
  EXPECT_THROW((void)EstimateJson(NetworkEstimate{}), std::invalid_argument);
}

}  // namespace
}  // namespace denseshift::sim
