// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "driver/compiler/add_tiler.h"

#include <algorithm>
#include <fmt/format.h>
#include <limits>

#include "driver/compiler/buffers.h"
#include "driver/compiler/integers.h"
#include "driver/compiler/layer_pipeline.h"
#include "driver/compiler/tile_size.h"

namespace denseshift::driver {
namespace {

using Cycle = LayerPipeline::Cycle;

constexpr int kEntries = 2;  // of parameters

class AddTiler {
 public:
  AddTiler(const AddShape& shape, const TilingTarget& target)
      : shape_(shape),
        target_(target),
        row_words_(CeilDivide(shape.row_bytes, target.sizes.bus_bytes)) {}

  [[nodiscard]] LayerTiling Choose() const {
    LayerTiling best;
    best.issue = shape_.rows * IssueCycles(1, row_words_);
    Cycle least = std::numeric_limits<Cycle>::max();
    bool two_fit = false;
    ForEachSize(static_cast<int>(row_words_), [&](int words) {
      if (two_fit) {
        return;
      }
      two_fit = Fits(1, 2 * std::int64_t{words});
      ForEachSize(static_cast<int>(shape_.rows), [&](int rows) {
        if (!Fits(rows, words) || LeastCost(rows, words) >= least) {
          return;
        }
        const Cycle cost = Cost({rows, words}, least);
        if (cost < least) {
          least = cost;
          best.plan.tile = {rows, words};
          best.cost = cost;
        }
      });
    });
    return best;
  }

 private:
  // Whether a tile fits both buffers, and its sizes the fields of a command.
  [[nodiscard]] bool Fits(std::int64_t rows, std::int64_t words) const {
    constexpr std::int64_t kFieldLimit = 65535;  // rows, groups
    const BufferSizes& sizes = target_.sizes;
    return AddActWords(rows, words) <= sizes.act_words && rows * words <= sizes.out_words &&
           std::max(rows, GroupsOf(words * sizes.bus_bytes)) <= kFieldLimit;
  }

  [[nodiscard]] std::int64_t GroupsOf(std::int64_t bytes) const {
    return CeilDivide(bytes, target_.capabilities.VectorLanes());
  }

  [[nodiscard]] Cycle IssueCycles(std::int64_t rows, std::int64_t words) const {
    return 2 * rows * GroupsOf(words * target_.sizes.bus_bytes);
  }

  // What Cost() is at least.
  [[nodiscard]] Cycle LeastCost(std::int64_t rows, std::int64_t words) const {
    constexpr std::int64_t kCommands = 4;  // of a tile
    const std::int64_t tiles = CeilDivide(shape_.rows, rows) * CeilDivide(row_words_, words);
    return shape_.rows * IssueCycles(1, row_words_) +
           LayerPipeline::Burden(kCommands * tiles,
                                 2 * target_.memory.Moving(shape_.rows * row_words_));
  }

  // Cost of the addition in tiles of that size; `limit` or more if it is not less.
  [[nodiscard]] Cycle Cost(const TileSize& tile, Cycle limit) const {
    LayerPipeline pipeline(target_);
    const std::int64_t entries = std::int64_t{kEntries} * target_.sizes.entry_words;
    for (std::int64_t row = 0; row < shape_.rows; row += tile.rows) {
      for (std::int64_t word = 0; word < row_words_; word += tile.columns) {
        const std::int64_t rows = std::min<std::int64_t>(tile.rows, shape_.rows - row);
        const std::int64_t words = std::min<std::int64_t>(tile.columns, row_words_ - word);
        const Cycle loading = target_.memory.Moving(rows, words);
        pipeline.Load(Destination::kActivation, AddActWords(rows, words), loading);
        pipeline.Load(Destination::kActivation, 0, loading);
        pipeline.StartOutput(rows * words);
        if (row + word == 0) {
          pipeline.Load(Destination::kParameter, entries, target_.memory.Moving(entries));
        }
        LayerPipeline::Work work;
        work.issue = IssueCycles(rows, words);
        work.drain = work.issue;
        work.last_drain = 1;
        pipeline.Compute(work);
        pipeline.Store(rows * words);
        if (pipeline.issued() + pipeline.burden() >= limit) {
          return limit;
        }
      }
    }
    return pipeline.cycles() + pipeline.burden();
  }

  const AddShape& shape_;
  const TilingTarget& target_;
  std::int64_t row_words_;
};

}  // namespace

std::int64_t AddActWords(std::int64_t rows, std::int64_t words) {
  return 2 * CeilDivide(rows, 2) * words;
}

LayerTiling TileAdd(const AddShape& shape, const TilingTarget& target) {
  return AddTiler(shape, target).Choose();
}

std::string DescribeAddMisfit(const Capabilities& capabilities) {
  const BufferSizes sizes(capabilities);
  if (sizes.param_entries < kEntries) {
    return fmt::format(
        "an addition takes 2 parameter entries, the device has {}; raise ParamEntries",
        sizes.param_entries);
  }
  if (sizes.act_words < 2) {
    return "ActBytes holds no word of each input; raise ActBytes";
  }
  return "";
}

}  // namespace denseshift::driver
