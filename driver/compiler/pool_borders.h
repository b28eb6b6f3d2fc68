// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_DRIVER_COMPILER_POOL_BORDERS_H_
#define DENSESHIFT_DRIVER_COMPILER_POOL_BORDERS_H_

#include <vector>

#include "driver/compiler/window_shape.h"
#include "driver/network/network.h"

namespace denseshift::driver {

// Neighbouring output rows (or columns) whose windows have equally many taps inside the image.
struct BorderClass {
  int begin = 0;
  int count = 0;
  int taps = 0;
};

// Parts of a pool's output that take a command each.
struct PoolBorders {
  std::vector<BorderClass> rows;
  std::vector<BorderClass> columns;
};

// Only averages that count no padding differ between border and middle.
[[nodiscard]] PoolBorders CutPoolBorders(const Layer& layer, const WindowShape& shape);

}  // namespace denseshift::driver

#endif  // DENSESHIFT_DRIVER_COMPILER_POOL_BORDERS_H_
