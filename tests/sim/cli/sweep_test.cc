// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0
//
// Sweeps as their users meet them: processes that are killed and go on, shards, files.

#include <algorithm>
#include <filesystem>
#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <string>

#include <gtest/gtest.h>

#include "tests/sim/cli/cli_process.h"

namespace denseshift::sim {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

constexpr const char* kTopology = DENSESHIFT_TOPOLOGIES "/resnet18.csv";

// 9 configurations, three of which are refused.
constexpr const char* kSmall =
    " --sweep array.lanes=8,12,32 --sweep memory.latency_cycles=10,50,99";

// 400 configurations.
constexpr const char* kLarge =
    " --sweep array.lanes=4,8,16,32,64 --sweep array.columns=16,32"
    " --sweep memory.latency_cycles=10,20,50,100,200 --sweep memory.bytes_per_cycle=4,8,16,32"
    " --sweep bus.width_bits=128,256";

class Sweep : public CliTest {
 protected:
  Outcome Estimate(const std::string& arguments) {
    return Shell("denseshift estimate " + std::string(kTopology) + arguments);
  }

  // What a run that must succeed prints.
  std::string Output(const std::string& arguments) {
    const Outcome outcome = Estimate(arguments);
    EXPECT_EQ(outcome.code, 0) << outcome.error;
    EXPECT_EQ(outcome.error, "");
    return outcome.out;
  }

  // Starts a sweep of kLarge with output all.csv and kills it when some points are done.
  void StartAndKill(int lines) {
    const std::string count = std::to_string(lines);
    const Outcome killed = Shell(
        "rm -f all.csv\n'" DENSESHIFT_PROGRAM "' estimate " + std::string(kTopology) + kLarge +
        " -o all.csv --threads 1 & pid=$!\n"
        "until [ -e all.csv.partial ] && [ $(wc -l <all.csv.partial) -gt " +
        count +
        " ]; do sleep 0.01; done\n"
        "kill -9 $pid; wait $pid 2>/dev/null; test $? = 137");
    ASSERT_EQ(killed.code, 0) << "the sweep ended before it was killed";
    ASSERT_FALSE(fs::exists(File("all.csv")));
    ASSERT_TRUE(fs::exists(File("all.csv.partial")));
  }
};

TEST_F(Sweep, EachRowIsTheEstimateOfItsConfiguration) {
  const Json sweep = Json::parse(Output(kSmall + std::string(" --json")));
  EXPECT_EQ(sweep["network"], "resnet18");
  ASSERT_EQ(sweep["points"].size(), 9U);
  for (const Json& point : sweep["points"]) {
    const std::string lanes = point["values"]["array.lanes"].dump();
    const std::string latency = point["values"]["memory.latency_cycles"].dump();
    const Outcome single = Estimate(
        fmt::format(" --json --set array.lanes={} --set memory.latency_cycles={}", lanes, latency));
    if (lanes == "12") {
      EXPECT_EQ(single.error, "denseshift: error: " + point["error"].get<std::string>() + "\n");
      EXPECT_TRUE(point["cycles"].is_null());
      continue;
    }
    const Json expected = Json::parse(single.out);
    for (const char* member :
         {"cycles", "macs", "pes", "utilization", "roofline_cycles", "breakdown"})
      EXPECT_EQ(point[member], expected[member]) << member;
    EXPECT_TRUE(point["error"].is_null());
  }
}

TEST_F(Sweep, BaseAndSettingsHold) {
  const std::string csv = Output(" --config 8x8 --set bus.width_bits=64 --sweep array.columns=16");
  const Json single =
      Json::parse(Output(" --config 8x8 --set bus.width_bits=64 --set array.columns=16 --json"));
  EXPECT_NE(csv.find("\n16," + single["cycles"].dump() + ","), std::string::npos) << csv;
}

TEST_F(Sweep, AFileListsTheConfigurations) {
  (void)folder_.Write("list.csv",
                      "array.lanes,memory.latency_cycles\n8,10\n8,50\n8,99\n12,10\n12,50\n12,99\n"
                      "32,10\n32,50\n32,99\n");
  EXPECT_EQ(Output(" --sweep-file list.csv"), Output(kSmall));
}

TEST_F(Sweep, NetworksAreSweptToo) {
  const Outcome outcome = Shell("denseshift estimate " + std::string(kNetwork) +
                                " --sweep array.lanes=4,16 --sweep memory.size_mib=1,64");
  ASSERT_EQ(outcome.code, 0) << outcome.error;
  EXPECT_EQ(std::count(outcome.out.begin(), outcome.out.end(), '\n'), 5);
}

TEST_F(Sweep, ThreadsDoNotChangeTheBytes) {
  const std::string expected = Output(kLarge + std::string(" --threads 1"));
  EXPECT_EQ(std::count(expected.begin(), expected.end(), '\n'), 401);
  for (const char* threads : {"", " --threads 2", " --threads 13"})
    EXPECT_EQ(Output(kLarge + std::string(threads)), expected) << threads;
  EXPECT_EQ(Output(kLarge + std::string(" --threads 3 -o out.csv")), "");
  EXPECT_EQ(FileContent(File("out.csv")), expected);
  EXPECT_FALSE(fs::exists(File("out.csv.partial")));
}

TEST_F(Sweep, AKilledSweepGoesOn) {
  const std::string expected = Output(kLarge);
  StartAndKill(20);
  StartAndKill(100);
  // A point of the first run, as no sweep would have it: it is not estimated again.
  const Outcome changed = Shell(
      "sed -i '3s/\"counts\":\\[[0-9]*,/\"counts\":[123456789012345,/' all.csv.partial\n"
      "printf '{\"point\":' >>all.csv.partial\n");
  ASSERT_EQ(changed.code, 0);
  Output(kLarge + std::string(" -o all.csv"));
  EXPECT_FALSE(fs::exists(File("all.csv.partial")));
  EXPECT_NE(FileContent(File("all.csv")).find(",123456789012345,"), std::string::npos);
  // The same without the change.
  StartAndKill(50);
  (void)Shell("printf '{\"point\":' >>all.csv.partial");
  Output(kLarge + std::string(" -o all.csv --threads 1"));
  EXPECT_EQ(FileContent(File("all.csv")), expected);
  EXPECT_FALSE(fs::exists(File("all.csv.partial")));
}

TEST_F(Sweep, ThePartialFileOfAnotherSweepIsRefused) {
  (void)folder_.Write("net.csv", FileContent(kTopology));
  (void)folder_.Write("base.toml", "[array]\nlanes = 8\n");
  const std::string sweep = "denseshift estimate net.csv -c base.toml";
  const std::string values =
      " -o out.csv --sweep memory.seed=1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20";
  // A disk that gets full leaves the partial file.
  const Outcome full = Shell("ulimit -f 1; trap '' XFSZ\n" + sweep + values + "\n");
  ExpectError(full, "cannot write out.csv.partial: File too large");
  ASSERT_TRUE(fs::exists(File("out.csv.partial")));
  const std::string refused =
      "out.csv.partial is of another sweep: other arguments, or a file it reads has changed; "
      "delete it, or give another --output";
  ExpectError(Shell(sweep + values + ",21"), refused);
  ExpectError(Shell(sweep + " --bits 3" + values), refused);
  ExpectError(Shell(sweep + " --no-search" + values), refused);
  ExpectError(Shell(sweep + " --batch 2" + values), refused);
  ExpectError(Shell(sweep + " --layer Conv1" + values), refused);
  ExpectError(Shell(sweep + " --set array.columns=8" + values), refused);
  ExpectError(Shell(sweep + " --shard 1/1000" + values), refused);
  (void)Shell("echo >>net.csv");
  ExpectError(Shell(sweep + values), refused);
  (void)folder_.Write("net.csv", FileContent(kTopology));
  (void)Shell("echo >>base.toml");
  ExpectError(Shell(sweep + values), refused);
  (void)folder_.Write("base.toml", "[array]\nlanes = 8\n");
  EXPECT_FALSE(fs::exists(File("out.csv")));
  const Outcome outcome = Shell(sweep + values);
  EXPECT_EQ(outcome.code, 0) << outcome.error;
  EXPECT_TRUE(fs::exists(File("out.csv")));
}

TEST_F(Sweep, ShardsMergeToTheWhole) {
  for (int shard = 1; shard <= 4; ++shard) {
    Output(fmt::format("{} --shard {}/4 -o {}.jsonl", kSmall, shard, shard));
  }
  EXPECT_EQ(FileContent(File("3.jsonl")), Output(kSmall + std::string(" --shard 3/4 --threads 1")));
  const Outcome csv = Shell("denseshift merge 4.jsonl 2.jsonl 1.jsonl 3.jsonl");
  EXPECT_EQ(csv.out, Output(kSmall)) << csv.error;
  const Outcome json = Shell("denseshift merge [1-4].jsonl --json --output all.json");
  ASSERT_EQ(json.code, 0) << json.error;
  EXPECT_EQ(FileContent(File("all.json")), Output(kSmall + std::string(" --json")));
  ExpectError(Shell("denseshift merge 4.jsonl 2.jsonl 1.jsonl -o other.csv"),
              "shard 3/4 is missing; name its output as well");
  EXPECT_FALSE(fs::exists(File("other.csv")));
  ExpectError(Shell("denseshift merge [1-4].jsonl 2.jsonl"),
              "2.jsonl: is shard 2/4, and so is 2.jsonl; name each shard once");
}

TEST_F(Sweep, AShardThatIsDoneIsNotDoneAgain) {
  Output(kSmall + std::string(" --shard 1/2 -o 1.jsonl"));
  (void)Shell(R"(sed -i 's/"counts":\[[0-9]*,/"counts":[5,/' 1.jsonl)");
  const std::string changed = FileContent(File("1.jsonl"));
  Output(kSmall + std::string(" --shard 1/2 -o 1.jsonl"));
  EXPECT_EQ(FileContent(File("1.jsonl")), changed);
  Output(kSmall + std::string(" --batch 2 --shard 1/2 -o 1.jsonl"));
  EXPECT_NE(FileContent(File("1.jsonl")), changed);
}

TEST_F(Sweep, MistakesAreNamed) {
  ExpectError(Estimate(" --sweep array.lane=8"),
              "--sweep 'array.lane=8': unknown key array.lane; [array] has lanes, columns, "
              "max_code_bits");
  ExpectError(Estimate(" --sweep array.lanes=8,"),
              "--sweep 'array.lanes=8,': a value is missing; write --sweep "
              "SECTION.KEY=NUMBER,NUMBER,...");
  ExpectError(Estimate(" --sweep-file none.csv"),
              "none.csv: cannot be read: No such file or directory");
  ExpectError(Estimate(" --sweep array.lanes=8 --set array.columns=9"),
              "setting 'array.columns=9': array.columns is 9, allowed is a power of two, 4..64");
  for (const std::string option : {"--scalesim reports", "--timeline t.json", "--against-rtl"}) {
    ExpectError(Estimate(" --sweep array.lanes=8 " + option),
                option.substr(0, option.find(' ')) +
                    " is for one configuration; a sweep is written as CSV, with --json as JSON, "
                    "with --html as a page");
  }
  for (const std::string option : {"--output x.csv", "--threads 2", "--shard 1/2"}) {
    ExpectError(Estimate(" " + option),
                option.substr(0, option.find(' ')) +
                    " is for sweeps; give --sweep or --sweep-file as well");
  }
  ExpectError(Estimate(" --sweep array.lanes=8 --shard 1/2 --json"),
              "a shard is written for 'merge'; leave out --json, and give it there");
  ExpectError(Estimate(" --sweep array.lanes=8 -o ."), "--output . is a folder; name a file in it");
  ExpectError(Estimate(" --sweep array.lanes=8 -o none/x.csv"),
              "cannot write none/x.csv.partial: No such file or directory");
  for (const std::string shard :
       {"0/2", "3/2", "1", "1/", "/2", "1/2/3", "-1/2", "1/99999999", ""}) {
    const Outcome outcome = Estimate(" --sweep array.lanes=8 --shard '" + shard + "'");
    EXPECT_GT(outcome.code, 1) << shard;
    EXPECT_NE(outcome.error.find("'" + shard + "' is not I/N with 1 <= I <= N"), std::string::npos)
        << outcome.error;
  }
  EXPECT_GT(Estimate(" --sweep array.lanes=8 --sweep-file x.csv").code, 1);
  EXPECT_GT(Shell("denseshift merge").code, 1);
}

TEST_F(Sweep, PipesAndFullDisks) {
  const std::string expected = Output(kSmall);
  EXPECT_EQ(Output(kSmall + std::string(" -o /dev/stdout | cat")), expected);
  EXPECT_FALSE(fs::exists("/dev/stdout.partial"));
  ExpectError(Estimate(kSmall + std::string(" -o /dev/full")),
              "cannot write /dev/full: No space left on device");
}

}  // namespace
}  // namespace denseshift::sim
