// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "driver/compiler/conv_plan.h"

#include <algorithm>
#include <fmt/format.h>
#include <optional>
#include <stdexcept>
#include <string>

#include "driver/compiler/integers.h"

namespace denseshift::driver {
namespace {

constexpr int kMaxSteps = 65535;             // field KT
constexpr std::int64_t kMaxStripes = 65535;  // field stripes
constexpr int kFirstParts = 4;               // of the first chunk of a layer
constexpr int kParameterWords = 64;          // a group of parameters worth a load command

// Column tiles of one command.
//
// Small chunks let computing start early and end soon after the last weights have come, large ones
// waste few cycles between commands. Where weights are used only once, that waste costs nothing as
// long as the bus is busy with parameters meanwhile.
int ChunkTiles(std::int64_t tile_words,
               int column_tiles,
               std::int64_t spatial_tiles,
               const BufferSizes& sizes) {
  // A quarter of the buffer, or a half, or at worst all of it.
  std::int64_t room = sizes.weight_words / 4;
  while (room < tile_words) {
    room *= 2;
  }
  room = std::min<std::int64_t>(room, sizes.weight_words);
  const int entries = sizes.param_entries;
  const auto most =
      std::min<std::int64_t>({room / tile_words,
                              column_tiles,
                              column_tiles <= entries ? entries : std::max(entries / 2, 1)});
  const std::int64_t hidden =
      spatial_tiles == 1 ? std::int64_t{column_tiles} * sizes.entry_words : 0;
  const auto cost = [&](std::int64_t tiles) {
    const std::int64_t commands = spatial_tiles * CeilDivide(column_tiles, tiles);
    return std::max<std::int64_t>(commands * kCommandCycles - hidden, 0) + tiles * tile_words;
  };
  std::int64_t best = 1;
  for (std::int64_t tiles = 2; tiles <= most; ++tiles) {
    best = cost(tiles) < cost(best) ? tiles : best;
  }
  return static_cast<int>(CeilDivide(column_tiles, CeilDivide(column_tiles, best)));
}

// Whether cutting a sweep at any step leaves its parts as they are: they are whole words, and no
// step takes bytes of two runs.
bool CanCut(const ConvPlan& plan, int code_bits, const Capabilities& capabilities) {
  const std::int64_t step_bits =
      std::int64_t{capabilities.lanes} * capabilities.columns * code_bits;
  return plan.kernel.run_len % capabilities.lanes == 0 &&
         step_bits % (std::int64_t{8} * capabilities.bus_bytes) == 0;
}

// Estimates for one way to cut the reduction.
class ConvModel : public TileModel {
 public:
  ConvModel(const ConvPlan& plan, int code_bits, const Capabilities& capabilities)
      : plan_(plan),
        capabilities_(capabilities),
        sizes_(capabilities),
        step_words_(SweepWords(capabilities, code_bits, 1, 1)),
        can_cut_(CanCut(plan, code_bits, capabilities)) {
    for (const KernelBlock& block : plan.blocks) {
      steps_ += block.steps;
      tile_words_ += SweepWords(capabilities, code_bits, 1, block.steps);
    }
    // Largest piece loaded at once, for one column tile.
    piece_words_ = SweepWords(capabilities, code_bits, 1, plan.blocks.front().steps);
  }

  [[nodiscard]] bool Allows(int rows, int columns) const override {
    // A split sum stays in the accumulators, so one stripe must do; else the field holds
    // kMaxStripes.
    const std::int64_t stripes = plan_.blocks.size() == 1 ? kMaxStripes : 1;
    return std::int64_t{rows} * columns <= stripes * capabilities_.accumulator_depth;
  }

  [[nodiscard]] std::int64_t TileCycles(int rows, int columns, std::int64_t tiles) const override {
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
    const int chunk_tiles = ChunkTilesFor(tiles);
    const bool is_parted = plan_.blocks.size() == 1 && chunk_tiles == 1 && can_cut_;
    return is_parted ? CeilDivide(piece_words_, kFirstParts) : piece_words_ * chunk_tiles;
  }

  [[nodiscard]] bool WeightsOverlap() const override {
    return 2 * piece_words_ <= sizes_.weight_words ||
           (plan_.column_tiles == 1 && plan_.blocks.size() == 1);
  }

  [[nodiscard]] int ChunkTilesFor(std::int64_t tiles) const {
    return plan_.blocks.size() > 1 ? 1 : ChunkTiles(tile_words_, plan_.column_tiles, tiles, sizes_);
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
  bool can_cut_;
  std::int64_t steps_ = 0;
  std::int64_t tile_words_ = 0;
  std::int64_t piece_words_ = 0;
};

// The parts of the first chunk of the first tile: its blocks if it is not cut.
std::vector<KernelBlock> FirstBlocks(const ConvPlan& plan,
                                     int code_bits,
                                     const Capabilities& capabilities) {
  const std::int64_t positions = std::int64_t{plan.tile.rows} * plan.tile.columns;
  // Where loading takes longer than computing, what counts is that loads follow each other.
  const bool computes_longer = positions >= SweepWords(capabilities, code_bits, 1, 1);
  if (plan.blocks.size() > 1 || plan.chunks.front().tiles > 1 || !computes_longer ||
      positions > capabilities.accumulator_depth || !CanCut(plan, code_bits, capabilities)) {
    return plan.blocks;
  }
  const std::int64_t steps = CeilDivide(plan.blocks.front().steps, kFirstParts);
  return SplitKernel(plan.kernel, capabilities.lanes, static_cast<int>(steps));
}

// Cuts the column tiles into chunks of `chunk_tiles`, and parameters into groups of chunks.
void CutColumns(ConvPlan& plan, int chunk_tiles, const BufferSizes& sizes) {
  const int entries =
      plan.column_tiles <= sizes.param_entries ? sizes.param_entries : sizes.param_entries / 2;
  const int group_tiles =
      std::max(std::min(kParameterWords / sizes.entry_words, entries), chunk_tiles);
  for (int first = 0; first < plan.column_tiles; first += chunk_tiles) {
    const int tiles = std::min(chunk_tiles, plan.column_tiles - first);
    // The first group is that of the first chunk alone, so that it can start.
    if (plan.groups.size() < 2 || plan.groups.back().tiles + tiles > group_tiles) {
      plan.groups.push_back({first, 0});
    }
    plan.groups.back().tiles += tiles;
    plan.chunks.push_back({first, tiles, plan.groups.size() - 1});
  }
}

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
  CutColumns(plan, model.ChunkTilesFor(tiles), sizes);
  plan.first_blocks = FirstBlocks(plan, code_bits, capabilities);
  return plan;
}

// Words of weights a block of the split reduction may have.
std::int64_t BlockWords(std::int64_t step_words, int weight_words) {
  for (const int part : {4, 2}) {
    if (step_words * part <= weight_words) {
      return weight_words / part;
    }
  }
  return weight_words;
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
