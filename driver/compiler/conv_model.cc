// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "driver/compiler/conv_model.h"

#include <algorithm>
#include <utility>

#include "driver/compiler/conv_timer.h"
#include "driver/compiler/integers.h"
#include "driver/compiler/layer_pipeline.h"
#include "driver/compiler/weights.h"

namespace denseshift::driver {
namespace {

constexpr int kMaxSteps = 65535;             // field KT
constexpr std::int64_t kMaxStripes = 65535;  // field stripes
constexpr int kFirstParts = 4;               // of the first block of a layer
constexpr int kParameterWords = 64;          // a group of parameters worth a load command
constexpr std::int64_t kManyParts = 32;      // of the sums of a column tile

// Cuts the column tiles into chunks of `chunk_tiles`, and parameters into groups of chunks.
void CutColumns(ConvPlan& plan, int chunk_tiles, const TilingTarget& target) {
  const int limit = target.sizes.param_entries;
  const int entries = plan.column_tiles <= limit ? plan.column_tiles : limit / 2;
  const int group_tiles =
      std::max(std::min(kParameterWords / target.sizes.entry_words, entries), chunk_tiles);
  plan.chunks.reserve(static_cast<std::size_t>(CeilDivide(plan.column_tiles, chunk_tiles)));
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

}  // namespace

ConvModel::ConvModel(const WindowShape& shape, int code_bits, const TilingTarget& target)
    : shape_(shape),
      code_bits_(code_bits),
      target_(target),
      step_words_(SweepWords(target.capabilities, code_bits, 1, 1)) {
  const Capabilities& capabilities = target.capabilities;
  const Window& window = shape.window;
  ConvPlan plan;
  plan.kernel = MakeKernelRuns(
      window.kernel_h, window.kernel_w, window.dilation_h, window.dilation_w, shape.in_channels);
  plan.column_tiles = static_cast<int>(CeilDivide(shape.out_channels, capabilities.columns));
  plan.blocks = SplitKernel(plan.kernel, capabilities.lanes, kMaxSteps);
  for (const KernelBlock& block : plan.blocks) {
    steps_ += block.steps;
  }
  if (plan.blocks.size() == 1) {
    AddChunkedCuts(plan);
  }
  AddSplitCuts(plan);
}

LayerPipeline::Cycle ConvModel::IssueCycles(std::int64_t positions) const {
  return cuts_.front().plan.column_tiles * steps_ * std::max(positions, step_words_);
}

std::optional<LayerPipeline::Cycle> ConvModel::LeastCost(std::size_t way,
                                                         const TiledLayer& layer) const {
  const WeightCut& cut = cuts_[way];
  // Sums in parts stay in the accumulators, so one stripe must do; else the field holds
  // kMaxStripes.
  const std::int64_t stripes = cut.plan.blocks.size() == 1 ? kMaxStripes : 1;
  if (std::int64_t{layer.size.rows} * layer.size.columns >
      stripes * target_.capabilities.accumulator_depth) {
    return std::nullopt;
  }
  const std::int64_t times = cut.plan.weights_stay ? 1 : layer.tiles;
  const std::int64_t commands = Commands(cut, layer.tiles);
  const MemorySpeed& memory = target_.memory;
  const Cycle weights = WeightCycles(cut, layer);
  const Cycle first = layer.first_load + LayerPipeline::Alone(memory.Moving(cut.first_words), 1);
  const Cycle busy = std::max({layer.issue + commands + layer.alone,
                               layer.loading + weights + Fetching(cut, layer) - first,
                               layer.storing});
  // The last part of the first tile needs the last weights.
  const Cycle first_tile = layer.first_load + LayerPipeline::Alone(memory.Moving(cut.words), 1);
  const Cycle others =
      layer.issue - IssueCycles(std::int64_t{layer.size.rows} * layer.size.columns);
  return std::max(LayerPipeline::Least(first, busy, layer.last_store),
                  LayerPipeline::Least(first_tile, others, layer.last_store)) +
         LayerPipeline::Burden(commands + 2 * layer.tiles + times * cut.commands,
                               layer.loading + weights);
}

LayerPipeline::Cycle ConvModel::WeightCycles(const WeightCut& cut, const TiledLayer& layer) const {
  return target_.memory.Moving(cut.words * (cut.plan.weights_stay ? 1 : layer.tiles));
}

// The bus brings commands, too.
LayerPipeline::Cycle ConvModel::Fetching(const WeightCut& cut, const TiledLayer& layer) const {
  const std::int64_t commands = Commands(cut, layer.tiles) + layer.tiles;  // without loads
  const bool loads_input_last = cut.plan.weights_stay && layer.tiles > 1;
  return LayerPipeline::CommandCycles(target_) *
         (commands - (loads_input_last ? cut.commands + 1 : 2));
}

std::int64_t ConvModel::Commands(const WeightCut& cut, std::int64_t tiles) {
  if (!cut.plan.can_join || tiles <= 2) {
    return tiles * cut.commands;
  }
  return 2 * cut.commands + tiles - 2;
}

LayerPipeline::Cycle ConvModel::Cost(std::size_t way, const TiledLayer& layer, Cycle limit) const {
  const ConvPlan plan = PlanFor(way, layer.size);
  return ConvTimer(plan, code_bits_, target_)
      .Cost(shape_, limit, {layer.issue, layer.loading + WeightCycles(cuts_[way], layer)});
}

ConvPlan ConvModel::PlanFor(std::size_t way, const TileSize& size) const {
  ConvPlan plan = cuts_[way].plan;
  plan.tile = size;
  plan.first_blocks = FirstBlocks(plan);
  return plan;
}

// As even as can be, from as many column tiles as fit to one.
void ConvModel::AddChunkedCuts(const ConvPlan& plan) {
  const std::int64_t tile_words =
      SweepWords(target_.capabilities, code_bits_, 1, plan.blocks.front().steps);
  const int limit = target_.sizes.param_entries;
  const int entries = plan.column_tiles <= limit ? plan.column_tiles : std::max(limit / 2, 1);
  const auto most =
      static_cast<int>(std::min<std::int64_t>(target_.sizes.weight_words / tile_words, entries));
  int last = 0;
  for (int tiles = most; tiles >= 1; --tiles) {
    const auto even =
        static_cast<int>(CeilDivide(plan.column_tiles, CeilDivide(plan.column_tiles, tiles)));
    if (even != last) {
      AddCut(plan, even);
    }
    last = even;
  }
}

// In few parts, and on to parts of which four fit, so that loads have a lead.
void ConvModel::AddSplitCuts(const ConvPlan& plan) {
  std::size_t last = 1;
  std::int64_t steps = steps_;
  for (std::int64_t parts = 1; parts < steps_;) {
    if (parts > kManyParts && 4 * steps * step_words_ <= target_.sizes.weight_words) {
      break;
    }
    parts = std::min(parts + CeilDivide(parts, 4), steps_);
    steps = CeilDivide(steps_, parts);
    if (steps * step_words_ > target_.sizes.weight_words || steps > kMaxSteps) {
      continue;
    }
    ConvPlan split = plan;
    split.blocks = SplitKernel(plan.kernel, target_.capabilities.lanes, static_cast<int>(steps));
    if (split.blocks.size() > last) {
      last = split.blocks.size();
      AddCut(std::move(split), 1);
    }
  }
}

void ConvModel::AddCut(ConvPlan plan, int chunk_tiles) {
  CutColumns(plan, chunk_tiles, target_);
  WeightCut cut;
  for (const ColumnChunk& chunk : plan.chunks) {
    for (const KernelBlock& block : plan.blocks) {
      cut.words += SweepWords(target_.capabilities, code_bits_, chunk.tiles, block.steps);
      ++cut.commands;
    }
  }
  plan.weights_stay = cut.commands == 1 || cut.words <= target_.sizes.weight_words;
  plan.parameters_stay = plan.column_tiles <= target_.sizes.param_entries;
  plan.can_join = plan.weights_stay && plan.parameters_stay && plan.blocks.size() == 1 &&
                  IsWhole(plan.blocks.front().steps * std::int64_t{chunk_tiles});
  cut.first_words =
      SweepWords(target_.capabilities, code_bits_, chunk_tiles, plan.blocks.front().steps);
  if (chunk_tiles == 1) {
    cut.first_words /= kFirstParts;
  }
  cut.plan = std::move(plan);
  cuts_.push_back(std::move(cut));
}

// The blocks of the first chunk of the first tile: the first one in parts, if that can be.
std::vector<KernelBlock> ConvModel::FirstBlocks(const ConvPlan& plan) const {
  const std::int64_t positions = std::int64_t{plan.tile.rows} * plan.tile.columns;
  // Where loading takes longer than computing, what counts is that loads follow each other.
  if (plan.chunks.front().tiles > 1 || positions < step_words_ ||
      positions > target_.capabilities.accumulator_depth || !CanCut(plan)) {
    return plan.blocks;
  }
  const KernelBlock& first = plan.blocks.front();
  const std::int64_t steps = CeilDivide(first.steps, kFirstParts);
  std::vector<KernelBlock> blocks =
      SplitBlock(plan.kernel, first, target_.capabilities.lanes, static_cast<int>(steps));
  blocks.insert(blocks.end(), plan.blocks.begin() + 1, plan.blocks.end());
  return blocks;
}

// Whether cutting a sweep at any step leaves its parts as they are: they are whole words, and no
// step takes bytes of two runs.
bool ConvModel::CanCut(const ConvPlan& plan) const {
  return plan.kernel.run_len % target_.capabilities.lanes == 0 && IsWhole(1);
}

bool ConvModel::IsWhole(std::int64_t steps) const {
  const Capabilities& capabilities = target_.capabilities;
  const std::int64_t bits =
      steps * capabilities.lanes * capabilities.columns * std::int64_t{code_bits_};
  return bits % (std::int64_t{8} * capabilities.bus_bytes) == 0;
}

}  // namespace denseshift::driver
