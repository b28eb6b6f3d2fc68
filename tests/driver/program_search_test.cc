// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0
//
// Which programs compete, and that the fastest wins.

#include "driver/compiler/program_search.h"

#include <cstddef>
#include <cstdint>
#include <utility>
#include <variant>
#include <vector>

#include <gtest/gtest.h>

#include "driver/compiler/network_tiler.h"
#include "driver/compiler/schedule.h"
#include "tests/driver/fake_timer.h"
#include "tests/driver/random_network.h"

namespace denseshift::driver::testing {
namespace {

Capabilities Device() {
  Capabilities device;
  device.lanes = device.columns = 32;
  return device;
}

ProgramChoice Choose(const Network& network, const ProgramTimer* timer) {
  CompileOptions options;
  options.timer = timer;
  return ChooseProgram(network, Device(), options);
}

constexpr MemorySpeed kFast;
constexpr MemorySpeed kSlow{3, 7};
constexpr MemorySpeed kManyBursts{1, 30};
constexpr int kLarge = 384;   // channels; their weights do not fit the buffer
constexpr int kMiddle = 184;  // 52 million MACs in some 50,000 cycles
constexpr int kNarrow = 96;   // 14 million MACs in some 15,000 cycles

constexpr int kVeryLarge = 3;  // layers of those: 670 million MACs

TEST(ChooseProgram, VeryLargeNetworksOnFastMemoriesAreNotTimed) {
  const FakeTimer timer(kFast);
  static_cast<void>(Choose(Convolutions(kLarge, kVeryLarge), &timer));
  EXPECT_TRUE(timer.commands().empty());
}

// So that with a faster memory none gets a slower program.
TEST(ChooseProgram, NetworksHaveTheSameProgramsOnAllMemories) {
  for (const Network& network :
       {Convolutions(kMiddle), Convolutions(kLarge), Convolutions(kLarge, kVeryLarge)}) {
    const FakeTimer slow(kSlow);
    static_cast<void>(Choose(network, &slow));
    EXPECT_GE(slow.commands().size(), 2U);
    EXPECT_LE(slow.commands().size(), 5U);
    std::vector<MemorySpeed> memories = {kManyBursts, {1000, 7}};
    if (network.layers.size() < kVeryLarge) {
      memories.push_back(kFast);
    }
    for (const MemorySpeed& memory : memories) {
      const FakeTimer timer(memory);
      static_cast<void>(Choose(network, &timer));
      EXPECT_EQ(timer.commands(), slow.commands());
    }
  }
}

TEST(ChooseProgram, SmallNetworksAreSearchedForIfWanted) {
  const Network network = Convolutions(kNarrow, 2);
  const FakeTimer timer(kFast);
  CompileOptions options;
  options.timer = &timer;
  static_cast<void>(ChooseProgram(network, Device(), options));
  EXPECT_GT(timer.commands().size(), 50U);
  const FakeTimer quick(kFast);
  options.timer = &quick;
  options.search = false;
  static_cast<void>(ChooseProgram(network, Device(), options));
  EXPECT_GE(quick.commands().size(), 2U);
  EXPECT_LE(quick.commands().size(), 6U);
}

TEST(ChooseProgram, TheFastestWinsAndTheFirstOfEquals) {
  const Network network = Convolutions(kMiddle);
  const FakeTimer all(kFast);
  static_cast<void>(Choose(network, &all));
  for (std::size_t best = 0; best < all.commands().size(); ++best) {
    SCOPED_TRACE(best);
    const auto cycles = [&](std::size_t program) {
      return program == best || program == best + 1 ? 5 : 6;
    };
    const FakeTimer timer(kFast, cycles);
    const ProgramChoice choice = Choose(network, &timer);
    EXPECT_EQ(choice.prefetch_distance, kUsualPrefetchDistance);
    const EmittedProgram program = EmitProgram(network, Device(), CompileOptions(), choice, false);
    EXPECT_EQ(program.plan.commands.size(), all.commands().at(best));
  }
}

TEST(ChooseProgram, ShortNetworksOfSeveralLayersAlsoHaveLateLoads) {
  const Network network = Convolutions(kNarrow, 4);
  const FakeTimer all(kFast);
  static_cast<void>(Choose(network, &all));
  const std::size_t programs = all.commands().size();
  ASSERT_GE(programs, 4U);
  for (std::size_t best = 0; best < programs; ++best) {
    const FakeTimer timer(kFast, [&](std::size_t program) { return program == best ? 5 : 6; });
    EXPECT_EQ(Choose(network, &timer).prefetch_distance,
              best < programs / 2 ? kUsualPrefetchDistance : 1);
  }
}

TEST(ChooseProgram, NetworksOfFewMacsGetManyPrograms) {
  struct Case {
    int layers;
    int images;
    bool has_many;
  };

  for (const Case& c : {Case{1, 10, true}, {1, 11, false}, {2, 5, true}, {2, 6, false}}) {
    const FakeTimer timer(kFast);
    CompileOptions options;
    options.batch = c.images;
    options.timer = &timer;
    // 4.8 million MACs a layer.
    static_cast<void>(ChooseProgram(Convolutions(56, c.layers), Device(), options));
    EXPECT_EQ(timer.commands().size() > 10, c.has_many) << c.layers << " " << c.images;
  }
}

TEST(ChooseProgram, PointwiseLayersOfFewerMacsDo) {
  const auto has_many = [](int channels) {
    NetworkBuilder builder(1, Device());
    builder.Conv(builder.Input(14, 14, 128), Window(), channels, 4);
    const FakeTimer timer(kFast);
    static_cast<void>(Choose(builder.Finish(), &timer));
    return timer.commands().size() > 6;
  };
  EXPECT_TRUE(has_many(239));
  EXPECT_FALSE(has_many(240)) << "6.02 million MACs";
}

TEST(ChooseProgram, NetworksOfManyWeightsDoNot) {
  const auto has_many = [](const std::vector<int>& channels, int kernel = 1) {
    NetworkBuilder builder(1, Device());
    Window window;
    window.kernel_h = window.kernel_w = kernel;
    int tensor = builder.Input(kernel, kernel, 512);
    for (const int of_layer : channels) {
      tensor = builder.Conv(tensor, window, of_layer, 4);
    }
    const FakeTimer timer(kFast);
    static_cast<void>(Choose(builder.Finish(), &timer));
    return timer.commands().size() > 6;
  };
  EXPECT_TRUE(has_many({976}));
  EXPECT_FALSE(has_many({1000}));
  EXPECT_TRUE(has_many({976, 1500}));
  EXPECT_FALSE(has_many({976, 1600}));
  EXPECT_TRUE(has_many({430}, 3));
  EXPECT_FALSE(has_many({440}, 3)) << "2.03 million weights";
}

TEST(ChooseProgram, ProgramsForSlowMemoriesMoveLess) {
  const FakeTimer timer(kSlow, [](std::size_t program) { return program == 0 ? 2 : 1; });
  const Network network = Convolutions(kLarge);
  const auto loaded = [&](const ProgramChoice& choice) {
    std::int64_t words = 0;
    for (const Command& command :
         EmitProgram(network, Device(), CompileOptions(), choice, false).plan.commands) {
      if (const auto* load = std::get_if<LoadCommand>(&command); load != nullptr) {
        words += load->rows * load->words;
      }
    }
    return words;
  };
  EXPECT_LT(loaded(Choose(network, &timer)), loaded(Choose(network, nullptr)));
}

// No memory makes a program faster than its steps are issued.
TEST(ChooseProgram, ProgramsThatCannotWinAreNotTimed) {
  class OneCycle : public FakeTimer {
   public:
    OneCycle() : FakeTimer(kSlow) {}

    [[nodiscard]] std::int64_t Cycles(const ProgramPlan& plan, std::int64_t limit) const override {
      static_cast<void>(FakeTimer::Cycles(plan, limit));
      return 1;
    }
  };

  const OneCycle timer;
  static_cast<void>(Choose(Convolutions(kLarge), &timer));
  EXPECT_EQ(timer.commands().size(), 1U);
}

// Programs that memory has no room for do not compete.
TEST(ChooseProgram, ProgramsThatDoNotFitAreNoError) {
  bool is_tight = false;  // for a program but the first
  for (const int channels : {96, 112, 128}) {
    const Network network = Convolutions(channels, 2);
    const FakeTimer timer(kFast, [](std::size_t program) { return program == 0 ? 2 : 1; });
    CompileOptions options;
    options.memory_bytes = PlanProgram(network, Device(), options).program.memory_bytes;
    options.timer = &timer;
    EXPECT_NO_THROW(static_cast<void>(PlanProgram(network, Device(), options)));
    const FakeTimer with_room(kFast);
    static_cast<void>(Choose(network, &with_room));
    is_tight = is_tight || timer.commands().size() < with_room.commands().size();
  }
  EXPECT_TRUE(is_tight);
}

TEST(NetworkTiler, LayersAlikeAreCutAlike) {
  NetworkBuilder builder(1, Capabilities());
  Window window;
  window.kernel_h = window.kernel_w = 3;
  window.pad_top = window.pad_left = window.pad_bottom = window.pad_right = 1;
  int tensor = builder.Input(12, 12, 32);
  tensor = builder.Conv(tensor, window, 32, 4);
  tensor = builder.Conv(tensor, window, 32, 4);
  builder.Conv(tensor, window, 32, 3);
  const Network network = builder.Finish();
  const NetworkTiler tiler(
      network, PlaceTensors(network, Capabilities(), CompileOptions()), 1, Capabilities());
  const NetworkTiling tiling = tiler.Choose(MemorySpeed());
  EXPECT_EQ(tiling.kinds.size(), 2U);
  EXPECT_EQ(&tiling.Of(0), &tiling.Of(1));
  EXPECT_NE(&tiling.Of(0), &tiling.Of(2));
  EXPECT_EQ(tiling.cost, 2 * tiling.Of(0).cost + tiling.Of(2).cost);
}

TEST(NetworkTiler, TilingsAreAlikeOrNot) {
  const Network network = Convolutions(kLarge);
  const NetworkTiler tiler(network, PlaceTensors(network, Device(), {}), 1, Device());
  const NetworkTiling tiling = tiler.Choose(MemorySpeed());
  EXPECT_TRUE(IsCutAlike(tiling, tiler.Choose(MemorySpeed())));
  EXPECT_FALSE(IsCutAlike(tiling, tiler.Choose({4, 28})));
}

}  // namespace
}  // namespace denseshift::driver::testing
