// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <cstddef>

#include "driver/compiler/conv_plan.h"
#include "driver/compiler/integers.h"
#include "driver/compiler/layer_context.h"
#include "driver/compiler/weights.h"

namespace denseshift::driver {
namespace {

// Commands of one convolution.
class ConvCompiler {
 public:
  ConvCompiler(LayerContext& context, const Layer& layer)
      : context_(context),
        layer_(layer),
        input_(context.tensors[static_cast<std::size_t>(layer.inputs[0])]),
        output_(context.tensors[static_cast<std::size_t>(layer.output)]),
        shape_(MakeWindowShape(layer, input_, output_, context.batch, input_.tensor.zero_point)),
        plan_(context.tiling.plan),
        tiles_(CountTiles(shape_, plan_.tile)),
        joined_{{0, plan_.column_tiles, 0}},
        weights_(MakeWeights()),
        parameters_(MakeParameters()) {}

  void Compile() {
    int tile_index = 0;
    for (int image = 0; image < shape_.images; ++image) {
      ForEachTile(
          shape_, plan_.tile, [&](const TileRange& tile) { AddTile(image, tile, tile_index++); });
    }
  }

 private:
  // Packs all sweeps in the order they are used. A piece is the sweep of one command.
  ConstantLoader MakeWeights() {
    std::int64_t words = 0;
    for (const ColumnChunk& chunk : plan_.chunks) {
      const bool is_first = &chunk == &plan_.chunks.front();
      for (const KernelBlock& block : is_first ? plan_.first_blocks : plan_.blocks) {
        piece_words_.push_back(
            SweepWords(context_.capabilities, layer_.code_bits, chunk.tiles, block.steps));
        words += piece_words_.back();
      }
    }
    const std::int64_t address =
        context_.AddSegment(words * context_.sizes.bus_bytes, [&] { return PackSweeps(); });
    return {context_, Destination::kWeight, address, piece_words_};
  }

  [[nodiscard]] std::vector<std::uint8_t> PackSweeps() const {
    std::vector<std::uint8_t> bytes;
    for (const ColumnChunk& chunk : plan_.chunks) {
      for (const KernelBlock& block : plan_.blocks) {
        const SweepPart part{block, chunk.first_tile, chunk.tiles};
        const std::vector<std::uint8_t> sweep =
            PackSweep(layer_, shape_.in_channels, plan_.kernel, part, context_.capabilities);
        bytes.insert(bytes.end(), sweep.begin(), sweep.end());
      }
    }
    return bytes;
  }

  // One entry for each column tile. A piece is what a group needs.
  ConstantLoader MakeParameters() {
    std::vector<std::int64_t> words;
    for (const ParameterGroup& group : plan_.groups) {
      words.push_back(std::int64_t{group.tiles} * context_.sizes.entry_words);
    }
    const std::int64_t sets = std::int64_t{plan_.column_tiles} * context_.capabilities.columns;
    const std::int64_t address = context_.AddSegment(
        sets * kParameterSetBytes, [&] { return PackParameters(FoldParameters(sets)); });
    return {context_, Destination::kParameter, address, std::move(words)};
  }

  [[nodiscard]] std::vector<ParameterSet> FoldParameters(std::int64_t count) const {
    const std::vector<WeightSums> sums = SumWeights(layer_);
    const int bits = context_.capabilities.accumulator_bits;
    std::vector<ParameterSet> sets(static_cast<std::size_t>(count));
    for (std::size_t channel = 0; channel < sums.size(); ++channel) {
      sets[channel] = {
          FoldBias(layer_.bias[channel], sums[channel], input_.tensor.zero_point, bits),
          layer_.scale[channel]};
    }
    return sets;
  }

  void AddTile(int image, const TileRange& tile, int tile_index) {
    CommandHeader tag;
    tag.layer = context_.index;
    tag.tile = tile_index;
    const PlacedTile placed(context_, shape_, image, tile, tag);
    std::size_t piece = 0;
    StoreCommand store = placed.store();
    const bool joins = plan_.Joins(
        tile_index == 0, tile_index + 1 == tiles_, std::int64_t{tile.rows} * tile.columns);
    for (const ColumnChunk& chunk : joins ? joined_ : plan_.chunks) {
      if (&chunk == &plan_.chunks.back()) {
        StoreEarly(tile, chunk, store);
      }
      const std::size_t groups = joins ? plan_.groups.size() : 1;
      const std::int64_t group = parameters_.Use(chunk.group, groups, tile_index);
      const bool is_first = &chunk == &plan_.chunks.front();
      const bool is_parted = is_first && tile_index == 0;
      const std::vector<KernelBlock>& blocks = is_parted ? plan_.first_blocks : plan_.blocks;
      for (const KernelBlock& block : blocks) {
        std::size_t parts = 1;
        if (joins) {
          parts = piece_words_.size();
        } else if (is_first && !is_parted && &block == &blocks.front()) {
          parts = plan_.first_blocks.size() - plan_.blocks.size() + 1;
        }
        ConvCommand conv = MakeCommand(placed, tile, chunk, block);
        conv.first = &block == &blocks.front() ? 1 : 0;
        conv.last = &block == &blocks.back() ? 1 : 0;
        static_cast<CommandHeader&>(conv) = tag;
        conv.parameter_base = group / context_.sizes.entry_words + chunk.first_tile -
                              plan_.groups[chunk.group].first_tile;
        conv.weight_base = weights_.Use(piece, parts, tile_index);
        conv.weight_words =
            SweepWords(context_.capabilities, layer_.code_bits, chunk.tiles, block.steps);
        context_.schedule.Add(conv);
        piece += parts;
      }
    }
    context_.schedule.Add(store);
  }

  // Where a tile is one position, its outputs are consecutive: stores all but those of the last
  // chunk while that is computed, and leaves the rest in `store`.
  void StoreEarly(const TileRange& tile, const ColumnChunk& last, StoreCommand& store) {
    const std::int64_t bytes = std::int64_t{last.first_tile} * context_.capabilities.columns;
    const std::int64_t words = bytes / context_.sizes.bus_bytes;
    if (tile.rows * tile.columns != 1 || store.head != 0 || words == 0 ||
        bytes % context_.sizes.bus_bytes != 0) {
      return;
    }
    StoreCommand early = store;
    early.words = words;
    early.tail = context_.sizes.bus_bytes;
    context_.schedule.Add(early);
    store.address += bytes;
    store.base += words;
    store.words -= words;
  }

  // All but tag, places of constants, first and last.
  [[nodiscard]] ConvCommand MakeCommand(const PlacedTile& placed,
                                        const TileRange& tile,
                                        const ColumnChunk& chunk,
                                        const KernelBlock& block) const {
    const Capabilities& capabilities = context_.capabilities;
    ConvCommand conv;
    placed.Place(tile, block.run_y, conv);
    conv.x0 += std::int64_t{block.run_x} * plan_.kernel.run_step + block.offset;
    conv.runs_x = block.runs_x;
    conv.runs_y = block.runs_y;
    conv.run_step = block.runs_x > 1 ? plan_.kernel.run_step : 0;
    conv.run_len = block.run_len;
    conv.out_base += std::int64_t{chunk.first_tile} * capabilities.columns;
    conv.zero_out = output_.tensor.zero_point;
    conv.lo = layer_.lo;
    conv.hi = layer_.hi;
    const Stripes stripes =
        CutStripes(std::int64_t{tile.rows} * tile.columns, capabilities.accumulator_depth);
    conv.stripe = stripes.length;
    conv.stripes = stripes.count;
    conv.last_stripe = stripes.last;
    conv.column_tiles = chunk.tiles;
    conv.valid_columns = std::min<std::int64_t>(
        capabilities.columns,
        shape_.out_channels - (chunk.first_tile + chunk.tiles - 1) * capabilities.columns);
    conv.code_bits = layer_.code_bits;
    conv.dual = block.dual ? 1 : 0;
    conv.steps = block.steps;
    return conv;
  }

  LayerContext& context_;
  const Layer& layer_;
  const ProgramTensor& input_;
  const ProgramTensor& output_;
  WindowShape shape_;
  const ConvPlan& plan_;
  std::int64_t tiles_;
  std::vector<ColumnChunk> joined_;  // all chunks as one
  std::vector<std::int64_t> piece_words_;
  ConstantLoader weights_;
  ConstantLoader parameters_;
};

}  // namespace

void CompileConv(LayerContext& context, const Layer& layer) {
  ConvCompiler(context, layer).Compile();
}

}  // namespace denseshift::driver
