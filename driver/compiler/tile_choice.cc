// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "driver/compiler/tile_choice.h"

#include <algorithm>
#include <fmt/format.h>
#include <limits>
#include <utility>
#include <vector>

#include "driver/compiler/integers.h"

namespace denseshift::driver {
namespace {

using Cycle = LayerPipeline::Cycle;

// What may be gained by looking at one more plan: a part of the cost. Costs are not more exact, and
// the less so the slower the memory: so many times less as it is slower than the bus.
constexpr double kLeastGain = 1024;
constexpr Cycle kLeastGainRoughly = 16;  // on a slow memory, if that will do

// Plans that cost that part of the best one more are as good: costs are not more exact.
constexpr Cycle kAsGood = 4096;

Cycle LeastGain(const TilingTarget& target) {
  const double word_cycles = target.memory.word_cycles;
  return target.roughly && word_cycles > 1 ? kLeastGainRoughly
                                           : static_cast<Cycle>(kLeastGain / word_cycles);
}

// Plans, of which those as good as the best count.
class Shortlist {
 public:
  // What a plan must cost less than.
  [[nodiscard]] Cycle limit() const {
    return best_cost_ == kNone ? kNone : best_cost_ + best_cost_ / kAsGood + 1;
  }

  // Whether a plan that costs `least` or more may be much better than the best one.
  [[nodiscard]] bool IsPromising(Cycle least, Cycle least_gain) const {
    return least < best_cost_ - best_cost_ / least_gain;
  }

  void Add(const TileChoice& choice, std::int64_t footprint) {
    if (choice.cost < limit()) {
      best_cost_ = std::min(best_cost_, choice.cost);
      plans_.push_back({choice, footprint});
    }
  }

  // The plan with the smallest tiles.
  [[nodiscard]] std::optional<TileChoice> Smallest() const {
    const Plan* smallest = nullptr;
    for (const Plan& plan : plans_) {
      const auto rank = [](const Plan& of) { return std::make_pair(of.footprint, of.choice.cost); };
      if (plan.choice.cost < limit() && (smallest == nullptr || rank(plan) < rank(*smallest))) {
        smallest = &plan;
      }
    }
    return smallest == nullptr ? std::nullopt : std::make_optional(smallest->choice);
  }

  static constexpr Cycle kNone = std::numeric_limits<Cycle>::max();

 private:
  struct Plan {
    TileChoice choice;
    std::int64_t footprint = 0;
  };

  Cycle best_cost_ = kNone;
  std::vector<Plan> plans_;
};

// Sums and maxima over the tiles of one row of tiles.
struct ColumnSplit {
  int columns = 1;         // of a tile
  std::int64_t tiles = 0;  // in a row of tiles
  std::int64_t pitch = 0;  // words of the widest input row
  std::int64_t least_pitch = std::numeric_limits<std::int64_t>::max();
  double in_cycles = 0;        // of the memory for an input row, over all tiles
  std::int64_t out_pitch = 0;  // words of the widest output row
  std::int64_t out_words = 0;  // words of an output row, over all tiles
};

ColumnSplit MakeColumnSplit(const WindowShape& shape,
                            int columns,
                            int bus_bytes,
                            const MemorySpeed& memory) {
  ColumnSplit split;
  split.columns = columns;
  for (int column = 0; column < shape.out_columns; column += columns) {
    const TileRange tile{0, 1, column, std::min(columns, shape.out_columns - column)};
    const LoadCommand load = MakeActivationRegion(shape, 0, tile, bus_bytes).load;
    const StoreCommand store = MakeOutputRegion(shape, 0, tile, bus_bytes).store;
    ++split.tiles;
    split.pitch = std::max(split.pitch, load.pitch);
    split.least_pitch = std::min(split.least_pitch, load.pitch);
    split.in_cycles += memory.RowCycles(load.pitch);
    split.out_pitch = std::max(split.out_pitch, store.words);
    split.out_words += store.words;
  }
  return split;
}

// The same over the rows of tiles.
struct RowSplit {
  int rows = 1;                    // of a tile
  std::int64_t tiles = 0;          // one above the other
  std::int64_t in_rows = 0;        // that are loaded, over all tiles: rows of padding are not
  std::int64_t first_in_rows = 0;  // of these, for the first tile
};

RowSplit MakeRowSplit(const WindowShape& shape, int rows) {
  RowSplit split;
  split.rows = rows;
  for (int row = 0; row < shape.out_rows; row += rows) {
    const int begin = row * shape.window.stride_h - shape.window.pad_top;
    const int end = begin + shape.RowsFor(std::min(rows, shape.out_rows - row));
    split.in_rows += std::max(std::min(end, shape.in_rows) - std::max(begin, 0), 0);
    ++split.tiles;
    split.first_in_rows = row == 0 ? split.in_rows : split.first_in_rows;
  }
  return split;
}

// Buffer words of a tile of `rows` output rows.
std::int64_t ActWords(const WindowShape& shape, const ColumnSplit& split, int rows) {
  return CeilDivide(shape.RowsFor(rows), 2) * split.pitch;
}

// Whether a tile fits into both buffers, and its sizes into the fields of a command.
bool Fits(const WindowShape& shape, const BufferSizes& sizes, const ColumnSplit& split, int rows) {
  constexpr int kFieldLimit = 65535;
  return ActWords(shape, split, rows) <= sizes.act_words &&
         split.out_pitch * rows <= sizes.out_words &&
         std::max({shape.RowsFor(rows), rows, split.columns}) <= kFieldLimit;
}

// All of a layer but what depends on the way.
TiledLayer MakeTiledLayer(const WindowShape& shape,
                          const TilingTarget& target,
                          const TileModel& model,
                          const ColumnSplit& split,
                          const RowSplit& row_split) {
  const int rows = row_split.rows;
  const std::int64_t tile_rows = row_split.tiles;
  const auto last_rows = static_cast<int>(shape.out_rows - (tile_rows - 1) * rows);
  const auto last_columns = static_cast<int>(shape.out_columns - (split.tiles - 1) * split.columns);
  const auto row_cycles = [&](std::int64_t height) {
    return (split.tiles - 1) * model.IssueCycles(height * split.columns) +
           model.IssueCycles(height * last_columns);
  };
  const BufferSizes& sizes = target.sizes;
  const MemorySpeed& memory = target.memory;
  TiledLayer layer;
  layer.size = {rows, split.columns};
  layer.footprint = 2 * ActWords(shape, split, rows) + split.out_pitch * rows;
  layer.tiles = shape.images * tile_rows * split.tiles;
  layer.issue = shape.images * ((tile_rows - 1) * row_cycles(rows) + row_cycles(last_rows));
  layer.loading =
      static_cast<Cycle>(static_cast<double>(shape.images * row_split.in_rows) * split.in_cycles);
  layer.first_load = memory.Moving(row_split.first_in_rows, split.least_pitch);
  layer.last_store =
      memory.Moving(last_rows * (split.out_words - (split.tiles - 1) * split.out_pitch));
  if (last_rows * last_columns == 1) {
    layer.last_store = memory.Moving(1);  // most of it may be stored before
  }
  layer.storing = LayerPipeline::Storing(
      memory.Moving(std::int64_t{shape.images} * shape.out_rows * split.out_words) -
          layer.last_store,
      layer.tiles - 1);
  // Tiles that do not fit side by side with the one before wait for it.
  const std::int64_t least_tile = CeilDivide(shape.RowsFor(last_rows), 2) * split.least_pitch;
  if (2 * least_tile > sizes.act_words) {
    layer.alone = LayerPipeline::Alone(layer.loading - layer.first_load, layer.tiles - 1);
  } else if (split.tiles == 1 && 2 * ActWords(shape, split, rows) > sizes.act_words) {
    const std::int64_t whole = shape.images * std::max<std::int64_t>(tile_rows - 2, 0);
    layer.alone = LayerPipeline::Alone(whole * layer.first_load, whole);
  }
  return layer;
}

}  // namespace

std::vector<TiledLayer> CutLayer(const WindowShape& shape,
                                 const TilingTarget& target,
                                 const TileModel& model) {
  std::vector<RowSplit> row_splits;
  ForEachSize(shape.out_rows, [&](int rows) { row_splits.push_back(MakeRowSplit(shape, rows)); });
  std::vector<TiledLayer> layers;
  ForEachSize(shape.out_columns, [&](int columns) {
    const ColumnSplit split =
        MakeColumnSplit(shape, columns, target.sizes.bus_bytes, target.memory);
    for (const RowSplit& rows : row_splits) {
      if (Fits(shape, target.sizes, split, rows.rows)) {
        layers.push_back(MakeTiledLayer(shape, target, model, split, rows));
      }
    }
  });
  return layers;
}

std::optional<TileChoice> ChooseTile(const WindowShape& shape,
                                     const TilingTarget& target,
                                     const TileModel& model) {
  const auto least_of = [&](std::size_t way, const TiledLayer& layer) {
    return model.LeastCost(way, layer).value_or(Shortlist::kNone);
  };
  // Sizes that promise most come first, so that most of the others need no look.
  const std::vector<TiledLayer> layers = CutLayer(shape, target, model);
  std::vector<std::pair<Cycle, std::size_t>> promises;
  for (std::size_t i = 0; i < layers.size(); ++i) {
    Cycle least = Shortlist::kNone;
    for (std::size_t way = 0; way < model.Ways(); ++way) {
      least = std::min(least, least_of(way, layers[i]));
    }
    promises.emplace_back(least, i);
  }
  std::sort(promises.begin(), promises.end());
  Shortlist shortlist;
  const Cycle least_gain = LeastGain(target);
  for (const auto& [least, i] : promises) {
    if (!shortlist.IsPromising(least, least_gain)) {
      break;
    }
    for (std::size_t way = 0; way < model.Ways(); ++way) {
      if (shortlist.IsPromising(least_of(way, layers[i]), least_gain)) {
        const Cycle cost = model.Cost(way, layers[i], shortlist.limit());
        shortlist.Add({layers[i].size, way, cost, layers[i].issue}, layers[i].footprint);
      }
    }
  }
  return shortlist.Smallest();
}

std::string DescribeMisfit(const WindowShape& shape, const BufferSizes& sizes) {
  const ColumnSplit split = MakeColumnSplit(shape, 1, sizes.bus_bytes, MemorySpeed());
  const std::int64_t act = ActWords(shape, split, 1);
  if (act > sizes.act_words) {
    return fmt::format(
        "the input of one output position takes {} bytes in the activation buffer, which has {}; "
        "raise ActBytes",
        2 * act * sizes.bus_bytes,
        2 * std::int64_t{sizes.act_words} * sizes.bus_bytes);
  }
  if (split.out_pitch > sizes.out_words) {
    return fmt::format(
        "one output position takes {} bytes in the output buffer, which has {}; raise OutBytes",
        split.out_pitch * sizes.bus_bytes,
        std::int64_t{sizes.out_words} * sizes.bus_bytes);
  }
  return "";
}

}  // namespace denseshift::driver
