// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/config/config.h"

#include <string>

#include <gtest/gtest.h>

#include "tests/sim/temporary_folder.h"

namespace denseshift::sim {
namespace {

Config LoadText(const std::string& text) {
  const TemporaryFolder folder;
  return LoadConfig(folder.Write("tiny.toml", text).string());
}

// The message about a file with this text, without its folder.
std::string Complaint(const std::string& text) {
  const std::string error = ErrorOf([&] { (void)LoadText(text); });
  const std::size_t name = error.find("tiny.toml");
  return name == std::string::npos ? error : error.substr(name);
}

TEST(Config, ShippedFilesLoad) {
  const std::vector<std::string> expected = {"4x4", "8x8", "16x16", "32x32"};
  EXPECT_EQ(ShippedConfigs(), expected);
  for (const std::string& name : expected) {
    const Config config = LoadConfig(name);
    EXPECT_EQ(config.name, name);
    EXPECT_EQ(config.device.lanes, std::stoi(name));
    EXPECT_EQ(config.device.columns, config.device.lanes);
    EXPECT_EQ(config.memory.bus_bytes, config.device.bus_bytes);
  }
}

TEST(Config, DefaultIsTheShipped16x16) {
  const Config file = LoadConfig("16x16");
  const Config built_in;
  EXPECT_EQ(file.device.act_bytes, built_in.device.act_bytes);
  EXPECT_EQ(file.device.wgt_bytes, built_in.device.wgt_bytes);
  EXPECT_EQ(file.device.out_bytes, built_in.device.out_bytes);
  EXPECT_EQ(file.device.param_entries, built_in.device.param_entries);
  EXPECT_EQ(file.device.acc_depth, built_in.device.acc_depth);
  EXPECT_EQ(file.memory.latency_cycles, built_in.memory.latency_cycles);
  EXPECT_EQ(file.memory.bytes, built_in.memory.bytes);
}

TEST(Config, SettingsComeAfterTheFile) {
  const Config c = LoadConfig(
      "16x16", {"memory.latency_cycles=7", "memory.latency_cycles=8", "array.lanes = 32"});
  EXPECT_EQ(c.memory.latency_cycles, 8);
  EXPECT_EQ(c.device.lanes, 32);
  EXPECT_EQ(c.device.columns, 16);
}

TEST(Config, StepsGiveWhatLoadConfigGives) {
  Config config = ReadConfig(ConfigFile("8x8"));
  ApplySettings({"bus.width_bits=256", "memory.seed=7"}, config);
  FinishConfig(config);
  const Config expected = LoadConfig("8x8", {"bus.width_bits=256", "memory.seed=7"});
  EXPECT_EQ(config.name, "8x8");
  EXPECT_EQ(config.device.lanes, 8);
  EXPECT_EQ(config.device.act_bytes, expected.device.act_bytes);
  EXPECT_EQ(config.memory.bus_bytes, 32);
  EXPECT_EQ(config.memory.seed, 7U);
}

TEST(Config, ValuesNeedNotGoTogetherBeforeTheEnd) {
  Config config = ReadConfig(ConfigFile("16x16"));
  ApplySettings({"buffers.output_bytes=16"}, config);
  EXPECT_EQ(ErrorOf([&] { FinishConfig(config); }),
            "device parameter out_bytes is 16, allowed is a power of two, 64..1048576");
  ApplySettings({"buffers.output_bytes=64"}, config);
  EXPECT_EQ(ErrorOf([&] { FinishConfig(config); }), "");
}

TEST(Config, KeysThatDoNotGoTogetherAreNamed) {
  EXPECT_EQ(KeyProblem({}), "");
  EXPECT_EQ(KeyProblem({"array.lanes", "array.columns", "buffers.weight_kib", "memory.seed"}), "");
  EXPECT_EQ(KeyProblem({"array.lanes", "memory.seed", "array.lanes"}),
            "array.lanes is there twice");
  for (const char* name : {"lanes", "", ".lanes", "core.lanes"}) {
    EXPECT_EQ(KeyProblem({name}),
              "unknown key " + std::string(name) +
                  "; sections are array, accumulator, buffers, bus, memory");
  }
  EXPECT_EQ(KeyProblem({"bus.width"}), "unknown key bus.width; [bus] has width_bits");
  EXPECT_EQ(KeyProblem({"bus"}), "unknown key bus; [bus] has width_bits");
  EXPECT_EQ(KeyProblem({"buffers.output_kib", "buffers.output_bytes"}),
            "buffers.output_kib and buffers.output_bytes set the same");
  EXPECT_EQ(KeyProblem({"buffers.output_bytes", "buffers.output_kib"}),
            "buffers.output_kib and buffers.output_bytes set the same");
}

TEST(Config, ABadSettingIsNamed) {
  const auto complaint = [](const std::string& setting) {
    return ErrorOf([&] { (void)LoadConfig("16x16", {setting}); });
  };
  EXPECT_EQ(complaint("memory.latency=7").find("setting 'memory.latency=7': unknown key"), 0U);
  EXPECT_EQ(complaint("array.lanes=17"),
            "setting 'array.lanes=17': array.lanes is 17, allowed is a power of two, 4..64");
  EXPECT_NE(complaint("array.lanes").find("write SECTION.KEY=NUMBER"), std::string::npos);
  EXPECT_NE(complaint("").find("sets nothing"), std::string::npos);
  EXPECT_NE(complaint("lanes=8").find("unknown section"), std::string::npos);
}

TEST(Config, EveryKeySetsItsField) {
  const Config c = LoadText(
      "[array]\nlanes = 8\ncolumns = 32\nmax_code_bits = 3\n"
      "[accumulator]\nbits = 24\ndepth = 64\n"
      "[buffers]\nactivation_bytes = 4096\nweight_kib = 2\noutput_bytes = 8192\n"
      "parameter_entries = 32\n"
      "[bus]\nwidth_bits = 256\n"
      "[memory]\nlatency_cycles = 7\nbytes_per_cycle = 5.5\nmax_outstanding_reads = 3\n"
      "max_outstanding_writes = 4\nstall_probability = 0.25\nseed = 99\n"
      "refresh_period_cycles = 1000\nrefresh_cycles = 10\nsize_mib = 2\n");
  EXPECT_EQ(c.name, "tiny");
  EXPECT_EQ(c.device.lanes, 8);
  EXPECT_EQ(c.device.columns, 32);
  EXPECT_EQ(c.device.max_code_bits, 3);
  EXPECT_EQ(c.device.acc_bits, 24);
  EXPECT_EQ(c.device.acc_depth, 64);
  EXPECT_EQ(c.device.act_bytes, 4096);
  EXPECT_EQ(c.device.wgt_bytes, 2048);
  EXPECT_EQ(c.device.out_bytes, 8192);
  EXPECT_EQ(c.device.param_entries, 32);
  EXPECT_EQ(c.device.bus_bytes, 32);
  EXPECT_EQ(c.memory.bus_bytes, 32);
  EXPECT_EQ(c.memory.latency_cycles, 7);
  EXPECT_EQ(c.memory.bytes_per_cycle, 5.5);
  EXPECT_EQ(c.memory.max_outstanding_reads, 3);
  EXPECT_EQ(c.memory.max_outstanding_writes, 4);
  EXPECT_EQ(c.memory.stall_probability, 0.25);
  EXPECT_EQ(c.memory.seed, 99U);
  EXPECT_EQ(c.memory.refresh_period_cycles, 1000);
  EXPECT_EQ(c.memory.refresh_cycles, 10);
  EXPECT_EQ(c.memory.bytes, std::uint64_t{2} << 20U);
}

TEST(Config, NamesLineKeyAndAllowedValues) {
  EXPECT_EQ(Complaint("[array]\nlanes = 17\n"),
            "tiny.toml:2: array.lanes is 17, allowed is a power of two, 4..64");
  EXPECT_EQ(Complaint("[array]\n\nlanes = 128\n"),
            "tiny.toml:3: array.lanes is 128, allowed is a power of two, 4..64");
  EXPECT_EQ(Complaint("[array]\nlanes = -16\n"),
            "tiny.toml:2: array.lanes is -16, allowed is a power of two, 4..64");
  EXPECT_EQ(Complaint("[array]\nlanes = \"16\"\n"),
            "tiny.toml:2: array.lanes is not a number as expected: a power of two, 4..64");
  EXPECT_EQ(Complaint("[array]\nlanes = 16.0\n"),
            "tiny.toml:2: array.lanes is not a number as expected: a power of two, 4..64");
  EXPECT_EQ(Complaint("[memory]\nstall_probability = 1.5\n"),
            "tiny.toml:2: memory.stall_probability is 1.5, allowed is a number, 0..0.95");
  EXPECT_EQ(Complaint("[memory]\nbytes_per_cycle = nan\n"),
            "tiny.toml:2: memory.bytes_per_cycle is nan, allowed is a number, 0.015625..1000000");
  EXPECT_EQ(Complaint("[bus]\nwidth_bits = 512\n"),
            "tiny.toml:2: bus.width_bits is 512, allowed is a power of two, 64..256");
  EXPECT_EQ(Complaint("[array]\nrows = 16\n"),
            "tiny.toml:2: unknown key array.rows; [array] has lanes, columns, max_code_bits");
  EXPECT_EQ(
      Complaint("lanes = 16\n"),
      "tiny.toml:1: unknown section [lanes]; there are array, accumulator, buffers, bus, memory");
  EXPECT_EQ(
      Complaint("[arrays]\n"),
      "tiny.toml:1: unknown section [arrays]; there are array, accumulator, buffers, bus, memory");
  EXPECT_EQ(Complaint("bus = 3\n"), "tiny.toml:1: bus is not a section");
  EXPECT_EQ(Complaint("[buffers]\nweight_kib = 4\nweight_bytes = 4096\n"),
            "tiny.toml:2: buffers.weight_kib and buffers.weight_bytes set the same");
  EXPECT_EQ(Complaint("[memory]\nrefresh_cycles = 10\n"),
            "tiny.toml: memory parameter refresh_cycles is 10, allowed is 0 up to "
            "refresh_period_cycles - 1");
}

TEST(Config, NamesTheLineOfASyntaxError) {
  EXPECT_EQ(Complaint("[array]\nlanes = = 3\n").substr(0, 12), "tiny.toml:2:");
}

TEST(Config, AnUnknownNameListsTheShippedOnes) {
  EXPECT_EQ(ErrorOf([] { (void)LoadConfig("17x17"); }),
            "no configuration '17x17': give the path of a .toml file, or one of the shipped names: "
            "4x4, 8x8, 16x16, 32x32");
  EXPECT_NE(ErrorOf([] { (void)LoadConfig("missing.toml"); }), "");
}

}  // namespace
}  // namespace denseshift::sim
