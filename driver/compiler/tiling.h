// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_DRIVER_COMPILER_TILING_H_
#define DENSESHIFT_DRIVER_COMPILER_TILING_H_

#include <cstdint>

#include "driver/capabilities.h"
#include "driver/compiler/buffers.h"
#include "driver/compiler/conv_plan.h"
#include "driver/compiler/memory_speed.h"

namespace denseshift::driver {

// What a layer is cut for.
struct TilingTarget {
  explicit TilingTarget(const Capabilities& device) : capabilities(device), sizes(device) {}

  Capabilities capabilities;
  BufferSizes sizes;
  MemorySpeed memory;
  bool roughly = false;  // on a slow memory a plan somewhat worse than the best will do
};

// How one layer is cut.
struct LayerTiling {
  ConvPlan plan;           // of pools and additions only the tile counts
  std::int64_t cost = 0;   // cycles and burden, as LayerPipeline sees them
  std::int64_t issue = 0;  // cycles in which steps are issued, so many at least on any memory
};

}  // namespace denseshift::driver

#endif  // DENSESHIFT_DRIVER_COMPILER_TILING_H_
