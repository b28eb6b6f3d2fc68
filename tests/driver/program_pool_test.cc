// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "driver/compiler/program_pool.h"

#include <cstdint>

#include <gtest/gtest.h>

#include "driver/compiler/program_timer.h"
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
  ASSERT_EQ(timer.commands().size(), 2U);
  EXPECT_EQ(entry.commands, static_cast<std::int64_t>(timer.commands()[0] + timer.commands()[1]));
  EXPECT_EQ(&pool.Find(entry.least_device, MemorySpeed()), &entry);
  EXPECT_EQ(timer.commands().size(), 2U);
  Capabilities smaller = entry.least_device;
  smaller.act_bytes /= 2;
  EXPECT_NE(&pool.Find(smaller, MemorySpeed()), &entry);
  EXPECT_EQ(timer.commands().size(), 4U);
}

// Says how many commands a program has.
class CommandCounter : public ProgramTimer {
 public:
  [[nodiscard]] std::int64_t Cycles(const ProgramPlan& plan,
                                    std::int64_t /*limit*/) const override {
    return static_cast<std::int64_t>(plan.commands.size());
  }

  [[nodiscard]] std::int64_t CyclesWith(const MemorySpeed& /*memory*/,
                                        const ProgramPlan& plan,
                                        std::int64_t limit) const override {
    return CommandCounter::Cycles(plan, limit);
  }

  [[nodiscard]] MemorySpeed Memory() const override { return {}; }
};

// Only the programs made last are kept.
TEST(ProgramPool, TimesProgramsMadeBefore) {
  const Network network = Convolutions(32, 2);
  const CommandCounter timer;
  CompileOptions options;
  options.timer = &timer;
  const Capabilities device;
  ProgramPool pool(network, device, options, {kUsualPrefetchDistance});
  const ProgramPool::Entry& entry = pool.Find(device, MemorySpeed());
  Capabilities smaller = entry.least_device;
  smaller.act_bytes /= 2;
  const ProgramPool::Entry& other = pool.Find(smaller, MemorySpeed());
  ASSERT_NE(entry.commands, other.commands);
  for (const ProgramPool::Entry* timed : {&other, &entry, &other}) {
    EXPECT_EQ(pool.CyclesWith(MemorySpeed(), *timed, ProgramTimer::kForever), timed->commands);
  }
}

}  // namespace
}  // namespace denseshift::driver::testing
