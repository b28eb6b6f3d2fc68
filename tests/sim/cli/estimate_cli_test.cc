// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0
//
// `denseshift estimate` as a process.

#include <nlohmann/json.hpp>
#include <string>

#include <gtest/gtest.h>

#include "tests/sim/cli/cli_process.h"

namespace denseshift::sim {
namespace {

using Json = nlohmann::json;

constexpr const char* kRows =
    "Layer name, IFMAP Height, IFMAP Width, Filter Height, Filter Width, Channels, Num Filter, "
    "Strides,\n"
    "a, 16, 16, 3, 3, 32, 64, 1,\n"
    "b, 14, 14, 1, 1, 64, 32, 2,\n";

class EstimateCli : public CliTest {
 protected:
  Outcome Estimate(const std::string& arguments) {
    return Shell("denseshift estimate " + arguments);
  }

  Json EstimateJson(const std::string& arguments) {
    const Outcome outcome = Estimate(arguments + " --json");
    EXPECT_EQ(outcome.code, 0) << outcome.error;
    return Json::parse(outcome.out);
  }

  void WriteRows() { (void)folder_.Write("net.csv", kRows); }
};

TEST_F(EstimateCli, JsonHasTheMembersScriptsRead) {
  const Json json = EstimateJson(kNetwork);
  EXPECT_EQ(json["network"], "fashion_cnn_4bit");
  EXPECT_EQ(json["config"], "16x16");
  EXPECT_EQ(json["pes"], 256);
  ASSERT_EQ(json["layers"].size(), 7U);
  std::uint64_t cycles = 0;
  std::uint64_t macs = 0;
  for (const Json& layer : json["layers"]) {
    std::uint64_t parts = 0;
    for (const auto& [name, part] : layer["breakdown"].items())
      parts += part.get<std::uint64_t>();
    EXPECT_EQ(parts, layer["cycles"]);
    EXPECT_TRUE(layer.contains("roofline_cycles"));
    EXPECT_TRUE(layer["bottleneck"].is_string());
    cycles += layer["cycles"].get<std::uint64_t>();
    macs += layer["macs"].get<std::uint64_t>();
  }
  EXPECT_EQ(cycles, json["cycles"]);
  EXPECT_EQ(macs, json["macs"]);
}

// Values do not matter, so bits are all that is to be said.
TEST_F(EstimateCli, WeightsMayBeAnythingIfTheirBitsAreGiven) {
  const Json exact = EstimateJson(kNetwork);
  EXPECT_EQ(EstimateJson(std::string(kNetwork) + " --bits 4"), exact);
  EXPECT_LT(EstimateJson(std::string(kNetwork) + " --bits 2")["cycles"], exact["cycles"]);
}

TEST_F(EstimateCli, ReadsTopologiesAndChoosesTheirRows) {
  WriteRows();
  const Json all = EstimateJson("net.csv --config 8x8");
  ASSERT_EQ(all["layers"].size(), 2U);
  EXPECT_EQ(all["layers"][0]["macs"], 14 * 14 * 64 * 9 * 32);
  const Json one = EstimateJson("net.csv --config 8x8 --layer b");
  ASSERT_EQ(one["layers"].size(), 1U);
  EXPECT_EQ(one["layers"][0], all["layers"][1]);
  const Json twice = EstimateJson("net.csv --config 8x8 --batch 2");
  EXPECT_EQ(twice["macs"], 2 * all["macs"].get<std::uint64_t>());
}

TEST_F(EstimateCli, SettingsChangeTheConfiguration) {
  WriteRows();
  const Json fast = EstimateJson("net.csv");
  const Json slow = EstimateJson("net.csv --set memory.latency_cycles=500");
  EXPECT_GT(slow["cycles"], fast["cycles"]);
  EXPECT_EQ(EstimateJson("--set array.lanes=32 --set array.columns=8 net.csv")["pes"], 256);
}

TEST_F(EstimateCli, WritesAllFilesAtOnce) {
  WriteRows();
  const Outcome outcome = Estimate(
      "net.csv --csv --scalesim reports --timeline time.json.gz --html page.html && "
      "zcat time.json.gz && ls reports");
  ASSERT_EQ(outcome.code, 0) << outcome.error;
  EXPECT_EQ(outcome.out.rfind("layer,", 0), 0U) << outcome.out.substr(0, 80);
  EXPECT_NE(outcome.out.find("traceEvents"), std::string::npos);
  EXPECT_NE(outcome.out.find("BANDWIDTH_REPORT.csv\nCOMPUTE_REPORT.csv\n"), std::string::npos);
  EXPECT_EQ(FileContent(File("page.html")).rfind("<!DOCTYPE html>", 0), 0U);
}

TEST_F(EstimateCli, MistakesAreNamed) {
  WriteRows();
  ExpectError(Estimate("net.csv --layer c"), "net.csv has no layer 'c'");
  ExpectError(Estimate(std::string(kNetwork) + " --layer conv1"),
              "--layer chooses rows of a topology file; a network is taken whole");
  ExpectError(Estimate("net.csv --set lanes=8"),
              "setting 'lanes=8': unknown section [lanes]; there are array, accumulator, buffers, "
              "bus, memory");
  EXPECT_EQ(Estimate("none.onnx").code, 1);
  EXPECT_GT(Estimate("net.csv --bits 5").code, 1);
  EXPECT_GT(Estimate("net.csv --csv --json").code, 1);
  (void)folder_.Write("bad.csv", std::string(kRows) + "c, 2, 14, 3, 3, 64, 32, 1,\n");
  const Outcome outcome = Estimate("bad.csv --html page.html");
  EXPECT_EQ(outcome.code, 1);
  EXPECT_EQ(outcome.error.rfind("denseshift: error: bad.csv:4:", 0), 0U) << outcome.error;
  EXPECT_FALSE(std::filesystem::exists(File("page.html")));
}

}  // namespace
}  // namespace denseshift::sim
