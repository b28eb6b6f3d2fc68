// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "driver/compiler/conv_timer.h"

#include <algorithm>
#include <cstddef>
#include <utility>

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
      step_words_(SweepWords(target.capabilities, code_bits, 1, 1)) {
  for (const KernelBlock& block : plan.blocks) {
    tile_steps_ += std::int64_t{plan.column_tiles} * block.steps;
  }
}

std::vector<ConvTimer::Piece> ConvTimer::MakePieces(bool is_first_tile) const {
  std::vector<Piece> pieces;
  pieces.reserve(plan_.chunks.size() * plan_.blocks.size() + plan_.first_blocks.size());
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
      const bool is_alike = !pieces.empty() && pieces.back().column_tiles == chunk.tiles &&
                            pieces.back().steps == block.steps;
      piece.weight_words =
          is_alike ? pieces.back().weight_words
                   : SweepWords(target_.capabilities, code_bits_, chunk.tiles, block.steps);
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

// Tiles are of few sizes: inside, at the edges, in the corner.
const ConvTimer::TilePieces& ConvTimer::PiecesFor(std::int64_t positions) {
  const auto known = std::find_if(pieces_.begin(), pieces_.end(), [&](const TilePieces& pieces) {
    return pieces.positions == positions;
  });
  if (known != pieces_.end()) {
    return *known;
  }
  TilePieces pieces{positions, pieces_.empty() ? MakePieces(false) : pieces_.front().all, {}};
  if (plan_.can_join) {
    Piece all = pieces.all.back();
    all.column_tiles = plan_.column_tiles;
    all.is_last_chunk = false;
    pieces.joined = {all};
  }
  SetPositions(pieces.all, positions);
  SetPositions(pieces.joined, positions);
  return pieces_.emplace_back(std::move(pieces));
}

void ConvTimer::AddTile(LayerPipeline& pipeline, const TilePipeline::Tile& tile) {
  if (tile.is_first) {
    std::vector<Piece> pieces = MakePieces(true);
    SetPositions(pieces, tile.positions);
    AddPieces(pipeline, tile, pieces);
    return;
  }
  const TilePieces& pieces = PiecesFor(tile.positions);
  const bool joins = plan_.Joins(tile.is_first, tile.is_last, tile.positions);
  AddPieces(pipeline, tile, joins ? pieces.joined : pieces.all);
}

void ConvTimer::AddPieces(LayerPipeline& pipeline,
                          const TilePipeline::Tile& tile,
                          const std::vector<Piece>& pieces) const {
  std::int64_t out_words = tile.out_words;
  for (const Piece& piece : pieces) {
    if (piece.is_last_chunk && tile.positions == 1) {
      const std::int64_t early =
          std::min(piece.chunk_byte / target_.sizes.bus_bytes, out_words - 1);
      pipeline.Store(early);
      out_words -= early;
    }
    if (piece.parameter_words > 0 && (tile.is_first || !plan_.parameters_stay)) {
      pipeline.Load(Destination::kParameter,
                    piece.parameter_words,
                    target_.memory.Moving(piece.parameter_words));
    }
    if (tile.is_first || !plan_.weights_stay) {
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
