// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/estimate/timing/compute_timing.h"

#include <algorithm>
#include <variant>

namespace denseshift::sim::timing {
namespace {

constexpr Cycle kSumStages = 4;   // from a column tile's last issue to its first drain
constexpr Cycle kPostStages = 4;  // from a drain to its write

const driver::WindowCommand& WindowOf(const driver::Command& command) {
  if (const auto* conv = std::get_if<driver::ConvCommand>(&command))
    return *conv;
  return std::get<driver::VectorCommand>(command);
}

// Cycles in which steps of a command are issued.
Cycle IssuesOf(const driver::Command& command) {
  if (const auto* conv = std::get_if<driver::ConvCommand>(&command)) {
    return conv->column_tiles * conv->steps *
           ((conv->stripes - 1) * conv->stripe + conv->last_stripe);
  }
  if (const auto* vector = std::get_if<driver::VectorCommand>(&command)) {
    return vector->out_rows * vector->out_columns * vector->groups * vector->runs_x *
           vector->runs_y;
  }
  return 0;
}

}  // namespace

ComputeTiming::ComputeTiming(const std::vector<driver::Command>& commands,
                             Tokens& tokens,
                             const DeviceParameters& device,
                             std::vector<Span>* spans)
    : commands_(commands), tokens_(tokens), unpacker_(device), spans_(spans) {
  for (const driver::Command& command : commands)
    issues_left_ += IssuesOf(command);
}

// All steps of a column tile, and its drain.
void ComputeTiming::RunColumnTile(const driver::ConvCommand& command, std::int64_t positions) {
  for (std::int64_t step = 0; step < command.steps; ++step) {
    if (step > 0) {
      const std::int64_t alike =
          std::min(unpacker_.AlikeTiles(positions), command.steps - 1 - step);
      if (alike > 0) {
        issue_ += alike * positions;
        use_.Until(issue_, Use::kCompute);
        tile_taken_ = issue_ - positions;
        unpacker_.SkipTiles(alike, tile_taken_ - positions);
        step += alike;
      }
    }
    const Cycle ready = unpacker_.NextTile(tile_taken_);
    use_.Until(ready, Use::kWeightLoad);
    issue_ = std::max(issue_, ready);
    if (step == 0 && command.first != 0) {
      const Cycle room = released_[static_cast<std::size_t>(bank_)] + 1;
      use_.Until(room, Use::kPost);
      issue_ = std::max(issue_, room);
    }
    tile_taken_ = issue_;
    issue_ += positions;
    use_.Until(issue_, Use::kCompute);
  }
  const Cycle summed = issue_ - 1 + kSumStages;
  drain_ = std::max(drain_, summed) + (command.last != 0 ? positions : 1);
  if (command.last != 0) {
    released_[static_cast<std::size_t>(bank_)] = drain_ - 1;
    bank_ = 1 - bank_;
  }
}

void ComputeTiming::RunConv(const driver::ConvCommand& command) {
  for (std::int64_t stripe = 1; stripe <= command.stripes; ++stripe) {
    const std::int64_t positions = stripe == command.stripes ? command.last_stripe : command.stripe;
    for (std::int64_t tile = 0; tile < command.column_tiles; ++tile)
      RunColumnTile(command, positions);
  }
  unpacked_.Add(unpacker_.ended());
}

void ComputeTiming::RunVector(Cycle issues) {
  issue_ += issues;
  use_.Until(issue_, Use::kCompute);
  drain_ = issue_ + 1;
}

// A command that is taken in `taken`, and would have been in `wanted` if the walkers' queues had
// room.
void ComputeTiming::Run(std::uint32_t index, Cycle taken, Cycle wanted) {
  const driver::Command& command = commands_[index];
  const driver::WindowCommand& window = WindowOf(command);
  const auto* conv = std::get_if<driver::ConvCommand>(&command);
  const Cycle issues = IssuesOf(command);
  issues_left_ -= issues;
  const Cycle there = taken + 1;
  const Cycle post_starts = std::max(there, posted_.Last() + 1);
  Cycle starts = std::max(there, fed_.Last() + 1);
  use_.Until(
      wanted + 1, Use::kMemory, window.layer != layer_ ? static_cast<std::int32_t>(layer_) : -1);
  layer_ = window.layer;
  if (conv == nullptr)
    starts = std::max(starts, post_starts + 1);
  use_.Until(starts, Use::kPost);
  issue_ = starts + 1;
  use_.Until(issue_, Use::kFill);
  drain_ = std::max(drain_, post_starts + 1);
  if (conv != nullptr) {
    unpacker_.Start(*conv, there);
    RunConv(*conv);
  } else {
    RunVector(issues);
  }
  fed_.Add(issue_ - 1);
  posted_.Add(drain_ - 1);
  if (window.signal_a != 0)
    tokens_.compute_to_load.Give(issue_ - 1);
  if (window.signal_b != 0)
    tokens_.compute_to_store.Give(drain_ - 1 + kPostStages);
  idle_from_ = drain_ + kPostStages;
  if (spans_ != nullptr) {
    spans_->push_back({SpanUnit::kArray, index, starts, issue_});
    spans_->push_back({SpanUnit::kPost, index, post_starts, drain_});
  }
}

bool ComputeTiming::Advance() {
  bool moves = false;
  while (queue_.HasNext()) {
    const std::uint32_t index = queue_.NextIndex();
    const driver::WindowCommand& window = WindowOf(commands_[index]);
    const Cycle wanted = std::max({queue_.NextThereFrom(),
                                   tokens_.load_to_compute.ThereFrom(window.wait_a),
                                   tokens_.store_to_compute.ThereFrom(window.wait_b)});
    if (wanted >= kUnknown)
      break;
    const Cycle taken = std::max({wanted,
                                  unpacked_.RoomFrom(unpacked_.count(), kWalkerQueue),
                                  fed_.RoomFrom(fed_.count(), kWalkerQueue),
                                  posted_.RoomFrom(posted_.count(), kWalkerQueue)});
    queue_.Next();
    tokens_.load_to_compute.Take(window.wait_a);
    tokens_.store_to_compute.Take(window.wait_b);
    queue_.Pop(taken);
    Run(index, taken, wanted);
    moves = true;
  }
  return moves;
}

}  // namespace denseshift::sim::timing
