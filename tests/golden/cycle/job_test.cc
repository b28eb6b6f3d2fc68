// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "golden/cycle/job.h"

#include <gtest/gtest.h>

#include "golden/cycle/counters.h"

namespace denseshift::golden::cycle {
namespace {

class CycleJob : public ::testing::Test {
 protected:
  void Start(std::uint32_t watchdog) {
    JobInputs in;
    in.start_request = true;
    in.watchdog = watchdog;
    EXPECT_FALSE(job_.Step(in));
    ASSERT_EQ(job_.state(), Job::State::kRun);
  }

  // Steps until the job leaves a state; returns the cycles.
  int CyclesIn(Job::State state, const JobInputs& in) {
    int cycles = 0;
    while (job_.state() == state && cycles < 1000) {
      job_.Step(in);
      ++cycles;
    }
    return cycles;
  }

  Job job_;
};

TEST_F(CycleJob, EndsWhenIdle) {
  Start(10);
  JobInputs in;
  in.progress = true;
  EXPECT_FALSE(job_.Step(in));
  in.idle = true;
  EXPECT_TRUE(job_.Step(in));
  EXPECT_EQ(job_.state(), Job::State::kIdle);
  EXPECT_EQ(job_.cycles(), 2U);
  EXPECT_EQ(job_.error().code, kNoError);
}

TEST_F(CycleJob, AbortsInTheCycleAfterAnErrorAndEndsWhenQuiet) {
  Start(10);
  JobInputs in;
  in.error = {kIllegalCommand, kSequencerUnit, 3, 0};
  job_.Step(in);
  EXPECT_EQ(job_.state(), Job::State::kRun);
  EXPECT_EQ(job_.error().index, 3U);
  in.error.index = 4;  // only the first counts
  job_.Step(in);
  EXPECT_EQ(job_.state(), Job::State::kAbort);
  EXPECT_EQ(job_.error().index, 3U);
  in.quiet = true;
  EXPECT_TRUE(job_.Step(in));
  EXPECT_EQ(job_.state(), Job::State::kIdle);
}

TEST_F(CycleJob, TheWatchdogCountsCyclesWithoutProgress) {
  Start(5);
  JobInputs in;
  in.watchdog_error = {kNoProgress, kLoadUnit, 1, 0};
  EXPECT_EQ(CyclesIn(Job::State::kRun, in), 6);  // stall 0 .. 5
  EXPECT_EQ(job_.error().code, kNoProgress);
  EXPECT_EQ(CyclesIn(Job::State::kAbort, in), 6);
  EXPECT_EQ(job_.state(), Job::State::kStuck);
}

TEST_F(CycleJob, AStuckJobAnswersAStartWithAnError) {
  Start(1);
  JobInputs in;
  in.watchdog_error = {kNoProgress, kStoreUnit, 2, 0};
  CyclesIn(Job::State::kRun, in);
  CyclesIn(Job::State::kAbort, in);
  in.start_request = true;
  in.watchdog_error.index = 9;
  EXPECT_TRUE(job_.Step(in));
  EXPECT_EQ(job_.state(), Job::State::kStuck);
  EXPECT_EQ(job_.error().index, 9U);
  in.start_request = false;
  in.quiet = true;
  EXPECT_FALSE(job_.Step(in));
  EXPECT_EQ(job_.state(), Job::State::kIdle);
}

TEST(CycleErrors, TheLowestUnitCountsAndOfAUnitTheFirstError) {
  Errors errors;
  errors.Begin();
  EXPECT_EQ(errors.error().code, kNoError);
  errors.Raise(kStoreUnit, kBufferBounds, 1, 0);
  errors.Raise(kLoadUnit, kReadSlaveError, 2, 0);
  errors.Raise(kLoadUnit, kBufferBounds, 3, 0);
  errors.Raise(kPostUnit, kBufferBounds, 4, 0);
  EXPECT_EQ(errors.error().unit, kLoadUnit);
  EXPECT_EQ(errors.error().index, 2U);
}

TEST(CycleCounters, EveryUnitCountsItsActivity) {
  Counters counters;
  counters.Count({kBusy, kWaitsForInput, kWaitsForOutput, kIdle, kBusy});
  counters.Count({kBusy, kBusy, kWaitsForOutput, kIdle, kIdle});
  EXPECT_EQ(counters.count(0), 2U);
  EXPECT_EQ(counters.count(4), 1U);
  EXPECT_EQ(counters.count(5), 1U);
  EXPECT_EQ(counters.count(10), 2U);
  EXPECT_EQ(counters.count(15), 2U);
  counters.Clear();
  EXPECT_EQ(counters.count(0), 0U);
}

}  // namespace
}  // namespace denseshift::golden::cycle
