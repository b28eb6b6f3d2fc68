// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_DRIVER_COMPILER_POOL_MODEL_H_
#define DENSESHIFT_DRIVER_COMPILER_POOL_MODEL_H_

#include <cstddef>
#include <cstdint>
#include <optional>

#include "driver/compiler/buffers.h"
#include "driver/compiler/tile_choice.h"
#include "driver/compiler/window_shape.h"

namespace denseshift::driver {

// The one way to compute a maximum or average pool.
class PoolModel : public TileModel {
 public:
  // A tile takes up to `commands` commands, each with one of `entries` parameter entries.
  PoolModel(const WindowShape& shape,
            const BufferSizes& sizes,
            int lanes,
            std::int64_t commands,
            std::int64_t entries);

  [[nodiscard]] Cycle IssueCycles(std::int64_t positions) const override;

  [[nodiscard]] std::size_t Ways() const override { return 1; }

  [[nodiscard]] std::optional<Cycle> LeastCost(std::size_t way,
                                               const TiledLayer& layer) const override;
  [[nodiscard]] Cycle Cost(std::size_t way, const TiledLayer& layer, Cycle limit) const override;

 private:
  const WindowShape& shape_;
  const BufferSizes& sizes_;
  std::int64_t position_cycles_;
  std::int64_t commands_;
  std::int64_t entries_;
};

}  // namespace denseshift::driver

#endif  // DENSESHIFT_DRIVER_COMPILER_POOL_MODEL_H_
