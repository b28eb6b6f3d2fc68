// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "driver/compiler/program_pool.h"

#include <gtest/gtest.h>

#include "driver/compiler/schedule.h"
#include "tests/driver/fake_timer.h"
#include "tests/driver/random_network.h"

namespace denseshift::driver::testing {
namespace {

TEST(ProgramPool, MakesAndTimesAProgramOnce) {
  const Network network = Convolutions(32, 2);
  const FakeTimer timer({});
  CompileOptions options;
  options.timer = &timer;
  const Capabilities device;
  ProgramPool pool(network, device, options, {kUsualPrefetchDistance, 1});
  const ProgramPool::Entry& entry = pool.Find(device, MemorySpeed());
  EXPECT_EQ(entry.plans.size(), 2U);
  EXPECT_EQ(timer.commands().size(), 2U);
  EXPECT_EQ(&pool.Find(entry.least_device, MemorySpeed()), &entry);
  EXPECT_EQ(timer.commands().size(), 2U);
  Capabilities smaller = entry.least_device;
  smaller.act_bytes /= 2;
  EXPECT_NE(&pool.Find(smaller, MemorySpeed()), &entry);
  EXPECT_EQ(timer.commands().size(), 4U);
}

}  // namespace
}  // namespace denseshift::driver::testing
