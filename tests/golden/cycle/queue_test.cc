// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "golden/cycle/queue.h"

#include <gtest/gtest.h>

namespace denseshift::golden::cycle {
namespace {

TEST(CycleQueue, ShowsItemsInOrder) {
  Queue<int, 4> queue;
  for (int i = 1; i <= 4; ++i)
    queue.Push(i);
  EXPECT_TRUE(queue.full());
  for (int i = 1; i <= 4; ++i) {
    EXPECT_EQ(queue.head(), i);
    queue.Pop();
  }
  EXPECT_TRUE(queue.empty());
}

TEST(CycleQueue, AnEmptyQueueShowsItsLastItem) {
  Queue<int, 2> queue;
  queue.Push(7);
  queue.Pop();
  EXPECT_EQ(queue.head(), 7);
  queue.Push(8);
  EXPECT_EQ(queue.head(), 8);
}

TEST(CycleQueue, PushWhileFullAndPopWhileEmptyDoNothing) {
  Queue<int, 2> queue;
  queue.Pop();
  queue.Push(1);
  queue.Push(2);
  queue.Push(3);
  EXPECT_EQ(queue.head(), 1);
  queue.Pop();
  EXPECT_EQ(queue.head(), 2);
  queue.Pop();
  EXPECT_TRUE(queue.empty());
}

TEST(CycleQueue, ClearKeepsTheHeadOfTheCyclesStart) {
  Queue<int, 4> queue;
  queue.Push(5);
  queue.Push(6);
  const Queue<int, 4> before = queue;
  queue.Pop();
  queue.Clear(before);
  EXPECT_TRUE(queue.empty());
  EXPECT_EQ(queue.head(), 5);
}

TEST(CycleQueue, ADepthBelowTheLargestIsKept) {
  Queue<int, 64> queue(2);
  queue.Push(1);
  EXPECT_FALSE(queue.full());
  queue.Push(2);
  EXPECT_TRUE(queue.full());
}

TEST(CycleQueue, ADepthThatIsNoPowerOfTwoIsUsedInFull) {
  Queue<int, 8> queue(6);
  for (int round = 0; round < 5; ++round) {
    for (int i = 0; i < 6; ++i) {
      EXPECT_FALSE(queue.full());
      queue.Push(10 * round + i);
    }
    EXPECT_TRUE(queue.full());
    for (int i = 0; i < 6; ++i) {
      EXPECT_EQ(queue.head(), 10 * round + i);
      queue.Pop();
    }
    EXPECT_TRUE(queue.empty());
    queue.Push(-1);  // so that the rounds begin at other places
    queue.Pop();
  }
}

}  // namespace
}  // namespace denseshift::golden::cycle
