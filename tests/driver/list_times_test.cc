// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "driver/compiler/list_times.h"

#include <gtest/gtest.h>

namespace denseshift::driver::testing {
namespace {

TEST(ListTimes, AddsUpWhatWaitsForWhat) {
  ListTimes times({1000, 500});
  EXPECT_EQ(times.EndOfCompute(-1), 0);
  EXPECT_EQ(times.EndOfCompute(1), 1500) << "if they wait for no load";
  PendingLoad load;
  load.words = 100;
  times.Add(load);
  const ListTimes::Cycle loaded = kFirstLoadStart + 100;
  EXPECT_EQ(times.memory_free(), loaded);
  times.AddCompute();
  EXPECT_EQ(times.EndOfCompute(0), loaded + kTakeLatency + 1000);
  EXPECT_EQ(times.EndOfCompute(1), loaded + kTakeLatency + 1500);
  PendingLoad next;
  next.needed_by = 1;
  next.reader = 0;
  next.words = 10;
  const ListTimes::Cycle end = times.EndOfLoad(next, times.memory_free());
  EXPECT_EQ(end, loaded + kTakeLatency + 1000 + kLoadLatency + 10);
  EXPECT_EQ(times.WaitFor(next, end), kLoadLatency + 10);
  EXPECT_EQ(times.EndOfLoad(next, 5000), 5010);
}

}  // namespace
}  // namespace denseshift::driver::testing
