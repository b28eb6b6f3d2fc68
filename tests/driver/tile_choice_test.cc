// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0
//
// What the tiler compares plans by.

#include "driver/compiler/tile_choice.h"

#include <cstddef>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <random>
#include <string>
#include <tuple>
#include <utility>

#include <gtest/gtest.h>

#include "driver/compiler/conv_model.h"
#include "driver/compiler/conv_tiler.h"
#include "driver/compiler/layer_pipeline.h"
#include "tests/driver/devices.h"

namespace denseshift::driver::testing {
namespace {

using Cycle = LayerPipeline::Cycle;

constexpr Cycle kNoLimit = std::numeric_limits<Cycle>::max();

// A compute command without weights.
LayerPipeline::Work Issue(Cycle issue) {
  LayerPipeline::Work work;
  work.issue = work.drain = issue;
  return work;
}

// Two tiles, each loaded, computed in `issue` cycles, and stored.
Cycle TwoTiles(const TilingTarget& target, std::int64_t words, Cycle issue) {
  LayerPipeline pipeline(target);
  for (int tile = 0; tile < 2; ++tile) {
    pipeline.Load(Destination::kActivation, words, target.memory.Moving(words));
    pipeline.StartOutput(words);
    pipeline.Compute(Issue(issue));
    pipeline.Store(words);
  }
  return pipeline.cycles();
}

TilingTarget Target(int act_words, int out_words) {
  TilingTarget target{Capabilities()};
  target.sizes.act_words = act_words;
  target.sizes.out_words = out_words;
  return target;
}

TEST(LayerPipeline, LoadsAndStoresBehindComputingIfTwoTilesFit) {
  constexpr std::int64_t kWords = 100;
  constexpr Cycle kIssue = 1000;
  const Cycle overlapped = TwoTiles(Target(2 * kWords, 2 * kWords), kWords, kIssue);
  EXPECT_LT(overlapped, 2 * kIssue + 4 * kWords);
  // The second load begins when the first tile is computed; the second tile when the first is
  // stored.
  EXPECT_GT(TwoTiles(Target(2 * kWords - 1, 2 * kWords), kWords, kIssue), overlapped + kWords);
  EXPECT_GT(TwoTiles(Target(2 * kWords, 2 * kWords - 1), kWords, kIssue), overlapped + kWords);
}

// Room where places went on from the beginning again is not that of the last place.
TEST(LayerPipeline, APlaceWaitsForAllItOverwrites) {
  const auto end_of = [](std::int64_t last) {
    LayerPipeline pipeline(Target(100, 100));
    for (const std::int64_t words : {std::int64_t{60}, std::int64_t{30}, std::int64_t{60}, last}) {
      pipeline.Load(Destination::kActivation, words, words);
      pipeline.StartOutput(1);
      pipeline.Compute(Issue(1000));
      pipeline.Store(1);
    }
    return pipeline.cycles();
  };
  EXPECT_GT(end_of(60), end_of(40) + 50) << "40 words fit beside the 60 before them";
}

// Room for one tile: its inputs wait for the tile before, and the weights do not wait for the
// inputs.
TEST(LayerPipeline, ALoadGoesBeforeOneThatWaitsForItsPlace) {
  const auto cycles_with = [](std::int64_t weight_words) {
    TilingTarget target = Target(100, 200);
    LayerPipeline pipeline(target);
    for (int tile = 0; tile < 2; ++tile) {
      pipeline.Load(Destination::kActivation, 100, 100);
      pipeline.Load(Destination::kWeight, weight_words, weight_words);
      pipeline.StartOutput(1);
      pipeline.Compute(Issue(1000));
      pipeline.Store(1);
    }
    return pipeline.cycles();
  };
  EXPECT_EQ(cycles_with(900), cycles_with(10) + 890) << "only those for the first tile count";
  EXPECT_GT(cycles_with(1200), cycles_with(10) + Cycle{2} * 1190);
}

TEST(LayerPipeline, ParametersWaitForAStore) {
  const auto end_of = [](int entries) {
    TilingTarget target{Capabilities()};
    target.sizes.param_entries = entries;
    LayerPipeline pipeline(target);
    const int words = target.sizes.entry_words;
    for (int chunk = 0; chunk < 8; ++chunk) {
      pipeline.Load(Destination::kParameter, words, words);
      pipeline.StartOutput(1);
      pipeline.Compute(Issue(10));
    }
    pipeline.Store(1);
    return pipeline.cycles();
  };
  constexpr Cycle kSevenStores = 350;
  EXPECT_GT(end_of(1), end_of(8) + kSevenStores);
}

TEST(LayerPipeline, LoadsAndStoresTakeAsLongAsTheMemory) {
  constexpr std::int64_t kWords = 100;
  TilingTarget target = Target(2 * kWords, 2 * kWords);
  const Cycle fast = TwoTiles(target, kWords, 10);
  target.memory.word_cycles = 4;
  // Two loads one after the other, then the last store.
  EXPECT_GE(TwoTiles(target, kWords, 10), fast + Cycle{3} * 3 * kWords);
}

TEST(MemorySpeed, RowsTakeABurstAtLeast) {
  const MemorySpeed memory{2, 7};
  EXPECT_EQ(memory.Moving(30), 60);
  EXPECT_EQ(memory.Moving(10, 3), 70);
  EXPECT_EQ(memory.Moving(10, 4), 80);
}

WindowShape DrawShape(std::mt19937& random) {
  const auto draw = [&](int low, int high) {
    return std::uniform_int_distribution<int>(low, high)(random);
  };
  WindowShape shape;
  shape.images = draw(1, 2);
  shape.in_rows = draw(1, 40);
  shape.in_columns = draw(1, 40);
  shape.in_channels = draw(1, 70);
  shape.out_channels = draw(1, 140);
  Window& window = shape.window;
  window.kernel_h = draw(1, 3);
  window.kernel_w = draw(1, 3);
  window.stride_h = draw(1, 3);
  window.stride_w = draw(1, 3);
  window.pad_top = window.pad_bottom = window.kernel_h / 2;
  window.pad_left = window.pad_right = window.kernel_w / 2;
  const auto out = [](int in, int pads, int kernel, int stride) {
    return std::max(in + pads - kernel, 0) / stride + 1;
  };
  shape.out_rows = out(shape.in_rows, 2 * window.pad_top, window.kernel_h, window.stride_h);
  shape.out_columns = out(shape.in_columns, 2 * window.pad_left, window.kernel_w, window.stride_w);
  return shape;
}

class TileChoices : public ::testing::TestWithParam<std::tuple<DeviceCase, int>> {};

// The bound that spares looking at most plans never hides one that is better by a thousandth times
// the slowness of the memory; and what is chosen may cost a four-thousandth more than the best.
TEST_P(TileChoices, NoneBetterIsLeftOut) {
  const auto& [device, slowness] = GetParam();
  const Capabilities& capabilities = device.capabilities;
  TilingTarget target(capabilities);
  target.memory.word_cycles *= slowness;
  target.memory.burst_cycles *= slowness;
  const Cycle least_gain = 1000 / slowness;
  std::mt19937 random(1);
  int chosen = 0;
  for (int i = 0; i < 40; ++i) {
    SCOPED_TRACE(i);
    const WindowShape shape = DrawShape(random);
    if (!DescribeConvMisfit(shape, capabilities.max_code_bits, capabilities).empty()) {
      continue;
    }
    const ConvModel model(shape, capabilities.max_code_bits, target);
    Cycle least = kNoLimit;
    for (const TiledLayer& layer : CutLayer(shape, target, model)) {
      for (std::size_t way = 0; way < model.Ways(); ++way) {
        const std::optional<Cycle> bound = model.LeastCost(way, layer);
        if (bound && layer.tiles < 200) {
          const Cycle cost = model.Cost(way, layer, kNoLimit);
          least = std::min(least, cost);
          EXPECT_LE(*bound, cost) << layer.size.rows << " x " << layer.size.columns << ", way "
                                  << way;
          EXPECT_EQ(model.Cost(way, layer, cost), cost);
          EXPECT_EQ(model.Cost(way, layer, cost + 1), cost) << "given up too early";
        }
      }
    }
    const std::optional<TileChoice> choice = ChooseTile(shape, target, model);
    ASSERT_TRUE(choice);
    for (const TiledLayer& layer : CutLayer(shape, target, model)) {
      if (layer.size.rows == choice->size.rows && layer.size.columns == choice->size.columns) {
        EXPECT_LE(model.Cost(choice->way, layer, kNoLimit),
                  least + least / least_gain + least / 4000 + 1);
      }
    }
    ++chosen;
  }
  EXPECT_GT(chosen, 5);
}

// Costs as they are told, for tiles of so many rows of a layer of one column.
class FakeModel : public TileModel {
 public:
  explicit FakeModel(std::map<int, Cycle> costs) : costs_(std::move(costs)) {}

  [[nodiscard]] Cycle IssueCycles(std::int64_t /*positions*/) const override { return 0; }

  [[nodiscard]] std::size_t Ways() const override { return 1; }

  [[nodiscard]] std::optional<Cycle> LeastCost(std::size_t /*way*/,
                                               const TiledLayer& layer) const override {
    return costs_.count(layer.size.rows) == 0 ? std::nullopt : std::make_optional<Cycle>(0);
  }

  [[nodiscard]] Cycle Cost(std::size_t /*way*/,
                           const TiledLayer& layer,
                           Cycle limit) const override {
    return std::min(costs_.at(layer.size.rows), limit);
  }

 private:
  std::map<int, Cycle> costs_;
};

TEST(ChooseTile, TakesTheSmallestOfThoseThatCostAboutTheSame) {
  WindowShape shape;
  shape.in_rows = shape.out_rows = 8;
  shape.in_columns = shape.out_columns = 1;
  shape.in_channels = shape.out_channels = 16;
  const TilingTarget target{Capabilities()};
  const auto chosen = [&](const std::map<int, Cycle>& costs) {
    return ChooseTile(shape, target, FakeModel(costs)).value().size.rows;
  };
  EXPECT_EQ(chosen({{1, 512}, {2, 510}, {4, 510}, {8, 511}}), 2);
  EXPECT_EQ(chosen({{1, 40970}, {2, 40960}, {4, 40961}, {8, 40960}}), 1);
  EXPECT_EQ(chosen({{1, 40971}, {2, 40971}, {4, 40971}, {8, 40960}}), 8);
  EXPECT_EQ(chosen({{8, 1}}), 8);
  EXPECT_FALSE(ChooseTile(shape, target, FakeModel({})));
}

INSTANTIATE_TEST_SUITE_P(Devices,
                         TileChoices,
                         ::testing::Combine(::testing::ValuesIn(TestDevices()),
                                            ::testing::Values(1, 4)),
                         [](const auto& param) {
                           return std::get<0>(param.param).name +
                                  (std::get<1>(param.param) == 1 ? "" : "WithSlowMemory");
                         });

}  // namespace
}  // namespace denseshift::driver::testing
