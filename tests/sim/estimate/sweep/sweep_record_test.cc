// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/estimate/sweep/sweep_record.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/sim/estimate/sweep/sample_sweep.h"
#include "tests/sim/temporary_folder.h"

namespace denseshift::sim {
namespace {

using Points = std::vector<std::uint64_t>;

TEST(SweepRecord, ShardsShareThePoints) {
  const SweepSpace space = SampleIdentity().space;
  EXPECT_EQ(PointsOf(space, {}), (Points{0, 1, 2, 3, 4, 5}));
  EXPECT_EQ(PointsOf(space, {1, 4}), (Points{0, 4}));
  EXPECT_EQ(PointsOf(space, {2, 4}), (Points{1, 5}));
  EXPECT_EQ(PointsOf(space, {4, 4}), (Points{3}));
  EXPECT_EQ(PointsOf(space, {7, 7}), Points());
  EXPECT_TRUE(Belongs(SampleIdentity({2, 4}), 5));
  EXPECT_FALSE(Belongs(SampleIdentity({2, 4}), 9));
  EXPECT_FALSE(Belongs(SampleIdentity({2, 4}), 4));
}

TEST(SweepRecord, AnIdentityComesBack) {
  const std::string line = IdentityLine(SampleIdentity({2, 3}));
  const SweepIdentity identity = ParseIdentity(line);
  EXPECT_EQ(IdentityLine(identity), line);
  EXPECT_EQ(identity.network, "net \"1\"");
  EXPECT_EQ(identity.shard.index, 2U);
  EXPECT_EQ(identity.shard.count, 3U);
  EXPECT_EQ(identity.space.Size(), 6U);
  SweepIdentity list = SampleIdentity();
  list.space = SweepSpace::List({"array.lanes", "memory.seed"}, {{"8", "1"}, {"16", "7"}});
  const SweepIdentity list_again = ParseIdentity(IdentityLine(list));
  EXPECT_EQ(list_again.space.Rows(), list.space.Rows());
  EXPECT_EQ(IdentityLine(list_again), IdentityLine(list));
}

TEST(SweepRecord, EveryPartOfAnIdentityCounts) {
  const auto changed = [](const std::function<void(SweepIdentity&)>& change) {
    SweepIdentity identity = SampleIdentity();
    change(identity);
    return IdentityLine(identity) != IdentityLine(SampleIdentity());
  };
  EXPECT_FALSE(changed([](SweepIdentity&) {}));
  EXPECT_TRUE(changed([](SweepIdentity& i) { i.inputs = "other"; }));
  EXPECT_TRUE(changed([](SweepIdentity& i) { i.network = "other"; }));
  EXPECT_TRUE(changed([](SweepIdentity& i) { i.config = "8x8"; }));
  EXPECT_TRUE(changed([](SweepIdentity& i) { i.settings.clear(); }));
  EXPECT_TRUE(changed([](SweepIdentity& i) { i.shard = {1, 2}; }));
  EXPECT_TRUE(changed([](SweepIdentity& i) {
    i.space = SweepSpace::Product({{"array.lanes", {"8", "16"}}});
  }));
}

TEST(SweepRecord, PointsComeBack) {
  const TemporaryFolder folder;
  const std::filesystem::path file = folder.Write("a", SampleShard(SampleIdentity()) + "{\"poi");
  std::string first_line;
  std::uint64_t count = 0;
  const SweepRecordEnd end =
      ReadSweepRecord(file,
                      {[&](const std::string& line) { first_line = line; },
                       [&](const SweepPoint& point) {
                         EXPECT_EQ(point.point, count);
                         EXPECT_TRUE(IsSame(point.outcome, SampleOutcome(count))) << count;
                         ++count;
                       }});
  EXPECT_EQ(first_line, IdentityLine(SampleIdentity()));
  EXPECT_EQ(count, 6U);
  EXPECT_EQ(end.whole_bytes, SampleShard(SampleIdentity()).size());
  EXPECT_EQ(end.rest, "{\"poi");
}

TEST(SweepRecord, MeasuresComeBackToTheBit) {
  const SweepOutcome expected = SampleOutcome(3);
  const TemporaryFolder folder;
  (void)ReadSweepRecord(folder.Write("a", "x\n" + PointLine(3, expected) + "\n"),
                        {[](const std::string&) {},
                         [&](const SweepPoint& point) {
                           const SweepMeasures& m = point.outcome.measures;
                           EXPECT_EQ(m.cycles, 997U);
                           EXPECT_EQ(m.macs, 300U);
                           EXPECT_EQ(m.pes, 67U);
                           EXPECT_EQ(m.buffer_bytes, (std::uint64_t{1} << 63U) + 3);
                           EXPECT_EQ(m.bus_bits, 128U);
                           EXPECT_EQ(m.breakdown.compute, 3U);
                           EXPECT_EQ(m.breakdown.weight_load, 1U);
                           EXPECT_EQ(m.breakdown.memory, 2U);
                           EXPECT_EQ(m.breakdown.post, 3U);
                           EXPECT_EQ(m.breakdown.fill, 4U);
                           EXPECT_EQ(m.breakdown.drain, 984U);
                           EXPECT_EQ(m.roofline_cycles, 0.1 + 3.0);
                         }});
}

TEST(SweepRecord, DamageIsNamed) {
  const TemporaryFolder folder;
  const SweepRecordReader reader = {[](const std::string&) {}, [](const SweepPoint&) {}};
  for (const char* line :
       {"", "{}", "5", R"({"point":1})", R"({"point":-1,"counts":[1]})", "{\"po"}) {
    const std::filesystem::path file = folder.Write("a", "first\n" + std::string(line) + "\n");
    EXPECT_EQ(ErrorOf([&] { (void)ReadSweepRecord(file, reader); }),
              file.string() +
                  ":2: is no point of a sweep; the file is damaged, delete it and run its sweep "
                  "again")
        << line;
  }
  EXPECT_NE(ErrorOf([&] { (void)ReadSweepRecord(folder.path(), reader); }), "");
  EXPECT_NE(ErrorOf([&] {
              (void)ReadSweepRecord(folder.path() / "b", reader);
            }).find("b: cannot be read: No such file"),
            std::string::npos);
  const std::string impossible = IdentityLine(SampleIdentity({0, 2}));
  const std::string beyond = IdentityLine(SampleIdentity({3, 2}));
  for (const std::string& line : {std::string(), std::string("{}"), impossible, beyond}) {
    EXPECT_EQ(ErrorOf([&] { (void)ParseIdentity(line); }),
              "is not the output of a shard of a sweep");
  }
}

}  // namespace
}  // namespace denseshift::sim
