// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "driver/compiler/conv_timer.h"

#include <algorithm>
#include <cstddef>

#include "driver/compiler/weights.h"

namespace denseshift::driver {
namespace {

using Cycle = LayerPipeline::Cycle;

constexpr Cycle kDrain = 3;  // from a column tile's last issue to its first drain

}  // namespace

ConvTimer::ConvTimer(const ConvPlan& plan, int code_bits, const TilingTarget& target)
    : plan_(plan),
      code_bits_(code_bits),
      target_(target),
      step_words_(SweepWords(target.capabilities, code_bits, 1, 1)),
      parameters_stay_(plan.column_tiles <= target.sizes.param_entries),
      pieces_(MakePieces(false)) {
  std::int64_t words = 0;
  for (const Piece& piece : pieces_) {
    words += piece.weight_words;
    tile_steps_ += piece.column_tiles * piece.steps;
  }
  weights_stay_ = pieces_.size() == 1 || words <= target.sizes.weight_words;
}

std::vector<ConvTimer::Piece> ConvTimer::MakePieces(bool is_first_tile) const {
  std::vector<Piece> pieces;
  std::size_t group = SIZE_MAX;
  for (const ColumnChunk& chunk : plan_.chunks) {
    const bool is_first_chunk = &chunk == &plan_.chunks.front();
    const std::vector<KernelBlock>& blocks =
        is_first_tile && is_first_chunk ? plan_.first_blocks : plan_.blocks;
    for (const KernelBlock& block : blocks) {
      Piece piece;
      if (chunk.group != group) {
        group = chunk.group;
        piece.parameter_words = std::int64_t{plan_.groups[group].tiles} * target_.sizes.entry_words;
      }
      piece.weight_words = SweepWords(target_.capabilities, code_bits_, chunk.tiles, block.steps);
      piece.column_tiles = chunk.tiles;
      piece.steps = block.steps;
      piece.is_last = &block == &blocks.back();
      piece.is_last_chunk =
          &block == &blocks.front() && &chunk == &plan_.chunks.back() && !is_first_chunk;
      piece.chunk_byte = std::int64_t{chunk.first_tile} * target_.capabilities.columns;
      pieces.push_back(piece);
    }
  }
  return pieces;
}

void ConvTimer::SetPositions(std::vector<Piece>& pieces, std::int64_t positions) const {
  const Stripes stripes = CutStripes(positions, target_.capabilities.accumulator_depth);
  for (Piece& piece : pieces) {
    const auto tile_cycles = [&](std::int64_t length) {
      const Cycle issue = piece.steps * std::max(length, step_words_);
      // Post drains one of two banks of accumulators at a time.
      return piece.is_last ? std::max(issue, (issue + length + kDrain) / 2) : issue;
    };
    LayerPipeline::Work& work = piece.work;
    work.issue = piece.column_tiles * ((stripes.count - 1) * tile_cycles(stripes.length) +
                                       tile_cycles(stripes.last)) -
                 std::max<Cycle>(step_words_ - stripes.last, 0);
    work.unpack = step_words_;
    work.last = stripes.last;
    work.drain = piece.is_last ? piece.column_tiles * positions : 1;
    work.last_drain = piece.is_last ? stripes.last : 1;
    work.has_outputs = piece.is_last;
  }
}

void ConvTimer::AddTile(LayerPipeline& pipeline, const TilePipeline::Tile& tile) {
  if (tile.positions != positions_) {
    positions_ = tile.positions;
    SetPositions(pieces_, positions_);
  }
  std::vector<Piece> first;
  if (tile.is_first) {
    first = MakePieces(true);
    SetPositions(first, positions_);
  }
  std::int64_t out_words = tile.out_words;
  for (const Piece& piece : tile.is_first ? first : pieces_) {
    if (piece.is_last_chunk && positions_ == 1) {
      const std::int64_t early =
          std::min(piece.chunk_byte / target_.sizes.bus_bytes, out_words - 1);
      pipeline.Store(early);
      out_words -= early;
    }
    if (piece.parameter_words > 0 && (tile.is_first || !parameters_stay_)) {
      pipeline.Load(Destination::kParameter,
                    piece.parameter_words,
                    target_.memory.Moving(piece.parameter_words));
    }
    if (tile.is_first || !weights_stay_) {
      pipeline.Load(
          Destination::kWeight, piece.weight_words, target_.memory.Moving(piece.weight_words));
    }
    pipeline.Compute(piece.work);
  }
  pipeline.Store(out_words);
}

Cycle ConvTimer::Cost(const WindowShape& shape, Cycle limit, TilePipeline::SureCycles sure) {
  return TilePipeline(shape, target_, plan_.tile)
      .Run(limit, sure, [&](LayerPipeline& pipeline, const TilePipeline::Tile& tile) {
        AddTile(pipeline, tile);
        return tile_steps_ * std::max(tile.positions, step_words_);
      });
}

}  // namespace denseshift::driver
