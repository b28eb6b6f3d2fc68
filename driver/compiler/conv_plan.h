// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_DRIVER_COMPILER_CONV_PLAN_H_
#define DENSESHIFT_DRIVER_COMPILER_CONV_PLAN_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "driver/compiler/steps.h"
#include "driver/compiler/tile_size.h"

namespace denseshift::driver {

// Column tiles of one command.
struct ColumnChunk {
  int first_tile = 0;
  int tiles = 1;
  std::size_t group = 0;  // which parameters it needs
};

// Column tiles whose parameters are loaded together.
struct ParameterGroup {
  int first_tile = 0;
  int tiles = 0;
};

// How a convolution is cut into CONV commands.
struct ConvPlan {
  KernelRuns kernel;
  // More than one: the reduction is split, and chunks have one tile.
  std::vector<KernelBlock> blocks;
  // The blocks of the first chunk in the first tile: as `blocks`, but the first one may be cut in
  // parts, so that computing can start with the first of them.
  std::vector<KernelBlock> first_blocks;
  int column_tiles = 1;  // of the layer
  std::vector<ColumnChunk> chunks;
  std::vector<ParameterGroup> groups;
  bool weights_stay = false;     // all fit together, so each is loaded once
  bool parameters_stay = false;  // the same
  bool can_join = false;         // one command can do for all chunks, once they are loaded
  TileSize tile;

  // Whether one command does for all chunks of a tile. The first tile begins with the chunks that
  // have come, the last one makes room for the next layer's chunk by chunk, and outputs of single
  // positions are stored while the last chunk is computed.
  [[nodiscard]] bool Joins(bool is_first, bool is_last, std::int64_t positions) const {
    return can_join && !is_first && !is_last && positions > 1;
  }
};

// Positions of the stripes of a command that computes `positions`: as few and as equal as possible.
struct Stripes {
  std::int64_t count = 1;
  std::int64_t length = 1;
  std::int64_t last = 1;
};

[[nodiscard]] Stripes CutStripes(std::int64_t positions, int accumulator_depth);

}  // namespace denseshift::driver

#endif  // DENSESHIFT_DRIVER_COMPILER_CONV_PLAN_H_
