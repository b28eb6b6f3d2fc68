// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_DRIVER_COMPILER_TILE_SIZE_H_
#define DENSESHIFT_DRIVER_COMPILER_TILE_SIZE_H_

#include <algorithm>
#include <cstdint>

#include "driver/compiler/integers.h"
#include "driver/compiler/window_shape.h"

namespace denseshift::driver {

// Size of the tiles a layer is cut into; those at its right and lower edge may be smaller.
struct TileSize {
  int rows = 1;
  int columns = 1;
};

// Calls visit(size) for each distinct size when `count` is cut into equal parts, largest first.
template <typename Visit>
void ForEachSize(int count, Visit visit) {
  for (int size = count; size >= 1;) {
    visit(size);
    const std::int64_t parts = CeilDivide(count, size);
    int next = static_cast<int>(CeilDivide(count, parts + 1));
    if (next >= size) {
      next = size - 1;
    }
    size = next;
  }
}

// Tiles of all images of a layer.
inline std::int64_t CountTiles(const WindowShape& shape, const TileSize& size) {
  return shape.images * CeilDivide(shape.out_rows, size.rows) *
         CeilDivide(shape.out_columns, size.columns);
}

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

#endif  // DENSESHIFT_DRIVER_COMPILER_TILE_SIZE_H_
