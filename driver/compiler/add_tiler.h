// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_DRIVER_COMPILER_ADD_TILER_H_
#define DENSESHIFT_DRIVER_COMPILER_ADD_TILER_H_

#include <cstdint>
#include <string>

#include "driver/compiler/tiling.h"

namespace denseshift::driver {

// An addition as the tiler sees it: rows of all images, one after the other, of W * C channels.
struct AddShape {
  std::int64_t rows = 1;
  std::int64_t row_bytes = 1;
};

// Words of both groups of the activation buffer that `rows` rows of both inputs take.
[[nodiscard]] std::int64_t AddActWords(std::int64_t rows, std::int64_t words);

// The tiles that cost least; one word must fit. Their `columns` are words of a row. Rows are cut
// only if two of them do not fit.
[[nodiscard]] LayerTiling TileAdd(const AddShape& shape, const TilingTarget& target);

// Why not even one word fits the device; empty if it does.
[[nodiscard]] std::string DescribeAddMisfit(const Capabilities& capabilities);

}  // namespace denseshift::driver

#endif  // DENSESHIFT_DRIVER_COMPILER_ADD_TILER_H_
