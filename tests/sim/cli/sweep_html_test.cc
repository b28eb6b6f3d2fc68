// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0
//
// The page of a sweep: when it is written, with what beside it, and when it is refused.

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>

#include <gtest/gtest.h>

#include "tests/sim/cli/cli_process.h"
#include "tests/sim/html_text.h"

namespace denseshift::sim {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

// 9 configurations, three of which are refused.
constexpr const char* kSweep =
    " --sweep array.lanes=8,12,32 --sweep memory.latency_cycles=10,50,99";

class SweepPage : public CliTest {
 protected:
  Outcome Estimate(const std::string& arguments) {
    return Shell("denseshift estimate " DENSESHIFT_TOPOLOGIES "/resnet18.csv" + arguments);
  }

  // What a command that must succeed prints.
  static std::string Output(const Outcome& outcome) {
    EXPECT_EQ(outcome.code, 0) << outcome.error;
    EXPECT_EQ(outcome.error, "");
    return outcome.out;
  }

  [[nodiscard]] Json PageJson() const { return Embedded(FileContent(File("page.html")), "sweep"); }
};

TEST_F(SweepPage, HoldsTheJsonAndIsAllThereIs) {
  const std::string json = Output(Estimate(kSweep + std::string(" --json")));
  EXPECT_EQ(Output(Estimate(kSweep + std::string(" --html page.html"))), "");
  EXPECT_EQ(PageJson(), Json::parse(json));
}

TEST_F(SweepPage, CsvAndJsonAreWrittenIfAskedFor) {
  const std::string csv = Output(Estimate(kSweep));
  const std::string json = Output(Estimate(kSweep + std::string(" --json")));
  const std::string page = kSweep + std::string(" --html page.html");
  EXPECT_EQ(Output(Estimate(page + " --csv")), csv);
  EXPECT_EQ(Output(Estimate(page + " --json")), json);
  EXPECT_EQ(Output(Estimate(page + " -o out.csv")), "");
  EXPECT_EQ(FileContent(File("out.csv")), csv);
  EXPECT_EQ(Output(Estimate(page + " --json -o out.json")), "");
  EXPECT_EQ(FileContent(File("out.json")), json);
  EXPECT_EQ(PageJson(), Json::parse(json));
  EXPECT_FALSE(fs::exists(File("out.json.partial")));
}

TEST_F(SweepPage, MergeWritesTheSame) {
  (void)Output(Estimate(kSweep + std::string(" --html whole.html")));
  (void)Output(Estimate(kSweep + std::string(" --shard 1/2 -o 1.jsonl")));
  (void)Output(Estimate(kSweep + std::string(" --shard 2/2 -o 2.jsonl")));
  EXPECT_EQ(Output(Shell("denseshift merge 2.jsonl 1.jsonl --html page.html")), "");
  EXPECT_EQ(FileContent(File("page.html")), FileContent(File("whole.html")));
  EXPECT_EQ(Output(Shell("denseshift merge 2.jsonl 1.jsonl --html page.html --json")),
            Output(Estimate(kSweep + std::string(" --json"))));
  ExpectError(Shell("denseshift merge 2.jsonl 1.jsonl --html ."),
              "--html . is a folder; name a file in it");
}

TEST_F(SweepPage, MistakesAreNamedBeforeTheWork) {
  const std::string sweep = kSweep + std::string(" -o out.csv");
  ExpectError(Estimate(sweep + " --html ."), "--html . is a folder; name a file in it");
  ExpectError(Estimate(sweep + " --html none/page.html"),
              "--html none/page.html: there is no folder " + File("none").string() + "; make it");
  ExpectError(Estimate(sweep + " --html ./out.csv"),
              "--output and --html are both ./out.csv; name two files");
  ExpectError(Estimate(kSweep + std::string(" --shard 1/2 --html page.html")),
              "a shard is written for 'merge'; leave out --html, and give it there");
  std::string seeds = "1";
  for (int seed = 2; seed <= 300; ++seed)
    seeds += "," + std::to_string(seed);
  ExpectError(Estimate(" -o out.csv --html page.html --sweep memory.seed=" + seeds +
                       " --sweep memory.latency_cycles=" + seeds),
              "--html: 90000 configurations, a page shows at most 50000; leave out --html, or "
              "sweep fewer");
  EXPECT_FALSE(fs::exists(File("page.html")));
  EXPECT_FALSE(fs::exists(File("out.csv")));
  EXPECT_FALSE(fs::exists(File("out.csv.partial")));
}

TEST_F(SweepPage, AFullDiskLosesNothing) {
  const std::string sweep = kSweep + std::string(" -o out.csv --html ");
  ExpectError(Estimate(sweep + "/dev/full"), "cannot write /dev/full: No space left on device");
  EXPECT_TRUE(fs::exists(File("out.csv.partial")));
  EXPECT_EQ(Output(Estimate(sweep + "page.html")), "");
  EXPECT_EQ(FileContent(File("out.csv")), Output(Estimate(kSweep)));
}

}  // namespace
}  // namespace denseshift::sim
