// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_DRIVER_COMPILER_WINDOW_SHAPE_H_
#define DENSESHIFT_DRIVER_COMPILER_WINDOW_SHAPE_H_

#include <cstdint>

#include "driver/command/command.h"
#include "driver/network/network.h"
#include "driver/program/program.h"

namespace denseshift::driver {

// A convolution or pool over a batch as the tiler sees it: `images` separate inputs of in_rows
// rows.
//
// May differ from the layer: images whose windows never reach outside are stacked to one high
// image, and rows no window reads are skipped by a longer row stride.
struct WindowShape {
  int images = 1;
  int in_rows = 1;
  int in_columns = 1;
  int in_channels = 1;
  int out_rows = 1;
  int out_columns = 1;
  int out_channels = 1;
  Window window;
  int fill = 0;  // int8, what padding reads
  std::int64_t in_address = 0;
  std::int64_t in_row_stride = 0;  // bytes in memory, as the next two
  std::int64_t in_image_stride = 0;
  std::int64_t out_address = 0;
  std::int64_t out_row_stride = 0;
  std::int64_t out_image_stride = 0;

  // Input rows the windows of `rows` output rows reach, and the same for columns.
  [[nodiscard]] int RowsFor(int rows) const {
    return (rows - 1) * window.stride_h + (window.kernel_h - 1) * window.dilation_h + 1;
  }

  [[nodiscard]] int ColumnsFor(int columns) const {
    return (columns - 1) * window.stride_w + (window.kernel_w - 1) * window.dilation_w + 1;
  }
};

[[nodiscard]] WindowShape MakeWindowShape(const Layer& layer,
                                          const ProgramTensor& input,
                                          const ProgramTensor& output,
                                          int batch,
                                          int fill);

// A rectangle of output positions.
struct TileRange {
  int row = 0;
  int rows = 1;
  int column = 0;
  int columns = 1;
};

// The input a tile needs, as one LOAD command into words base, base + 1, ... of both groups.
struct ActivationRegion {
  LoadCommand load;        // base is 0
  std::int64_t x0 = 0;     // bytes: where in a row the first tap of the first output column lies
  std::int64_t words = 0;  // words of each group
};

[[nodiscard]] ActivationRegion MakeActivationRegion(const WindowShape& shape,
                                                    int image,
                                                    const TileRange& tile,
                                                    int bus_bytes);

// The output of a tile in the output buffer, and the STORE command that takes it to memory.
struct OutputRegion {
  StoreCommand store;      // base is 0
  std::int64_t head = 0;   // bytes from the region's start to its first position
  std::int64_t words = 0;  // words of the output buffer
};

[[nodiscard]] OutputRegion MakeOutputRegion(const WindowShape& shape,
                                            int image,
                                            const TileRange& tile,
                                            int bus_bytes);

}  // namespace denseshift::driver

#endif  // DENSESHIFT_DRIVER_COMPILER_WINDOW_SHAPE_H_
