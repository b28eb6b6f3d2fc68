// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_DRIVER_COMPILER_TILE_CHOICE_H_
#define DENSESHIFT_DRIVER_COMPILER_TILE_CHOICE_H_

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>

#include "driver/compiler/buffers.h"
#include "driver/compiler/window_shape.h"

namespace denseshift::driver {

// Estimates the tiler weighs sizes with, in clock cycles. They decide what is fast, never what is
// right.
constexpr std::int64_t kCommandCycles = 10;  // bubble between two compute commands
constexpr std::int64_t kMemoryCycles =
    64;  // from a load or store command to its first or last word

// What the tile chooser has to know about the operator.
class TileModel {
 public:
  TileModel() = default;
  TileModel(const TileModel&) = delete;
  TileModel& operator=(const TileModel&) = delete;
  virtual ~TileModel() = default;

  // False if a tile of this size cannot be computed, for reasons other than the buffers.
  [[nodiscard]] virtual bool Allows(int rows, int columns) const = 0;

  // Cycles to compute one tile, in a layer of `tiles` tiles.
  [[nodiscard]] virtual std::int64_t TileCycles(int rows,
                                                int columns,
                                                std::int64_t tiles) const = 0;

  // Bus words of weights for the whole layer, and those of them computing has to wait for at its
  // start.
  [[nodiscard]] virtual std::int64_t WeightWords(std::int64_t tiles) const = 0;
  [[nodiscard]] virtual std::int64_t FirstWeightWords(std::int64_t tiles) const = 0;

  // False if weights cannot be loaded while others are used.
  [[nodiscard]] virtual bool WeightsOverlap() const = 0;
};

// Size of the tiles a layer is cut into; those at its right and lower edge may be smaller.
struct TileSize {
  int rows = 1;
  int columns = 1;
  std::int64_t cycles = 0;  // estimate for the layer
};

// The size with the lowest estimate among those that fit. Rows are cut only if two tiles of whole
// rows do not fit the buffers together.
[[nodiscard]] std::optional<TileSize> ChooseTile(const WindowShape& shape,
                                                 const BufferSizes& sizes,
                                                 const TileModel& model);

// Why not even a tile of one output position fits: what, bytes needed, bytes there, what to raise.
// Empty if it does.
[[nodiscard]] std::string DescribeMisfit(const WindowShape& shape, const BufferSizes& sizes);

// All tiles of a layer's image, row by row.
template <typename Visit>
void ForEachTile(const WindowShape& shape, const TileSize& size, Visit visit) {
  for (int row = 0; row < shape.out_rows; row += size.rows) {
    for (int column = 0; column < shape.out_columns; column += size.columns) {
      visit(TileRange{row,
                      std::min(size.rows, shape.out_rows - row),
                      column,
                      std::min(size.columns, shape.out_columns - column)});
    }
  }
}

}  // namespace denseshift::driver

#endif  // DENSESHIFT_DRIVER_COMPILER_TILE_CHOICE_H_
