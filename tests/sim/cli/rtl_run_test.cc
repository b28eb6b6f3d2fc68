// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0
//
// `denseshift run --device rtl` on the smallest shipped array, with right and with wrong RTL.

#include <nlohmann/json.hpp>
#include <string>

#include <gtest/gtest.h>

#include "tests/sim/cli/rtl_process.h"

namespace denseshift::sim {
namespace {

using Json = nlohmann::json;

TEST_F(RtlRun, CountsCyclesThatAddUp) {
  const Outcome outcome = RunRtl("-n 2 --json");
  ASSERT_EQ(outcome.code, 0) << outcome.error;
  const Json json = Json::parse(outcome.out);
  EXPECT_EQ(json["check"]["mode"], "lockstep");
  EXPECT_EQ(json["check"]["images"], 2);
  const auto cycles = json["cycles"].get<std::uint64_t>();
  EXPECT_GT(json["simulated_cycles_per_second"].get<double>(), 0.0);
  std::uint64_t layer_cycles = 0;
  for (const Json& layer : json["layers"]) {
    layer_cycles += layer["cycles"].get<std::uint64_t>();
    const double expected = layer["macs"].get<double>() / (layer["cycles"].get<double>() * 16);
    EXPECT_DOUBLE_EQ(layer["utilization"].get<double>(), expected);
    EXPECT_LE(expected, 1.0);
  }
  EXPECT_LE(layer_cycles, cycles);
  ASSERT_EQ(json["counters"].size(), 5U);
  for (const Json& unit : json["counters"]) {
    EXPECT_EQ(unit["busy"].get<std::uint64_t>() + unit["wait_for_input"].get<std::uint64_t>() +
                  unit["wait_for_output"].get<std::uint64_t>() + unit["idle"].get<std::uint64_t>(),
              cycles);
  }
  const Outcome functional = Run("-i x.npy -n 2 --json");
  EXPECT_EQ(json["predictions"], Json::parse(functional.out)["predictions"]);
}

TEST_F(RtlRun, FindsAWrongGateAndSavesBothTensors) {
  const Outcome outcome = RunWrongRtl("-n 1 --json --check layer");
  EXPECT_EQ(outcome.code, 1);
  const std::string start = "denseshift: error: layer conv1 (Conv), image 0: channel ";
  EXPECT_NE(outcome.error.find(start), std::string::npos) << outcome.error;
  EXPECT_NE(
      outcome.error.find("of 12544 values differ; see fashion_cnn_4bit_conv1_image0_actual.npy "
                         "and fashion_cnn_4bit_conv1_image0_expected.npy"),
      std::string::npos)
      << outcome.error;
  const Json check = Json::parse(outcome.out)["check"];
  EXPECT_GT(check["differences"].get<int>(), 0);
  const NpyArray expected = ReadNpy(File("fashion_cnn_4bit_conv1_image0_expected.npy"));
  const NpyArray actual = ReadNpy(File("fashion_cnn_4bit_conv1_image0_actual.npy"));
  EXPECT_EQ(expected.Description(), "int8 (28, 28, 16)");
  const auto& e = std::get<std::vector<std::int8_t>>(expected.values);
  const auto& a = std::get<std::vector<std::int8_t>>(actual.values);
  int differences = 0;
  for (std::size_t i = 0; i < e.size(); ++i)
    differences += e[i] != a[i] ? 1 : 0;
  EXPECT_EQ(check["differences"], differences);
  const std::size_t first = (check["first"]["row"].get<std::size_t>() * 28 +
                             check["first"]["column"].get<std::size_t>()) *
                                16 +
                            check["first"]["channel"].get<std::size_t>();
  EXPECT_EQ(check["first"]["expected"], e[first]);
  EXPECT_EQ(check["first"]["actual"], a[first]);
}

TEST_F(RtlRun, WritesAWaveform) {
  const Outcome outcome =
      RunRtl("-n 1 --check off --trace wave.vcd --trace-from 1000 --trace-to 1010");
  ASSERT_EQ(outcome.code, 0) << outcome.error;
  const std::string wave = FileContent(File("wave.vcd"));
  EXPECT_NE(wave.find("ds_top"), std::string::npos);
  EXPECT_NE(wave.find("\n#10000\n"), std::string::npos);
  EXPECT_EQ(wave.find("\n#10100\n"), std::string::npos);
}

TEST_F(RtlRun, AnEstimateIsShownBesideTheRtl) {
  const Outcome text =
      Shell("denseshift estimate " + std::string(kNetwork) + " -c 4x4 --against-rtl");
  ASSERT_EQ(text.code, 0) << text.error;
  EXPECT_NE(text.out.find("difference"), std::string::npos);
  const Outcome outcome =
      Shell("denseshift estimate " + std::string(kNetwork) + " -c 4x4 --against-rtl --json");
  const auto json = nlohmann::json::parse(outcome.out);
  EXPECT_EQ(json["rtl_cycles"], json["cycles"]);
  ASSERT_EQ(json["layers"].size(), 7U);
  for (const auto& layer : json["layers"])
    EXPECT_EQ(layer["rtl_cycles"], layer["cycles"]);

  const Outcome plain = Shell("denseshift estimate " + std::string(kNetwork) +
                              " -c 4x4 --against-rtl --no-search --json");
  const auto plain_json = nlohmann::json::parse(plain.out);
  EXPECT_EQ(plain_json["rtl_cycles"], plain_json["cycles"]);
  EXPECT_GT(plain_json["cycles"], json["cycles"]);
}

// The device waits longer for this memory than jobs may stand still by themselves.
TEST_F(RtlRun, TheSlowestMemoryIsNoDeadlock) {
  const std::string rows =
      "Layer name, IFMAP Height, IFMAP Width, Filter Height, Filter Width, Channels, Num Filter, "
      "Strides,\na, 4, 4, 1, 1, 8, 8, 1,\n";
  (void)folder_.Write("net.csv", rows);
  const Outcome estimate = Shell(
      "denseshift estimate net.csv -c 4x4 --against-rtl --set memory.latency_cycles=100000 "
      "--set memory.refresh_period_cycles=500000 --set memory.refresh_cycles=200000");
  EXPECT_EQ(estimate.code, 0) << estimate.error;

  (void)folder_.Write("slow.toml", "[memory]\nlatency_cycles = 100000\n");
  const Outcome run = Shell("denseshift run " + std::string(kNetwork) +
                            " -i x.npy -n 1 --device model -c slow.toml");
  EXPECT_EQ(run.code, 0) << run.error;
}

}  // namespace
}  // namespace denseshift::sim
