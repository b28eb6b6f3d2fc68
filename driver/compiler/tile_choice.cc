// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "driver/compiler/tile_choice.h"

#include <algorithm>
#include <fmt/format.h>

#include "driver/compiler/integers.h"

namespace denseshift::driver {
namespace {

// Sums and maxima over the tiles of one row of tiles.
struct ColumnSplit {
  int columns = 1;             // of a tile
  std::int64_t tiles = 0;      // in a row of tiles
  std::int64_t pitch = 0;      // words of the widest input row
  std::int64_t in_words = 0;   // words of an input row, over all tiles
  std::int64_t out_pitch = 0;  // words of the widest output row
  std::int64_t out_words = 0;  // words of an output row, over all tiles
};

ColumnSplit MakeColumnSplit(const WindowShape& shape, int columns, int bus_bytes) {
  ColumnSplit split;
  split.columns = columns;
  for (int column = 0; column < shape.out_columns; column += columns) {
    const TileRange tile{0, 1, column, std::min(columns, shape.out_columns - column)};
    const LoadCommand load = MakeActivationRegion(shape, 0, tile, bus_bytes).load;
    const StoreCommand store = MakeOutputRegion(shape, 0, tile, bus_bytes).store;
    ++split.tiles;
    split.pitch = std::max(split.pitch, load.pitch);
    split.in_words += load.pitch;
    split.out_pitch = std::max(split.out_pitch, store.words);
    split.out_words += store.words;
  }
  return split;
}

// Buffer words of a tile of `rows` output rows.
std::int64_t ActWords(const WindowShape& shape, const ColumnSplit& split, int rows) {
  return CeilDivide(shape.RowsFor(rows), 2) * split.pitch;
}

// Whether `copies` tiles fit into both buffers, and their sizes into the fields of a command.
bool Fits(const WindowShape& shape,
          const BufferSizes& sizes,
          const ColumnSplit& split,
          int rows,
          int copies) {
  constexpr int kFieldLimit = 65535;
  return copies * ActWords(shape, split, rows) <= sizes.act_words &&
         copies * split.out_pitch * rows <= sizes.out_words &&
         std::max({shape.RowsFor(rows), rows, split.columns}) <= kFieldLimit;
}

// Estimated cycles of the layer.
std::int64_t Estimate(const WindowShape& shape,
                      const BufferSizes& sizes,
                      const TileModel& model,
                      const ColumnSplit& split,
                      int rows) {
  const std::int64_t tile_rows = CeilDivide(shape.out_rows, rows);
  const std::int64_t tiles = shape.images * tile_rows * split.tiles;
  const std::int64_t act = shape.images * tile_rows * shape.RowsFor(rows) * split.in_words;
  const std::int64_t out = std::int64_t{shape.images} * shape.out_rows * split.out_words;
  const std::int64_t weights = model.WeightWords(tiles);
  const auto last_rows = static_cast<int>(shape.out_rows - (tile_rows - 1) * rows);
  const auto last_columns = static_cast<int>(shape.out_columns - (split.tiles - 1) * split.columns);
  const auto row_cycles = [&](int r) {
    return (split.tiles - 1) * model.TileCycles(r, split.columns, tiles) +
           model.TileCycles(r, last_columns, tiles);
  };
  const std::int64_t compute =
      shape.images * ((tile_rows - 1) * row_cycles(rows) + row_cycles(last_rows));
  std::int64_t cycles = std::max({compute, act + weights, out});
  // What cannot overlap with computing comes on top.
  if (2 * ActWords(shape, split, rows) > sizes.act_words && tiles > 1) {
    cycles += act + tiles * kMemoryCycles;
  }
  if (2 * split.out_pitch * rows > sizes.out_words && tiles > 1) {
    cycles += out + tiles * kMemoryCycles;
  }
  if (!model.WeightsOverlap()) {
    cycles += weights + tiles * kMemoryCycles;
  }
  return cycles + (act + out) / tiles + model.FirstWeightWords(tiles) + 2 * kMemoryCycles;
}

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

}  // namespace

std::optional<TileSize> ChooseTile(const WindowShape& shape,
                                   const BufferSizes& sizes,
                                   const TileModel& model) {
  std::optional<TileSize> best;
  bool whole_rows_overlap = false;  // whole rows can be loaded and stored behind computing
  ForEachSize(shape.out_columns, [&](int columns) {
    if (whole_rows_overlap) {
      return;
    }
    const ColumnSplit split = MakeColumnSplit(shape, columns, sizes.bus_bytes);
    ForEachSize(shape.out_rows, [&](int rows) {
      if (!Fits(shape, sizes, split, rows, 1) || !model.Allows(rows, columns)) {
        return;
      }
      if (columns == shape.out_columns && Fits(shape, sizes, split, rows, 2)) {
        whole_rows_overlap = true;
      }
      const std::int64_t cycles = Estimate(shape, sizes, model, split, rows);
      if (!best || cycles < best->cycles) {
        best = TileSize{rows, columns, cycles};
      }
    });
  });
  return best;
}

std::string DescribeMisfit(const WindowShape& shape, const BufferSizes& sizes) {
  const ColumnSplit split = MakeColumnSplit(shape, 1, sizes.bus_bytes);
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
