// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "driver/compiler/pool_model.h"

#include <algorithm>

#include "driver/compiler/integers.h"
#include "driver/compiler/layer_pipeline.h"
#include "driver/compiler/tile_pipeline.h"

namespace denseshift::driver {

using Cycle = LayerPipeline::Cycle;

PoolModel::PoolModel(const WindowShape& shape,
                     const BufferSizes& sizes,
                     int lanes,
                     std::int64_t commands,
                     std::int64_t entries)
    : shape_(shape),
      sizes_(sizes),
      position_cycles_(CeilDivide(shape.out_channels, lanes) * shape.window.kernel_h *
                       shape.window.kernel_w),
      commands_(commands),
      entries_(entries) {
}

Cycle PoolModel::IssueCycles(std::int64_t positions) const {
  return positions * position_cycles_;
}

std::optional<Cycle> PoolModel::LeastCost(std::size_t /*way*/, const TiledLayer& layer) const {
  return LayerPipeline::Least(
             layer.first_load,
             std::max(layer.issue + layer.alone, layer.act_words - layer.first_load),
             layer.last_store) +
         LayerPipeline::Burden(layer.tiles * (commands_ + 2), layer.act_words);
}

Cycle PoolModel::Cost(std::size_t /*way*/, const TiledLayer& layer, Cycle limit) const {
  const auto add = [&](LayerPipeline& pipeline, const TilePipeline::Tile& tile) {
    for (std::int64_t command = 0; command < commands_; ++command) {
      if (command < entries_ && (tile.is_first || entries_ > sizes_.param_entries)) {
        pipeline.Load(Destination::kParameter, sizes_.entry_words, sizes_.entry_words);
      }
      LayerPipeline::Work work;
      work.issue = CeilDivide(IssueCycles(tile.positions), commands_);
      work.drain = work.issue;
      work.last_drain = 1;
      pipeline.Compute(work);
    }
    pipeline.Store(tile.out_words);
    return IssueCycles(tile.positions);
  };
  return TilePipeline(shape_, sizes_, layer.size).Run(limit, layer.issue, add);
}

}  // namespace denseshift::driver
