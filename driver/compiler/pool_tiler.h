// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_DRIVER_COMPILER_POOL_TILER_H_
#define DENSESHIFT_DRIVER_COMPILER_POOL_TILER_H_

#include <cstdint>
#include <string>

#include "driver/compiler/tiling.h"
#include "driver/compiler/window_shape.h"
#include "driver/network/network.h"

namespace denseshift::driver {

// Commands a tile of a pool takes.
struct PoolCommands {
  std::int64_t columns = 1;  // of parts with windows of their own, side by side
  std::int64_t entries = 1;  // of parameters
};

[[nodiscard]] PoolCommands CountPoolCommands(const Layer& layer, const WindowShape& shape);

// The tiles of a maximum or average pool that cost least; the smallest must fit.
[[nodiscard]] LayerTiling TilePool(const WindowShape& shape,
                                   const PoolCommands& commands,
                                   const TilingTarget& target);

// Why not even the smallest tile fits the device; empty if it does.
[[nodiscard]] std::string DescribePoolMisfit(const WindowShape& shape,
                                             const Capabilities& capabilities);

}  // namespace denseshift::driver

#endif  // DENSESHIFT_DRIVER_COMPILER_POOL_TILER_H_
