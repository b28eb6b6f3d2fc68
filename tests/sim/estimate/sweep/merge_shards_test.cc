// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/estimate/sweep/merge_shards.h"

#include <filesystem>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "sim/estimate/sweep/pareto.h"
#include "tests/sim/estimate/sweep/sample_sweep.h"
#include "tests/sim/temporary_folder.h"

namespace denseshift::sim {
namespace {

namespace fs = std::filesystem;

class MergeShardsTest : public testing::Test {
 protected:
  fs::path Shard(std::uint64_t index, std::uint64_t count) {
    return Write(std::to_string(index), SampleShard(SampleIdentity({index, count})));
  }

  fs::path Write(const std::string& name, const std::string& content) {
    return folder_.Write(name, content);
  }

  // The message, without the folder.
  std::string Error(const std::vector<fs::path>& files) {
    std::string error = ErrorOf([&] { (void)MergeShards(files); });
    const std::string folder = folder_.path().string() + "/";
    for (std::size_t at = error.find(folder); at != std::string::npos; at = error.find(folder))
      error.erase(at, folder.size());
    return error;
  }

  TemporaryFolder folder_;
};

TEST_F(MergeShardsTest, ShardsInAnyOrderAreTheSweep) {
  std::vector<SweepOutcome> expected;
  for (std::uint64_t point = 0; point < 6; ++point)
    expected.push_back(SampleOutcome(point));
  MarkPareto(expected);
  const SweepResult result = MergeShards({Shard(3, 4), Shard(1, 4), Shard(4, 4), Shard(2, 4)});
  EXPECT_EQ(result.network, "net \"1\"");
  EXPECT_EQ(result.config, "16x16");
  EXPECT_EQ(result.settings, SampleIdentity().settings);
  EXPECT_EQ(result.space.Values(5), SampleIdentity().space.Values(5));
  ASSERT_EQ(result.outcomes.size(), 6U);
  for (std::size_t i = 0; i < 6; ++i) {
    EXPECT_TRUE(IsSame(result.outcomes[i], expected[i])) << i;
    EXPECT_EQ(result.outcomes[i].pareto, expected[i].pareto) << i;
  }
}

TEST_F(MergeShardsTest, ShardsWithoutPointsMayBeLeftOut) {
  std::vector<fs::path> files;
  for (std::uint64_t i = 1; i <= 6; ++i)
    files.push_back(Shard(i, 8));
  EXPECT_EQ(Error(files), "");
  files.push_back(Shard(8, 8));
  EXPECT_EQ(Error(files), "");
  files.erase(files.begin() + 4);
  EXPECT_EQ(Error(files), "shard 5/8 is missing; name its output as well");
}

TEST_F(MergeShardsTest, MissingAndOverlappingShardsAreNamed) {
  EXPECT_EQ(Error({}), "no shard to merge");
  EXPECT_EQ(Error({Shard(1, 3), Shard(3, 3)}), "shard 2/3 is missing; name its output as well");
  const fs::path again = Write("again", SampleShard(SampleIdentity({1, 3})));
  EXPECT_EQ(Error({Shard(1, 3), again}), "again: is shard 1/3, and so is 1; name each shard once");
  const fs::path half = Write("half", SampleShard(SampleIdentity({2, 2})));
  EXPECT_EQ(Error({Shard(1, 3), half}),
            "half: is shard 2/2, but 1 is shard 1/3; all must be of the same number");
}

TEST_F(MergeShardsTest, ShardsOfOtherSweepsAreRefused) {
  SweepIdentity other = SampleIdentity({2, 3});
  other.inputs = "changed";
  EXPECT_EQ(Error({Shard(1, 3), Write("other", SampleShard(other))}),
            "other: is of another sweep than 1: other arguments, or a file they read had changed");
}

TEST_F(MergeShardsTest, ShardsThatAreNotWholeAreRefused) {
  const std::string whole = SampleShard(SampleIdentity({1, 2}));
  const std::string last = PointLine(4, SampleOutcome(4)) + "\n";
  const std::string rest = "; run the shard again to its end";
  EXPECT_EQ(Error({Write("cut", whole.substr(0, whole.size() - last.size()))}),
            "cut: has 2 of the 3 points of shard 1/2" + rest);
  EXPECT_EQ(Error({Write("cut", whole.substr(0, whole.size() - 1))}),
            "cut: has 2 of the 3 points of shard 1/2" + rest);
  EXPECT_EQ(Error({Write("more", whole + "{")}), "more: has 3 of the 3 points of shard 1/2" + rest);
  EXPECT_EQ(Error({Write("twice", whole + last)}), "twice: point 4 does not belong there");
  EXPECT_EQ(Error({Write("other", whole + PointLine(1, SampleOutcome(1)) + "\n")}),
            "other: point 1 does not belong there");
  EXPECT_EQ(Error({Write("far", whole + PointLine(60, SampleOutcome(60)) + "\n")}),
            "far: point 60 does not belong there");
}

TEST_F(MergeShardsTest, OtherFilesAreRefused) {
  EXPECT_EQ(Error({Write("result.csv", "array.lanes,cycles\n8,100\n")}),
            "result.csv: is not the output of a shard of a sweep");
  EXPECT_EQ(Error({Write("empty", "")}), "empty: is not the output of a shard of a sweep");
  EXPECT_EQ(Error({Write("half", "{\"denseshift_sweep\"")}),
            "half: is not the output of a shard of a sweep");
  EXPECT_EQ(Error({folder_.path() / "none"}), "none: cannot be read: No such file or directory");
}

TEST_F(MergeShardsTest, AWholeShardIsKnown) {
  const SweepIdentity identity = SampleIdentity({1, 2});
  const std::string whole = SampleShard(identity);
  EXPECT_TRUE(HoldsShard(Shard(1, 2), identity));
  EXPECT_FALSE(HoldsShard(Shard(2, 2), identity));
  EXPECT_FALSE(HoldsShard(Write("cut", whole.substr(0, whole.size() - 1)), identity));
  const std::size_t last = PointLine(4, SampleOutcome(4)).size() + 1;
  EXPECT_FALSE(HoldsShard(Write("less", whole.substr(0, whole.size() - last)), identity));
  EXPECT_FALSE(HoldsShard(Write("more", whole + "{"), identity));
  EXPECT_FALSE(HoldsShard(Write("empty", ""), identity));
  EXPECT_FALSE(HoldsShard(folder_.path() / "none", identity));
  EXPECT_TRUE(HoldsShard(Shard(7, 8), SampleIdentity({7, 8})));
}

}  // namespace
}  // namespace denseshift::sim
