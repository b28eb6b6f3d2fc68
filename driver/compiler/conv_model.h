// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_DRIVER_COMPILER_CONV_MODEL_H_
#define DENSESHIFT_DRIVER_COMPILER_CONV_MODEL_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "driver/compiler/conv_plan.h"
#include "driver/compiler/steps.h"
#include "driver/compiler/tile_choice.h"
#include "driver/compiler/tiling.h"
#include "driver/compiler/window_shape.h"

namespace denseshift::driver {

// The ways to cut the weights of a convolution: chunks of one or more column tiles, or the sums of
// single column tiles in parts.
class ConvModel : public TileModel {
 public:
  // Only ways whose pieces fit the weight buffer; a step must.
  ConvModel(const WindowShape& shape, int code_bits, const TilingTarget& target);

  [[nodiscard]] Cycle IssueCycles(std::int64_t positions) const override;

  [[nodiscard]] std::size_t Ways() const override { return cuts_.size(); }

  [[nodiscard]] std::optional<Cycle> LeastCost(std::size_t way,
                                               const TiledLayer& layer) const override;
  [[nodiscard]] Cycle Cost(std::size_t way, const TiledLayer& layer, Cycle limit) const override;

  [[nodiscard]] ConvPlan PlanFor(std::size_t way, const TileSize& size) const;

 private:
  struct WeightCut {
    ConvPlan plan;                 // without tile and first_blocks
    std::int64_t words = 0;        // of all weights
    std::int64_t first_words = 0;  // of those loaded first, at least
    std::int64_t commands = 0;     // of the first tile, and of the last one
  };

  // CONV commands of the layer, at least.
  [[nodiscard]] static std::int64_t Commands(const WeightCut& cut, std::int64_t tiles);

  // Cycles of the memory for all loads of weights.
  [[nodiscard]] Cycle WeightCycles(const WeightCut& cut, const TiledLayer& layer) const;

  // Of the memory, to fetch all commands before the last load, at least.
  [[nodiscard]] Cycle Fetching(const WeightCut& cut, const TiledLayer& layer) const;

  void AddChunkedCuts(const ConvPlan& plan);
  void AddSplitCuts(const ConvPlan& plan);
  void AddCut(ConvPlan plan, int chunk_tiles);
  [[nodiscard]] std::vector<KernelBlock> FirstBlocks(const ConvPlan& plan) const;
  [[nodiscard]] bool CanCut(const ConvPlan& plan) const;

  // Whether the weights of so many steps are whole words.
  [[nodiscard]] bool IsWhole(std::int64_t steps) const;

  const WindowShape& shape_;
  int code_bits_;
  const TilingTarget& target_;
  std::int64_t step_words_;
  std::int64_t steps_ = 0;  // of a column tile
  std::vector<WeightCut> cuts_;
};

}  // namespace denseshift::driver

#endif  // DENSESHIFT_DRIVER_COMPILER_CONV_MODEL_H_
