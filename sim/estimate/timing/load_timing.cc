// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/estimate/timing/load_timing.h"

#include <algorithm>
#include <variant>

namespace denseshift::sim::timing {

// Takes the next command if all it waits for is known.
bool LoadTiming::Take(const SequencerTiming& sequencer) {
  if (is_issuing_ || !queue_.HasNext())
    return false;
  const std::uint32_t index = queue_.NextIndex();
  const auto& command = std::get<driver::LoadCommand>(commands_[index]);
  const Cycle taken = std::max({queue_.NextThereFrom(),
                                issued_ + 1,
                                sequencer.LoadsFrom(written_.size()),
                                writer_.RoomFrom(),
                                tokens_.compute_to_load.ThereFrom(command.wait_a),
                                tokens_.store_to_load.ThereFrom(command.wait_b)});
  if (taken >= kUnknown)
    return false;
  queue_.Next();
  tokens_.compute_to_load.Take(command.wait_a);
  tokens_.store_to_load.Take(command.wait_b);
  writer_.Take(command, taken);
  written_.push_back({index, taken, command.signal_a != 0});
  rows_ = RowBursts(command.address, command.row_stride, command.rows, command.words);
  if (rows_.AreDone()) {
    issued_ = taken + 1;
    queue_.Pop(issued_);
  } else {
    is_issuing_ = true;
    issues_from_ = taken + 1;
    if (shows_ >= kUnknown)
      PlanAddress();
  }
  return true;
}

bool LoadTiming::Advance(const SequencerTiming& sequencer) {
  bool moves = Take(sequencer);
  moves |= writer_.CollectEnds([&](Cycle end) {
    const Written& written = written_[ended_++];
    if (written.signals)
      tokens_.load_to_compute.Give(end);
    if (spans_ != nullptr)
      spans_->push_back({SpanUnit::kLoad, written.index, written.taken, end + 1});
  });
  return moves;
}

void LoadTiming::TakeBurst(Cycle accepted, Cycle last_beat) {
  answered_.Add(last_beat);
  ++bursts_;
  accepted_ = accepted;
  shows_ = kUnknown;
  if (is_issuing_)
    PlanAddress();
}

Cycle LoadTiming::IdleFrom() const {
  return std::max(issued_ + 1, writer_.IdleFrom());
}

}  // namespace denseshift::sim::timing
