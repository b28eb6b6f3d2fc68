// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/estimate/sweep/sweep_journal.h"

#include <csignal>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <sys/resource.h>

#include <gtest/gtest.h>

#include "tests/sim/estimate/sweep/sample_sweep.h"
#include "tests/sim/temporary_folder.h"

namespace denseshift::sim {
namespace {

using Taken = std::map<std::uint64_t, SweepOutcome>;

class SweepJournalTest : public testing::Test {
 protected:
  // The points a journal of this sweep goes on from.
  Taken Open(const SweepIdentity& identity) {
    Taken taken;
    journal_.reset();
    journal_.emplace(file_, identity, [&](SweepPoint point) {
      EXPECT_TRUE(taken.emplace(point.point, std::move(point.outcome)).second);
    });
    return taken;
  }

  std::string OpenError(const SweepIdentity& identity) {
    return ErrorOf([&] { SweepJournal(file_, identity, [](const SweepPoint&) {}); });
  }

  TemporaryFolder folder_;
  std::filesystem::path file_ = folder_.path() / "out.csv.partial";
  std::optional<SweepJournal> journal_;
};

TEST_F(SweepJournalTest, WhatWasAddedIsThereAtOnce) {
  EXPECT_TRUE(Open(SampleIdentity()).empty());
  const std::string first = IdentityLine(SampleIdentity()) + "\n";
  EXPECT_EQ(FileContent(file_), first);
  journal_->Add(3, SampleOutcome(3));
  journal_->Add(4, SampleOutcome(4));
  EXPECT_EQ(FileContent(file_),
            first + PointLine(3, SampleOutcome(3)) + "\n" + PointLine(4, SampleOutcome(4)) + "\n");
}

TEST_F(SweepJournalTest, TheNextRunGoesOn) {
  (void)Open(SampleIdentity());
  journal_->Add(3, SampleOutcome(3));
  journal_->Add(4, SampleOutcome(4));
  Taken taken = Open(SampleIdentity());
  ASSERT_EQ(taken.size(), 2U);
  EXPECT_TRUE(IsSame(taken.at(3), SampleOutcome(3)));
  EXPECT_TRUE(IsSame(taken.at(4), SampleOutcome(4)));
  journal_->Add(0, SampleOutcome(0));
  EXPECT_EQ(Open(SampleIdentity()).size(), 3U);
  journal_->Remove();
  EXPECT_FALSE(std::filesystem::exists(file_));
}

TEST_F(SweepJournalTest, ALineThatWasCutAnywhereIsDropped) {
  (void)Open(SampleIdentity());
  journal_->Add(3, SampleOutcome(3));
  journal_->Add(5, SampleOutcome(5));
  journal_.reset();
  const std::string whole = FileContent(file_);
  const std::size_t first = IdentityLine(SampleIdentity()).size() + 1;
  const std::size_t second = first + PointLine(3, SampleOutcome(3)).size() + 1;
  for (std::size_t length = 0; length <= whole.size(); ++length) {
    (void)folder_.Write(file_.filename().string(), whole.substr(0, length));
    const std::size_t expected = length == whole.size() ? 2 : length >= second ? 1 : 0;
    EXPECT_EQ(Open(SampleIdentity()).size(), expected) << length;
    journal_->Add(5, SampleOutcome(5));
    journal_->Add(3, SampleOutcome(3));
    EXPECT_EQ(Open(SampleIdentity()).size(), 2U) << length;
    journal_.reset();
  }
}

TEST_F(SweepJournalTest, AnotherSweepIsRefusedAndItsFileKept) {
  const std::string expected =
      file_.string() +
      " is of another sweep: other arguments, or a file it reads has changed; delete it, or give "
      "another --output";
  SweepIdentity other = SampleIdentity();
  other.inputs = "changed";
  for (const std::string& content : {IdentityLine(other) + "\n",
                                     IdentityLine(SampleIdentity({1, 2})) + "\n",
                                     std::string("notes"),
                                     std::string("notes\nmore notes\n")}) {
    (void)folder_.Write(file_.filename().string(), content);
    EXPECT_EQ(OpenError(SampleIdentity()), expected) << content;
    EXPECT_EQ(FileContent(file_), content);
  }
}

TEST_F(SweepJournalTest, PointsOfOtherShardsAreRefused) {
  for (const std::uint64_t point : {std::uint64_t{0}, std::uint64_t{7}}) {
    (void)folder_.Write(file_.filename().string(),
                        IdentityLine(SampleIdentity({2, 2})) + "\n" +
                            PointLine(point, SampleOutcome(point)) + "\n");
    EXPECT_EQ(OpenError(SampleIdentity({2, 2})),
              file_.string() + " has point " + std::to_string(point) +
                  ", which is none of this sweep; delete it");
  }
}

TEST_F(SweepJournalTest, OneAtATime) {
  (void)Open(SampleIdentity());
  EXPECT_EQ(OpenError(SampleIdentity()),
            file_.string() + " is in use by another sweep; let it end, or give another --output");
  journal_.reset();
  EXPECT_EQ(OpenError(SampleIdentity()), "");
}

TEST_F(SweepJournalTest, AFileThatCannotBeWrittenIsNamed) {
  file_ = folder_.path() / "none" / "out.partial";
  EXPECT_EQ(OpenError(SampleIdentity()),
            "cannot write " + file_.string() + ": No such file or directory");
}

TEST_F(SweepJournalTest, ADiskThatIsFullIsNamed) {
  (void)Open(SampleIdentity());
  journal_->Add(3, SampleOutcome(3));
  rlimit before{};
  ASSERT_EQ(getrlimit(RLIMIT_FSIZE, &before), 0);
  const rlimit full{static_cast<rlim_t>(FileContent(file_).size()) + 5, before.rlim_max};
  std::signal(SIGXFSZ, SIG_IGN);  // the write then fails
  ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &full), 0);
  const std::string error = ErrorOf([&] { journal_->Add(5, SampleOutcome(5)); });
  ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &before), 0);
  EXPECT_EQ(error, "cannot write " + file_.string() + ": File too large");
  // Five bytes of the line are there; the next run drops them.
  EXPECT_EQ(Open(SampleIdentity()).size(), 1U);
}

}  // namespace
}  // namespace denseshift::sim
