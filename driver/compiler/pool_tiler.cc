// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "driver/compiler/pool_tiler.h"

#include <algorithm>
#include <cstddef>
#include <optional>

#include "driver/compiler/integers.h"
#include "driver/compiler/layer_pipeline.h"
#include "driver/compiler/pool_borders.h"
#include "driver/compiler/tile_choice.h"
#include "driver/compiler/tile_pipeline.h"

namespace denseshift::driver {
namespace {

using Cycle = LayerPipeline::Cycle;

// The one way to compute a maximum or average pool.
class PoolModel : public TileModel {
 public:
  PoolModel(const WindowShape& shape, const PoolCommands& commands, const TilingTarget& target)
      : shape_(shape),
        commands_(commands),
        target_(target),
        position_cycles_(CeilDivide(shape.out_channels, target.capabilities.VectorLanes()) *
                         shape.window.kernel_h * shape.window.kernel_w) {}

  [[nodiscard]] Cycle IssueCycles(std::int64_t positions) const override {
    return positions * position_cycles_;
  }

  [[nodiscard]] std::size_t Ways() const override { return 1; }

  [[nodiscard]] std::optional<Cycle> LeastCost(std::size_t /*way*/,
                                               const TiledLayer& layer) const override {
    return LayerPipeline::Least(
               layer.first_load,
               std::max(
                   {layer.issue + layer.alone, layer.loading - layer.first_load, layer.storing}),
               layer.last_store) +
           LayerPipeline::Burden(layer.tiles * (commands_.columns + 2), layer.loading);
  }

  [[nodiscard]] Cycle Cost(std::size_t /*way*/,
                           const TiledLayer& layer,
                           Cycle limit) const override {
    const BufferSizes& sizes = target_.sizes;
    const std::int64_t entries = commands_.entries;
    const auto add = [&](LayerPipeline& pipeline, const TilePipeline::Tile& tile) {
      for (std::int64_t command = 0; command < commands_.columns; ++command) {
        if (command < entries && (tile.is_first || entries > sizes.param_entries)) {
          const Cycle loading = target_.memory.Moving(sizes.entry_words);
          pipeline.Load(Destination::kParameter, sizes.entry_words, loading);
        }
        LayerPipeline::Work work;
        work.issue = CeilDivide(IssueCycles(tile.positions), commands_.columns);
        work.drain = work.issue;
        work.last_drain = 1;
        pipeline.Compute(work);
      }
      pipeline.Store(tile.out_words);
      return IssueCycles(tile.positions);
    };
    return TilePipeline(shape_, target_, layer.size).Run(limit, {layer.issue, layer.loading}, add);
  }

 private:
  const WindowShape& shape_;
  const PoolCommands& commands_;
  const TilingTarget& target_;
  std::int64_t position_cycles_;
};

}  // namespace

PoolCommands CountPoolCommands(const Layer& layer, const WindowShape& shape) {
  return {static_cast<std::int64_t>(CutPoolBorders(layer, shape).columns.size()),
          static_cast<std::int64_t>(layer.pool_scale.size())};
}

LayerTiling TilePool(const WindowShape& shape,
                     const PoolCommands& commands,
                     const TilingTarget& target) {
  const TileChoice choice = ChooseTile(shape, target, PoolModel(shape, commands, target)).value();
  LayerTiling tiling;
  tiling.plan.tile = choice.size;
  tiling.cost = choice.cost;
  tiling.issue = choice.issue;
  return tiling;
}

std::string DescribePoolMisfit(const WindowShape& shape, const Capabilities& capabilities) {
  return DescribeMisfit(shape, BufferSizes(capabilities));
}

}  // namespace denseshift::driver
