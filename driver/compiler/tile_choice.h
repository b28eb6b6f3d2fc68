// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_DRIVER_COMPILER_TILE_CHOICE_H_
#define DENSESHIFT_DRIVER_COMPILER_TILE_CHOICE_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "driver/compiler/layer_pipeline.h"
#include "driver/compiler/tile_size.h"
#include "driver/compiler/tiling.h"
#include "driver/compiler/window_shape.h"

namespace denseshift::driver {

// A layer cut into tiles, before anything else is decided.
struct TiledLayer {
  TileSize size;
  std::int64_t tiles = 1;
  std::int64_t issue = 0;       // cycles steps are issued in at least
  std::int64_t loading = 0;     // cycles of the memory for inputs, at least
  std::int64_t first_load = 0;  // of these, for the first tile
  std::int64_t last_store = 0;  // cycles of the memory for the last tile's output
  std::int64_t storing = 0;     // cycles of the stores before the last
  std::int64_t footprint = 0;   // words of activation and output buffer that a tile takes
  std::int64_t alone = 0;       // cycles of loads nothing is issued during, for want of room
};

// What the tile chooser has to know about the operator.
class TileModel {
 public:
  using Cycle = LayerPipeline::Cycle;

  TileModel() = default;
  TileModel(const TileModel&) = delete;
  TileModel& operator=(const TileModel&) = delete;
  virtual ~TileModel() = default;

  // Cycles in which steps are issued for a tile of `positions` positions, at least.
  [[nodiscard]] virtual Cycle IssueCycles(std::int64_t positions) const = 0;

  // Ways to compute the tiles.
  [[nodiscard]] virtual std::size_t Ways() const = 0;

  // What Cost() is at least; nothing if tiles of this size cannot be computed this way.
  [[nodiscard]] virtual std::optional<Cycle> LeastCost(std::size_t way,
                                                       const TiledLayer& layer) const = 0;

  // Cycles of the layer and the burden of its traffic, as LayerPipeline sees them; `limit` if that
  // is as much or more.
  [[nodiscard]] virtual Cycle Cost(std::size_t way, const TiledLayer& layer, Cycle limit) const = 0;
};

// The layer in tiles of all sizes that fit the buffers.
[[nodiscard]] std::vector<TiledLayer> CutLayer(const WindowShape& shape,
                                               const TilingTarget& target,
                                               const TileModel& model);

struct TileChoice {
  TileSize size;
  std::size_t way = 0;
  LayerPipeline::Cycle cost = 0;
  LayerPipeline::Cycle issue = 0;  // TiledLayer
};

// The size and way that cost least, of those that fit the buffers; nothing if none does. Of those
// that cost about the same it is the smallest size, which larger buffers are less likely to change.
[[nodiscard]] std::optional<TileChoice> ChooseTile(const WindowShape& shape,
                                                   const TilingTarget& target,
                                                   const TileModel& model);

// Why not even a tile of one output position fits: what, bytes needed, bytes there, what to raise.
// Empty if it does.
[[nodiscard]] std::string DescribeMisfit(const WindowShape& shape, const BufferSizes& sizes);

}  // namespace denseshift::driver

#endif  // DENSESHIFT_DRIVER_COMPILER_TILE_CHOICE_H_
