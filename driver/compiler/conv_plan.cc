// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "driver/compiler/conv_plan.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <stdexcept>
#include <string>

#include "driver/compiler/integers.h"

namespace denseshift::driver {
namespace {

constexpr int kMaxSteps = 65535;  // field KT
constexpr std::int64_t kParameterWords = 64;  // a group of parameters worth a load command

// Column tiles of one command.
//
// Few chunks waste few cycles between commands; small ones let computing start early.
int ChunkTiles(std::int64_t tile_words,
               int column_tiles,
               std::int64_t spatial_tiles,
               const BufferSizes& sizes) {
  const double commands = static_cast<double>(spatial_tiles) * column_tiles;
  const double best =
      std::sqrt(static_cast<double>(kCommandCycles) * commands / static_cast<double>(tile_words));
  // A quarter of the buffer, or a half, or at worst all of it.
  std::int64_t room = sizes.weight_words / 4;
  while (room < tile_words) {
    room *= 2;
  }
  std::int64_t most = std::min<std::int64_t>(room, sizes.weight_words) / tile_words;
  const int entries = sizes.param_entries;
  most = std::min<std::int64_t>(most, column_tiles <= entries ? entries : std::max(entries / 2, 1));
  const auto wanted = static_cast<std::int64_t>(
      std::clamp(std::round(best), 1.0, static_cast<double>(column_tiles)));
  const std::int64_t chunks = CeilDivide(column_tiles, std::min(wanted, most));
  return static_cast<int>(CeilDivide(column_tiles, chunks));
}

// Estimates for one way to cut the reduction.
class ConvModel : public TileModel {
 public:
  ConvModel(const ConvPlan& plan, int code_bits, const Capabilities& capabilities)
      : plan_(plan),
        capabilities_(capabilities),
        sizes_(capabilities),
        step_words_(SweepWords(capabilities, code_bits, 1, 1)) {
    for (const KernelBlock& block : plan.blocks) {
      steps_ += block.steps;
      tile_words_ += SweepWords(capabilities, code_bits, 1, block.steps);
    }
    // Largest piece loaded at once, for one column tile.
    piece_words_ = SweepWords(capabilities, code_bits, 1, plan.blocks.front().steps);
  }

  [[nodiscard]] bool Allows(int rows, int columns) const override {
    return plan_.blocks.size() == 1 ||
           std::int64_t{rows} * columns <= capabilities_.accumulator_depth;
  }

  [[nodiscard]] std::int64_t TileCycles(int rows,
                                        int columns,
                                        std::int64_t tiles) const override {
    const Stripes stripes =
        CutStripes(std::int64_t{rows} * columns, capabilities_.accumulator_depth);
    // A step takes as long as its stripe, or as its weights if they take longer.
    const std::int64_t positions = (stripes.count - 1) * std::max(stripes.length, step_words_) +
                                   std::max(stripes.last, step_words_);
    return plan_.column_tiles * steps_ * positions + Commands(tiles) * kCommandCycles;
  }

  [[nodiscard]] std::int64_t WeightWords(std::int64_t tiles) const override {
    const std::int64_t all = plan_.column_tiles * tile_words_;
    return all <= sizes_.weight_words ? all : all * tiles;
  }

  [[nodiscard]] std::int64_t FirstWeightWords(std::int64_t tiles) const override {
    return piece_words_ * ChunkTilesFor(tiles);
  }

  [[nodiscard]] bool WeightsOverlap() const override {
    return 2 * piece_words_ <= sizes_.weight_words ||
           (plan_.column_tiles == 1 && plan_.blocks.size() == 1);
  }

  [[nodiscard]] int ChunkTilesFor(std::int64_t tiles) const {
    return plan_.blocks.size() > 1 ? 1
                                   : ChunkTiles(tile_words_, plan_.column_tiles, tiles, sizes_);
  }

 private:
  [[nodiscard]] std::int64_t Commands(std::int64_t tiles) const {
    return plan_.blocks.size() > 1
               ? plan_.column_tiles * static_cast<std::int64_t>(plan_.blocks.size())
               : CeilDivide(plan_.column_tiles, ChunkTilesFor(tiles));
  }

  const ConvPlan& plan_;
  const Capabilities& capabilities_;
  BufferSizes sizes_;
  std::int64_t step_words_;
  std::int64_t steps_ = 0;
  std::int64_t tile_words_ = 0;
  std::int64_t piece_words_ = 0;
};

// Completes a plan whose blocks are set; nothing if no tile fits.
std::optional<ConvPlan> Complete(ConvPlan plan,
                                 const WindowShape& shape,
                                 int code_bits,
                                 const Capabilities& capabilities) {
  const BufferSizes sizes(capabilities);
  const ConvModel model(plan, code_bits, capabilities);
  const std::optional<TileSize> tile = ChooseTile(shape, sizes, model);
  if (!tile) {
    return std::nullopt;
  }
  const std::int64_t tiles = shape.images * CeilDivide(shape.out_rows, tile->rows) *
                             CeilDivide(shape.out_columns, tile->columns);
  plan.tile = *tile;
  plan.chunk_tiles = model.ChunkTilesFor(tiles);
  const std::int64_t entries =
      plan.column_tiles <= sizes.param_entries ? sizes.param_entries : sizes.param_entries / 2;
  const std::int64_t chunks = std::min(kParameterWords / sizes.entry_words, entries) / plan.chunk_tiles;
  plan.group_tiles = plan.chunk_tiles * static_cast<int>(std::max<std::int64_t>(chunks, 1));
  return plan;
}

// Words of weights a block of the split reduction may have.
std::int64_t BlockWords(std::int64_t step_words, int weight_words) {
  std::int64_t words = weight_words;
  for (const int part : {4, 2}) {
    if (step_words * part <= weight_words) {
      return weight_words / part;
    }
  }
  return words;
}

}  // namespace

Stripes CutStripes(std::int64_t positions, int accumulator_depth) {
  Stripes stripes;
  const std::int64_t least = CeilDivide(positions, accumulator_depth);
  stripes.length = CeilDivide(positions, least);
  stripes.count = CeilDivide(positions, stripes.length);
  stripes.last = positions - (stripes.count - 1) * stripes.length;
  return stripes;
}

ConvPlan PlanConv(const WindowShape& shape, int code_bits, const Capabilities& capabilities) {
  const BufferSizes sizes(capabilities);
  const Window& window = shape.window;
  const std::int64_t step_words = SweepWords(capabilities, code_bits, 1, 1);
  if (step_words > sizes.weight_words) {
    throw std::invalid_argument(fmt::format(
        "weights of one step take {} bytes in the weight buffer, which has {}; raise WgtBytes",
        step_words * sizes.bus_bytes,
        capabilities.wgt_bytes));
  }
  if (const std::string misfit = DescribeMisfit(shape, sizes); !misfit.empty()) {
    throw std::invalid_argument(misfit);
  }
  ConvPlan plan;
  plan.kernel = MakeKernelRuns(
      window.kernel_h, window.kernel_w, window.dilation_h, window.dilation_w, shape.in_channels);
  plan.column_tiles = static_cast<int>(CeilDivide(shape.out_channels, capabilities.columns));

  std::optional<ConvPlan> best;
  plan.blocks = SplitKernel(plan.kernel, capabilities.lanes, kMaxSteps);
  const std::int64_t sweep = SweepWords(capabilities, code_bits, 1, plan.blocks.front().steps);
  if (plan.blocks.size() == 1 && sweep <= sizes.weight_words) {
    best = Complete(plan, shape, code_bits, capabilities);
  }
  if (!best || (2 * sweep > sizes.weight_words && plan.column_tiles > 1)) {
    const std::int64_t words = BlockWords(step_words, sizes.weight_words);
    const std::int64_t steps =
        words * 8 * sizes.bus_bytes /
        (std::int64_t{capabilities.lanes} * capabilities.columns * code_bits);
    plan.blocks = SplitKernel(plan.kernel, capabilities.lanes, static_cast<int>(steps));
    const std::optional<ConvPlan> split = Complete(plan, shape, code_bits, capabilities);
    if (split && (!best || split->tile.cycles < best->tile.cycles)) {
      best = split;
    }
  }
  return best.value();
}

}  // namespace denseshift::driver
