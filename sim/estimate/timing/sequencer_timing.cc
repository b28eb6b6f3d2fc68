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
constexpr std::uint32_t kFirstChunks = 4;  // during which one chunk is fetched ahead, then two
constexpr std::uint64_t kBurstQueue = 4;

// How many commands have been assembled when this chunk, from the third on, is due.
std::size_t AssembledBefore(std::uint32_t chunk) {
  return std::max<std::size_t>(chunk - 2, std::min(chunk - 1, kFirstChunks)) * kChunkCommands;
}

}  // namespace

SequencerTiming::SequencerTiming(std::int64_t address,
                                 std::vector<CommandQueue*> targets,
                                 const CommandQueue& loads,
                                 int bus_bytes)
    : targets_(std::move(targets)),
      loads_(loads),
      bus_bytes_(bus_bytes),
      command_words_(static_cast<std::uint32_t>(driver::kCommandBytes) /
                     static_cast<unsigned>(bus_bytes)),
      address_(address),
      unfetched_(static_cast<std::uint32_t>(targets_.size())) {
  arrived_.reserve(std::size_t{command_words_} * targets_.size());
  collected_.reserve(targets_.size());
  OpenChunks();
  PlanAddress({});
}

// Whether the next chunk waits for nothing but the requests of the one before the last.
bool SequencerTiming::IsChunkDue() const {
  return unfetched_ != 0 && (chunks_ < 2 || collected_.size() >= AssembledBefore(chunks_));
}

void SequencerTiming::OpenChunks() {
  while (IsChunkDue()) {
    Cycle opened = std::max(opened_ + 1, requested_.RoomFrom(chunks_, kOpenChunks));
    if (opened >= kUnknown)
      return;
    if (chunks_ >= 2)
      opened = std::max(opened, collected_[AssembledBefore(chunks_) - 1] + 1);
    opened_ = opened;
    const std::uint32_t commands = std::min(kChunkCommands, unfetched_);
    open_[chunks_ % kOpenChunks] = {
        std::int64_t{commands} * command_words_, opened, loads_.entered()};
    unfetched_ -= commands;
    ++chunks_;
  }
}

// When the next address is shown, as far as that is known.
void SequencerTiming::PlanAddress(const RequestedLoads& requested) {
  if (!HasOpenChunk() || requested.count < FirstOpenChunk().loads_before)
    return;
  last_sent_ = std::max({last_sent_ + 1,
                         FirstOpenChunk().opened + 1,
                         requested.last,
                         accepted_,
                         answered_.RoomFrom(bursts_, kBurstQueue)});
  shows_ = last_sent_ + 1;
  beats_ = BurstBeats(address_, FirstOpenChunk().words, bus_bytes_);
}

void SequencerTiming::TakeBurst(Cycle accepted, const Cycle* beats) {
  arrived_.insert(arrived_.end(), beats, beats + beats_);
  answered_.Add(beats[beats_ - 1]);
  ++bursts_;
  accepted_ = accepted;
  address_ += std::int64_t{beats_} * bus_bytes_;
  shows_ = kUnknown;
  Chunk& chunk = open_[requested_.count() % kOpenChunks];
  chunk.words -= beats_;
  if (chunk.words == 0)
    requested_.Add(last_sent_);
  OpenChunks();
}

bool SequencerTiming::Advance(const RequestedLoads& requested) {
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
    OpenChunks();
    const bool is_load = targets_[next_] == &loads_;
    const Cycle room = targets_[next_]->RoomFrom();
    if (room >= kUnknown || (is_load && IsChunkDue()))
      break;
    handed_over_ = std::max({checked_ + 1, is_load ? opened_ + 1 : 0, room});
    checked_ = kUnknown;
    targets_[next_]->Push(next_, handed_over_);
    ++next_;
  }
  if (shows_ >= kUnknown)
    PlanAddress(requested);
  return next_ != before;
}

Cycle SequencerTiming::FinishedFrom() const {
  return next_ == targets_.size() ? handed_over_ + 1 : kUnknown;
}

}  // namespace denseshift::sim::timing
