// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "driver/compiler/window_shape.h"

#include <algorithm>

#include "driver/compiler/integers.h"

namespace denseshift::driver {
namespace {

// One image after the other without a gap: windows of one image must not reach into the next, and
// the first window of an image must lie a whole number of steps after that of the image before it.
void StackImages(WindowShape& shape) {
  const bool inside = shape.window.pad_top == 0 && shape.RowsFor(shape.out_rows) <= shape.in_rows;
  const bool even = shape.out_rows == 1 || shape.out_rows * shape.window.stride_h == shape.in_rows;
  if (!inside || !even || shape.images == 1) {
    return;
  }
  if (shape.out_rows == 1) {
    shape.window.stride_h = shape.in_rows;
  }
  shape.in_rows *= shape.images;
  shape.out_rows *= shape.images;
  shape.images = 1;
}

// Kernels of one row read only every stride_h-th row: the others need not be loaded.
void SkipRows(WindowShape& shape) {
  const int stride = shape.window.stride_h;
  if (shape.window.pad_top != 0 || shape.window.kernel_h != 1 || stride == 1) {
    return;
  }
  shape.in_row_stride *= stride;
  shape.in_rows = static_cast<int>(CeilDivide(shape.in_rows, stride));
  shape.window.stride_h = 1;
}

}  // namespace

WindowShape MakeWindowShape(const Layer& layer,
                            const ProgramTensor& input,
                            const ProgramTensor& output,
                            int batch,
                            int fill) {
  WindowShape shape;
  shape.images = batch;
  shape.in_rows = input.tensor.height;
  shape.in_columns = input.tensor.width;
  shape.in_channels = input.tensor.channels;
  shape.out_rows = output.tensor.height;
  shape.out_columns = output.tensor.width;
  shape.out_channels = output.tensor.channels;
  shape.window = layer.window;
  shape.fill = fill;
  shape.in_address = input.address;
  shape.in_row_stride = input.row_pitch;
  shape.in_image_stride = input.image_pitch;
  shape.out_address = output.address;
  shape.out_row_stride = output.row_pitch;
  shape.out_image_stride = output.image_pitch;
  StackImages(shape);
  SkipRows(shape);
  return shape;
}

ActivationRegion MakeActivationRegion(const WindowShape& shape,
                                      int image,
                                      const TileRange& tile,
                                      int bus_bytes) {
  ActivationRegion region;
  LoadCommand& load = region.load;
  const std::int64_t row_begin =
      std::int64_t{tile.row} * shape.window.stride_h - shape.window.pad_top;
  const std::int64_t rows = shape.RowsFor(tile.rows);
  const std::int64_t row_end = row_begin + rows;
  const std::int64_t first = std::clamp<std::int64_t>(row_begin, 0, shape.in_rows);
  load.rows = std::max<std::int64_t>(std::min<std::int64_t>(row_end, shape.in_rows) - first, 0);
  load.top = std::clamp<std::int64_t>(-row_begin, 0, rows);
  load.bottom = rows - load.rows - load.top;

  const std::int64_t row_bytes = std::int64_t{shape.in_columns} * shape.in_channels;
  const std::int64_t row_words = CeilDivide(row_bytes, bus_bytes);
  const std::int64_t column =
      std::int64_t{tile.column} * shape.window.stride_w - shape.window.pad_left;
  const std::int64_t begin = column * shape.in_channels;
  const std::int64_t end = begin + std::int64_t{shape.ColumnsFor(tile.columns)} * shape.in_channels;
  const std::int64_t first_word = std::clamp<std::int64_t>(begin / bus_bytes, 0, row_words - 1);
  const std::int64_t end_word =
      std::clamp(CeilDivide(std::max<std::int64_t>(end, 0), bus_bytes), first_word + 1, row_words);
  load.words = end_word - first_word;
  load.left = begin < 0 ? CeilDivide(-begin, bus_bytes) : 0;
  load.right = std::max<std::int64_t>(CeilDivide(end, bus_bytes) - end_word, 0);
  load.tail = end_word == row_words ? row_bytes - (row_words - 1) * bus_bytes : bus_bytes;
  region.x0 = begin - (first_word - load.left) * bus_bytes;

  load.address = shape.in_address + image * shape.in_image_stride +
                 std::min<std::int64_t>(first, shape.in_rows - 1) * shape.in_row_stride +
                 first_word * bus_bytes;
  load.row_stride = shape.in_row_stride;
  load.destination = static_cast<int>(Destination::kActivation);
  load.fill = shape.fill & 0xFF;
  load.pitch = load.left + load.words + load.right;
  region.words = CeilDivide(rows, 2) * load.pitch;
  return region;
}

OutputRegion MakeOutputRegion(const WindowShape& shape,
                              int image,
                              const TileRange& tile,
                              int bus_bytes) {
  OutputRegion region;
  const std::int64_t begin = std::int64_t{tile.column} * shape.out_channels;
  const std::int64_t bytes = std::int64_t{tile.columns} * shape.out_channels;
  region.head = begin % bus_bytes;
  StoreCommand& store = region.store;
  store.address = shape.out_address + image * shape.out_image_stride +
                  tile.row * shape.out_row_stride + begin - region.head;
  store.row_stride = shape.out_row_stride;
  store.rows = tile.rows;
  store.words = CeilDivide(region.head + bytes, bus_bytes);
  store.head = region.head;
  store.tail = (region.head + bytes - 1) % bus_bytes + 1;
  store.pitch = store.words;
  region.words = store.words * tile.rows;
  return region;
}

}  // namespace denseshift::driver
