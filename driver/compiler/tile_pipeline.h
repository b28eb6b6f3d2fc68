// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_DRIVER_COMPILER_TILE_PIPELINE_H_
#define DENSESHIFT_DRIVER_COMPILER_TILE_PIPELINE_H_

#include <algorithm>
#include <cstdint>
#include <vector>

#include "driver/compiler/integers.h"
#include "driver/compiler/layer_pipeline.h"
#include "driver/compiler/tile_size.h"
#include "driver/compiler/tiling.h"
#include "driver/compiler/window_shape.h"

namespace denseshift::driver {

// A layer tile by tile, for the time of different ways to compute the tiles.
class TilePipeline {
 public:
  using Cycle = LayerPipeline::Cycle;

  // Output of one tile.
  struct Tile {
    bool is_first = false;
    bool is_last = false;
    std::int64_t positions = 1;
    std::int64_t out_words = 1;
  };

  // What is sure before anything is timed: of the steps, and of the loads in the memory, at least.
  struct SureCycles {
    Cycle issue = 0;
    Cycle loading = 0;
  };

  TilePipeline(const WindowShape& shape, const TilingTarget& target, const TileSize& size)
      : shape_(shape), target_(target), size_(size) {
    const int bus_bytes = target.sizes.bus_bytes;
    columns_.reserve(static_cast<std::size_t>(CeilDivide(shape.out_columns, size.columns)));
    for (int column = 0; column < shape.out_columns; column += size.columns) {
      const TileRange tile{0, 1, column, std::min(size.columns, shape.out_columns - column)};
      columns_.push_back({tile.columns,
                          MakeActivationRegion(shape, 0, tile, bus_bytes).load.pitch,
                          MakeOutputRegion(shape, 0, tile, bus_bytes).store.words});
    }
  }

  // Cost of the layer; `limit` if it is as much or more. `add(pipeline, tile)` adds the compute and
  // store commands of a tile, loads its constants, and returns how many of the sure issue cycles it
  // has added.
  template <typename Add>
  [[nodiscard]] Cycle Run(Cycle limit, SureCycles sure, Add add) const {
    LayerPipeline pipeline(target_);
    const std::int64_t tiles = CountTiles(shape_, size_);
    std::int64_t index = 0;
    for (int image = 0; image < shape_.images; ++image) {
      for (int row = 0; row < shape_.out_rows; row += size_.rows) {
        const int rows = std::min(size_.rows, shape_.out_rows - row);
        for (const Column& column : columns_) {
          Load(pipeline, row, rows, column.pitch);
          const std::int64_t out_words = rows * column.out_words;
          pipeline.StartOutput(out_words);
          const std::int64_t positions = std::int64_t{rows} * column.columns;
          sure.issue -= add(pipeline, Tile{index == 0, index + 1 == tiles, positions, out_words});
          ++index;
          const Cycle end = std::max(pipeline.issued() + sure.issue,
                                     pipeline.Loaded(sure.loading - pipeline.loading()));
          if (end + pipeline.burden() >= limit) {
            return limit;
          }
        }
      }
    }
    return std::min(pipeline.cycles() + pipeline.burden(), limit);
  }

 private:
  // A column of tiles.
  struct Column {
    int columns = 1;
    std::int64_t pitch = 1;      // words of an input row
    std::int64_t out_words = 1;  // of an output row
  };

  void Load(LayerPipeline& pipeline, int row, int rows, std::int64_t pitch) const {
    const std::int64_t in_rows = shape_.RowsFor(rows);
    const std::int64_t begin = std::int64_t{row} * shape_.window.stride_h - shape_.window.pad_top;
    const std::int64_t loaded = std::max<std::int64_t>(
        std::min<std::int64_t>(begin + in_rows, shape_.in_rows) - std::max<std::int64_t>(begin, 0),
        0);
    pipeline.Load(Destination::kActivation,
                  CeilDivide(in_rows, 2) * pitch,
                  target_.memory.Moving(loaded, pitch),
                  (in_rows - loaded) * pitch);
  }

  const WindowShape& shape_;
  const TilingTarget& target_;
  TileSize size_;
  std::vector<Column> columns_;
};

}  // namespace denseshift::driver

#endif  // DENSESHIFT_DRIVER_COMPILER_TILE_PIPELINE_H_
