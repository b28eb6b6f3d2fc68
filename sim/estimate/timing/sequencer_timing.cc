// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/estimate/timing/sequencer_timing.h"

#include <algorithm>
#include <utility>

#include "driver/command/command.h"
#include "sim/estimate/timing/bursts.h"

namespace denseshift::sim::timing {
namespace {

constexpr std::uint32_t kChunkCommands = 4;
constexpr std::uint64_t kBurstQueue = 4;

}  // namespace

SequencerTiming::SequencerTiming(std::int64_t address,
                                 std::vector<CommandQueue*> targets,
                                 int bus_bytes)
    : targets_(std::move(targets)),
      bus_bytes_(bus_bytes),
      command_words_(static_cast<std::uint32_t>(driver::kCommandBytes) /
                     static_cast<unsigned>(bus_bytes)),
      address_(address),
      unfetched_(static_cast<std::uint32_t>(targets_.size())) {
  arrived_.reserve(std::size_t{command_words_} * targets_.size());
  collected_.reserve(targets_.size());
  PlanAddress();
}

// The cycle in which the next chunk opens: the one before is requested, and of all before that one
// no word is held any more.
Cycle SequencerTiming::ChunkOpens() const {
  const Cycle requested = last_sent_ + 1;
  if (chunks_ < 2)
    return requested;
  const std::size_t last_command = std::size_t{chunks_ - 1} * kChunkCommands - 1;
  if (last_command >= collected_.size())
    return kUnknown;
  return std::max(requested, collected_[last_command] + 1);
}

// When the next address is shown, as far as that is known.
void SequencerTiming::PlanAddress() {
  Cycle from = last_sent_ + 1;
  if (chunk_words_ == 0) {
    if (unfetched_ == 0)
      return;
    const Cycle opens = ChunkOpens();
    if (opens >= kUnknown)
      return;
    const std::uint32_t commands = std::min(kChunkCommands, unfetched_);
    chunk_words_ = std::int64_t{commands} * command_words_;
    unfetched_ -= commands;
    ++chunks_;
    from = opens + 1;
  }
  last_sent_ = std::max({from, accepted_, answered_.RoomFrom(bursts_, kBurstQueue)});
  shows_ = last_sent_ + 1;
  beats_ = BurstBeats(address_, chunk_words_, bus_bytes_);
}

void SequencerTiming::TakeBurst(Cycle accepted, const Cycle* beats) {
  arrived_.insert(arrived_.end(), beats, beats + beats_);
  answered_.Add(beats[beats_ - 1]);
  ++bursts_;
  accepted_ = accepted;
  address_ += std::int64_t{beats_} * bus_bytes_;
  chunk_words_ -= beats_;
  shows_ = kUnknown;
  PlanAddress();
}

bool SequencerTiming::Advance() {
  const std::uint32_t before = next_;
  while (next_ < targets_.size()) {
    if (checked_ >= kUnknown) {
      const std::size_t first = std::size_t{next_} * command_words_;
      if (first + command_words_ > arrived_.size())
        break;
      Cycle moved = handed_over_;
      for (std::size_t word = first; word < first + command_words_; ++word)
        moved = std::max(moved, arrived_[word]) + 1;
      collected_.push_back(moved);
      checked_ = moved + 1;
    }
    const Cycle room = targets_[next_]->RoomFrom();
    if (room >= kUnknown)
      break;
    handed_over_ = std::max(checked_ + 1, room);
    checked_ = kUnknown;
    targets_[next_]->Push(next_, handed_over_);
    ++next_;
  }
  if (shows_ >= kUnknown)
    PlanAddress();
  return next_ != before;
}

Cycle SequencerTiming::FinishedFrom() const {
  return next_ == targets_.size() ? handed_over_ + 1 : kUnknown;
}

}  // namespace denseshift::sim::timing
