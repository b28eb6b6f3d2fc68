// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "driver/compiler/schedule.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "driver/compiler/compile.h"
#include "driver/compiler/interval_map.h"
#include "tests/driver/access_checker.h"
#include "tests/driver/devices.h"
#include "tests/driver/random_network.h"
#include "tests/driver/token_simulator.h"

namespace denseshift::driver::testing {
namespace {

TEST(IntervalMap, RemembersTheLastValueOfEachPlace) {
  NetworkBuilder random(5, {});
  IntervalMap map;
  std::vector<int> expected(50, -1);
  for (int value = 0; value < 400; ++value) {
    const int low = random.Pick(0, 49);
    const int high = random.Pick(low, 50);
    map.Assign(low, high, value);
    for (int at = low; at < high; ++at) {
      expected[static_cast<std::size_t>(at)] = value;
    }
    for (int at = 0; at < 50; ++at) {
      const IntervalMap::Found found = map.Find(at, at + 1);
      ASSERT_EQ(found.largest, expected[static_cast<std::size_t>(at)])
          << "after " << value << " at " << at;
      ASSERT_EQ(found.is_all, found.largest >= 0);
    }
  }
}

TEST(IntervalMap, FindsTheLargestAndGaps) {
  IntervalMap map;
  map.Assign(0, 4, 1);
  map.Assign(5, 8, 2);
  EXPECT_TRUE(map.Find(1, 4).is_all);
  EXPECT_FALSE(map.Find(1, 6).is_all);
  EXPECT_EQ(map.Find(0, 4).largest, 1);
  EXPECT_EQ(map.Find(3, 6).largest, 2);
  EXPECT_EQ(map.Find(4, 5).largest, -1);
  map.Assign(4, 5, 3);
  EXPECT_EQ(map.Find(0, 8).largest, 3);
  EXPECT_TRUE(map.Find(0, 8).is_all);
  EXPECT_FALSE(map.Find(0, 9).is_all);
  EXPECT_FALSE(map.Find(-1, 4).is_all);
}

// Compute commands that all read their own load and whose results are stored, one each.
Schedule Chains(int count) {
  Schedule schedule;
  for (int i = 0; i < count; ++i) {
    const auto first = static_cast<int>(schedule.commands.size());
    schedule.Add(LoadCommand{}, {});
    schedule.Add(ConvCommand{}, {first});
    schedule.Add(StoreCommand{}, {first + 1});
  }
  return schedule;
}

std::vector<int> Identity(std::size_t count) {
  std::vector<int> order;
  for (std::size_t i = 0; i < count; ++i) {
    order.push_back(static_cast<int>(i));
  }
  return order;
}

TEST(Tokens, OneForEachNewDependency) {
  Schedule schedule = Chains(2);
  schedule.Add(ConvCommand{}, {0});  // already known to be loaded
  const std::vector<Command> list = AssignTokens(schedule, Identity(schedule.commands.size()));
  EXPECT_EQ(HeaderOf(list[0]).signal_a, 1);
  EXPECT_EQ(HeaderOf(list[1]).wait_a, 1);
  EXPECT_EQ(HeaderOf(list[1]).signal_b, 1);
  EXPECT_EQ(HeaderOf(list[1]).signal_a, 0);
  EXPECT_EQ(HeaderOf(list[2]).wait_a, 1);
  EXPECT_EQ(HeaderOf(list[6]).wait_a, 0);
}

TEST(Tokens, RefuseToWaitForTheFuture) {
  Schedule schedule = Chains(1);
  schedule.after[0].Add(1);
  EXPECT_THROW(static_cast<void>(AssignTokens(schedule, Identity(schedule.commands.size()))),
               std::logic_error);
}

// Many stores, then many loads that wait for one store each: more than a counter can hold.
TEST(Tokens, NeverOverflowACounter) {
  Schedule schedule = Chains(1000);
  const auto base = static_cast<int>(schedule.commands.size());
  for (int i = 0; i < 1000; ++i) {
    schedule.Add(LoadCommand{}, {3 * i + 2});
    schedule.Add(ConvCommand{}, {base + 2 * i});
  }
  const std::vector<Command> list = AssignTokens(schedule, Identity(schedule.commands.size()));
  std::vector<CommandWords> words;
  words.reserve(list.size());
  for (const Command& command : list) {
    words.emplace_back(Encode(command));
  }
  Timing timing;
  timing.queue_depth = 16;
  const SimulationResult result = Simulate(words, {}, timing);
  EXPECT_TRUE(result.finished);
  EXPECT_LE(result.most_tokens, 255);
  EXPECT_GT(result.most_tokens, 100);  // neighbours share a token only as far as needed
}

TEST(Order, PrefetchesButNeverBlocksComputeThatCanRun) {
  // Two buffers: load i waits for compute i - 2.
  Schedule schedule;
  for (int i = 0; i < 8; ++i) {
    const auto id = static_cast<int>(schedule.commands.size());
    schedule.Add(LoadCommand{}, i >= 2 ? Producers{id - 3} : Producers{});
    schedule.Add(ConvCommand{}, {id});
  }
  const std::vector<int> order = OrderCommands(schedule, kUsualPrefetchDistance);
  ASSERT_EQ(order.size(), schedule.commands.size());
  std::vector<int> position(schedule.commands.size());
  for (std::size_t i = 0; i < order.size(); ++i) {
    position[static_cast<std::size_t>(order[i])] = static_cast<int>(i);
  }
  for (std::size_t i = 0; i < 8; ++i) {
    const std::size_t load = 2 * i;
    EXPECT_LT(position[load], position[load + 1]);
    if (i >= 2) {
      // Compute command i - 1 can run while the load waits for compute command i - 2.
      EXPECT_GT(position[load], position[load - 1]);
    }
  }
  // The second buffer is free from the start.
  EXPECT_LT(position[2], position[1]);
}

TEST(Order, KeepsLoadsNearTheirComputeCommands) {
  const Schedule schedule = Chains(100);
  const std::vector<int> order = OrderCommands(schedule, kUsualPrefetchDistance);
  int ahead = 0;
  int most = 0;
  for (const int id : order) {
    const Unit unit = UnitOf(schedule.commands[static_cast<std::size_t>(id)]);
    ahead += unit == Unit::kLoad ? 1 : unit == Unit::kCompute ? -1 : 0;
    most = std::max(most, ahead);
  }
  EXPECT_GE(most, 2);
  EXPECT_LE(most, 5);  // the load unit's queue and the command it works on
}

// A load of so many words.
LoadCommand LoadOf(Destination destination, std::int64_t words) {
  LoadCommand load;
  load.destination = static_cast<std::int64_t>(destination);
  load.rows = 1;
  load.words = words;
  return load;
}

// A compute command of a thousand cycles.
ConvCommand ThousandCycles() {
  ConvCommand conv;
  conv.column_tiles = 1;
  conv.steps = 10;
  conv.stripes = 1;
  conv.last_stripe = 100;
  conv.weight_words = 10;
  return conv;
}

Schedule ScheduleOf(std::initializer_list<std::pair<Command, Producers>> commands) {
  Schedule schedule;
  for (const auto& [command, after] : commands) {
    schedule.Add(command, after);
  }
  return schedule;
}

std::ptrdiff_t PlaceOf(int id, const std::vector<int>& order) {
  return std::find(order.begin(), order.end(), id) - order.begin();
}

// Weights for the third compute command have to wait for the first, inputs for the fifth for
// nothing.
TEST(Order, LetsTheMemoryWaitForALoadThatIsNeededBefore) {
  const auto order_with = [](std::int64_t input_words) {
    const Schedule schedule = ScheduleOf({{LoadOf(Destination::kWeight, 100), {}},
                                          {ThousandCycles(), {0}},
                                          {LoadOf(Destination::kWeight, 100), {}},
                                          {ThousandCycles(), {2}},
                                          {LoadOf(Destination::kWeight, 100), {1}},
                                          {ThousandCycles(), {4}},
                                          {ThousandCycles(), {4}},
                                          {LoadOf(Destination::kActivation, input_words), {}},
                                          {ThousandCycles(), {7}}});
    return OrderCommands(schedule, kUsualPrefetchDistance);
  };
  const std::vector<int> little = order_with(1000);
  EXPECT_LT(PlaceOf(7, little), PlaceOf(4, little)) << "the weights come in time all the same";
  const std::vector<int> much = order_with(2500);
  EXPECT_LT(PlaceOf(4, much), PlaceOf(7, much));
  EXPECT_LT(PlaceOf(7, much), PlaceOf(5, much)) << "but no later than it takes";
}

// Inputs have to wait for the second compute command, weights only for the first.
TEST(Order, ALoadGoesFirstThatMayStartFirst) {
  const Schedule schedule = ScheduleOf({{LoadOf(Destination::kWeight, 100), {}},
                                        {LoadOf(Destination::kActivation, 100), {}},
                                        {ThousandCycles(), {0, 1}},
                                        {ThousandCycles(), {0, 1}},
                                        {LoadOf(Destination::kActivation, 100), {3}},
                                        {LoadOf(Destination::kWeight, 100), {2}},
                                        {ThousandCycles(), {4, 5}}});
  const std::vector<int> order = OrderCommands(schedule, kUsualPrefetchDistance);
  EXPECT_LT(PlaceOf(5, order), PlaceOf(4, order));
}

class ScheduleOnEveryDevice : public ::testing::TestWithParam<DeviceCase> {};

// Whatever the depth of the queues and the speed of the units, every list ends and counters stay
// small.
TEST_P(ScheduleOnEveryDevice, EndsForEveryQueueDepthAndSpeed) {
  for (std::uint32_t seed = 1; seed <= 25; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    NetworkBuilder builder(seed, GetParam().capabilities);
    int tensor = builder.Input(builder.Pick(4, 24), builder.Pick(4, 24), builder.Pick(1, 24));
    for (int layer = 0; layer < 5; ++layer) {
      tensor = builder.RandomLayer(tensor);
    }
    CompileOptions options;
    options.batch = builder.Pick(1, 3);
    const Program program = Compile(builder.Finish(), GetParam().capabilities, options);
    ASSERT_EQ(FindViolation(program), "");
    for (const int depth : {1, 2, 3, 4, 16}) {
      for (const int latency : {0, 50, 5000}) {
        Timing timing;
        timing.queue_depth = depth;
        timing.memory_latency = latency;
        timing.loads_overlap = latency == 50;
        const SimulationResult result = Simulate(program.commands, program.capabilities, timing);
        ASSERT_TRUE(result.finished)
            << "stuck after " << result.commands << " commands, depth " << depth;
        ASSERT_LE(result.most_tokens, 255);
      }
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Devices,
                         ScheduleOnEveryDevice,
                         ::testing::ValuesIn(TestDevices()),
                         [](const auto& device) { return device.param.name; });

}  // namespace
}  // namespace denseshift::driver::testing
