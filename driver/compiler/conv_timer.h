// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_DRIVER_COMPILER_CONV_TIMER_H_
#define DENSESHIFT_DRIVER_COMPILER_CONV_TIMER_H_

#include <cstdint>
#include <vector>

#include "driver/compiler/conv_plan.h"
#include "driver/compiler/layer_pipeline.h"
#include "driver/compiler/tile_pipeline.h"
#include "driver/compiler/tiling.h"
#include "driver/compiler/window_shape.h"

namespace denseshift::driver {

// Times a plan of a convolution: adds the commands ConvCompiler adds to a LayerPipeline.
class ConvTimer {
 public:
  using Cycle = LayerPipeline::Cycle;

  ConvTimer(const ConvPlan& plan, int code_bits, const TilingTarget& target);

  // Cost of the layer; `limit` if it is as much or more.
  [[nodiscard]] Cycle Cost(const WindowShape& shape, Cycle limit, TilePipeline::SureCycles sure);

 private:
  // A CONV command and the loads it needs.
  struct Piece {
    std::int64_t parameter_words = 0;  // 0: has come with an earlier one
    std::int64_t weight_words = 0;
    std::int64_t column_tiles = 0;
    std::int64_t steps = 0;
    bool is_last = false;         // of the reduction
    bool is_last_chunk = false;   // and its first block
    std::int64_t chunk_byte = 0;  // where its outputs lie in those of a position
    LayerPipeline::Work work;
  };

  // Of a tile.
  struct TilePieces {
    std::int64_t positions = 0;
    std::vector<Piece> all;
    std::vector<Piece> joined;  // the same in one command
  };

  [[nodiscard]] std::vector<Piece> MakePieces(bool is_first_tile) const;
  void SetPositions(std::vector<Piece>& pieces, std::int64_t positions) const;

  // Of a tile that is not the first.
  const TilePieces& PiecesFor(std::int64_t positions);
  void AddTile(LayerPipeline& pipeline, const TilePipeline::Tile& tile);
  void AddPieces(LayerPipeline& pipeline,
                 const TilePipeline::Tile& tile,
                 const std::vector<Piece>& pieces) const;

  const ConvPlan& plan_;
  int code_bits_;
  const TilingTarget& target_;
  std::int64_t step_words_;
  std::vector<TilePieces> pieces_;  // so far
  std::int64_t tile_steps_ = 0;     // of all column tiles
};

}  // namespace denseshift::driver

#endif  // DENSESHIFT_DRIVER_COMPILER_CONV_TIMER_H_
