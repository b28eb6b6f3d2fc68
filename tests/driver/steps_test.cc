// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "driver/compiler/steps.h"

#include <set>
#include <tuple>
#include <vector>

#include <gtest/gtest.h>

namespace denseshift::driver {
namespace {

// Every byte of every run exactly once, in order, at most `lanes` a step and at most two runs.
void CheckSteps(int lanes, int runs, int run_len, bool dual) {
  SCOPED_TRACE(::testing::Message()
               << lanes << " lanes, " << runs << " runs of " << run_len << (dual ? ", dual" : ""));
  int run = 0;
  int offset = 0;
  const std::vector<Step> steps = CutSteps(lanes, runs, run_len, dual);
  for (const Step& step : steps) {
    ASSERT_EQ(step.run, run);
    ASSERT_EQ(step.offset, offset);
    ASSERT_GE(step.length_a, 1);
    ASSERT_LE(step.length_a + step.length_b, lanes);
    ASSERT_LE(step.offset + step.length_a, run_len);
    offset += step.length_a;
    // A step that does not fill the lanes ends its run.
    if (step.length_a < lanes) {
      ASSERT_EQ(offset, run_len);
    }
    if (step.length_b > 0) {
      ASSERT_TRUE(dual);
      ASSERT_LT(run + 1, runs);
      ASSERT_EQ(offset, run_len);
      ++run;
      offset = step.length_b;
      ASSERT_LE(offset, run_len);
      // It fills the lanes or takes the whole second run.
      ASSERT_TRUE(step.length_a + step.length_b == lanes || step.length_b == run_len);
    }
    if (offset == run_len) {
      ++run;
      offset = 0;
    }
  }
  EXPECT_EQ(run, runs);
  EXPECT_EQ(offset, 0);
  EXPECT_EQ(CountSteps(lanes, runs, run_len, dual), static_cast<int>(steps.size()));
}

TEST(Steps, CoverEveryByteOnceAndNeverTouchThreeRuns) {
  for (const int lanes : {4, 8, 16, 64}) {
    for (int runs = 1; runs <= 8; ++runs) {
      for (int run_len = 1; run_len <= 2 * lanes + 3; ++run_len) {
        CheckSteps(lanes, runs, run_len, false);
        CheckSteps(lanes, runs, run_len, true);
        if (::testing::Test::HasFatalFailure()) {
          return;
        }
      }
    }
  }
}

TEST(Steps, DualNeverTakesMoreSteps) {
  for (int runs = 1; runs <= 15; ++runs) {
    for (int run_len = 1; run_len <= 70; ++run_len) {
      EXPECT_LE(CountSteps(16, runs, run_len, true), CountSteps(16, runs, run_len, false));
    }
  }
}

TEST(Steps, KnownCounts) {
  EXPECT_EQ(CountSteps(16, 7, 21, true), 10);  // 7x7 kernel on 3 channels
  EXPECT_EQ(CountSteps(16, 7, 21, false), 14);
  EXPECT_EQ(CountSteps(16, 3, 192, true), 36);  // 3x3 kernel on 64 channels
  EXPECT_EQ(CountSteps(16, 3, 3, true), 2);     // 3x3 kernel on 1 channel: two runs at most
  EXPECT_EQ(CountSteps(16, 1, 1024, false), 64);
}

struct Kernel {
  int height;
  int width;
  int dilation_h;
  int dilation_w;
  int channels;
};

// Parts of at most `max` steps of blocks of at most `first_max` hold every element of the kernel
// exactly once.
void CheckSplit(const Kernel& of, int first_max, int max) {
  SCOPED_TRACE(::testing::Message() << of.height << "x" << of.width << " dilated " << of.dilation_h
                                    << "," << of.dilation_w << ", " << of.channels << " channels, "
                                    << max << " of " << first_max << " steps");
  constexpr int kLanes = 8;
  const KernelRuns kernel =
      MakeKernelRuns(of.height, of.width, of.dilation_h, of.dilation_w, of.channels);
  std::vector<KernelBlock> blocks;
  for (const KernelBlock& block : SplitKernel(kernel, kLanes, first_max)) {
    ASSERT_LE(block.steps, first_max);
    const std::vector<KernelBlock> parts = SplitBlock(kernel, block, kLanes, max);
    blocks.insert(blocks.end(), parts.begin(), parts.end());
  }
  std::set<std::tuple<int, int, int>> seen;
  for (const KernelBlock& block : blocks) {
    ASSERT_LE(block.steps, max);
    ASSERT_EQ(block.steps,
              CountSteps(kLanes, block.runs_x * block.runs_y, block.run_len, block.dual));
    if (block.dual) {
      ASSERT_EQ(block.runs_x, 1);
      ASSERT_EQ(of.dilation_h % 2, 1);
    }
    for (int run = 0; run < block.runs_x * block.runs_y; ++run) {
      for (int byte = 0; byte < block.run_len; ++byte) {
        const KernelByte place = LocateByte(kernel, block, of.channels, run, byte);
        ASSERT_TRUE(seen.emplace(place.kernel_row, place.kernel_column, place.channel).second);
        ASSERT_LT(place.kernel_row, of.height);
        ASSERT_LT(place.kernel_column, of.width);
        // Where the device reads: docs/commands.md "Window".
        const int run_y = run / block.runs_x;
        const int run_x = run % block.runs_x;
        ASSERT_EQ((block.run_x + run_x) * kernel.run_step + block.offset + byte,
                  place.kernel_column * of.dilation_w * of.channels + place.channel);
        ASSERT_EQ(block.run_y + run_y, place.kernel_row);
      }
    }
  }
  EXPECT_EQ(static_cast<int>(seen.size()), of.height * of.width * of.channels);
}

TEST(Steps, SplitKernelsAndBlocksHoldEveryElementOnce) {
  for (const int kernel_h : {1, 3, 5}) {
    for (const int kernel_w : {1, 2, 3}) {
      for (const int dilation : {1, 2, 3}) {
        for (const int channels : {1, 3, 8, 37}) {
          for (const int max : {1, 2, 5, 1000}) {
            for (const int first_max : {max, 3 * max, 1000}) {
              CheckSplit({kernel_h, kernel_w, dilation, 1, channels}, first_max, max);
              CheckSplit({kernel_h, kernel_w, 1, dilation, channels}, first_max, max);
            }
            if (::testing::Test::HasFatalFailure()) {
              return;
            }
          }
        }
      }
    }
  }
}

TEST(Steps, WindowsLargerThanTheFieldsAreSplit) {
  const KernelRuns tall = MakeKernelRuns(300, 2, 1, 1, 1);
  for (const KernelBlock& block : SplitKernel(tall, 16, 65535)) {
    EXPECT_LE(block.runs_y, 255);
  }
  const KernelRuns wide = MakeKernelRuns(1, 100, 1, 1, 1000);
  const std::vector<KernelBlock> blocks = SplitKernel(wide, 16, 65535);
  EXPECT_GT(blocks.size(), 1U);
  for (const KernelBlock& block : blocks) {
    EXPECT_LE(block.run_len, 65535);
  }
}

}  // namespace
}  // namespace denseshift::driver
