// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_DRIVER_COMPILER_CONV_TILER_H_
#define DENSESHIFT_DRIVER_COMPILER_CONV_TILER_H_

#include <string>

#include "driver/compiler/tiling.h"
#include "driver/compiler/window_shape.h"

namespace denseshift::driver {

// The plan of a convolution that costs least; its smallest pieces must fit.
[[nodiscard]] LayerTiling TileConv(const WindowShape& shape,
                                   int code_bits,
                                   const TilingTarget& target);

// Why not even the smallest pieces fit the device; empty if they do.
[[nodiscard]] std::string DescribeConvMisfit(const WindowShape& shape,
                                             int code_bits,
                                             const Capabilities& capabilities);

}  // namespace denseshift::driver

#endif  // DENSESHIFT_DRIVER_COMPILER_CONV_TILER_H_
