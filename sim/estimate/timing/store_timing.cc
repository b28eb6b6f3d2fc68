// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/estimate/timing/store_timing.h"

#include <algorithm>
#include <variant>

namespace denseshift::sim::timing {
namespace {

constexpr std::uint64_t kBurstQueue = 16;
constexpr std::uint64_t kMaxAhead = 4;  // bursts announced whose beats are not all sent

}  // namespace

StoreTiming::StoreTiming(const std::vector<driver::Command>& commands,
                         Tokens& tokens,
                         const MemoryParameters& memory,
                         const Stalls& stalls,
                         std::vector<Span>* spans)
    : commands_(commands),
      tokens_(tokens),
      spans_(spans),
      bus_bytes_(memory.bus_bytes),
      latency_(memory.latency_cycles),
      max_outstanding_(static_cast<unsigned>(memory.max_outstanding_writes)),
      stalls_(stalls),
      pace_(memory, stalls, Channel::kWrite) {
}

// The next address, announced from `from` on. Returns when it is accepted.
Cycle StoreTiming::Announce(Cycle from) {
  const Cycle announced = std::max({from,
                                    accepted_,
                                    sent_.RoomFrom(bursts_, kMaxAhead),
                                    answered_.RoomFrom(bursts_, kBurstQueue)});
  const Cycle shown = std::max(announced + 1, answered_.RoomFrom(bursts_, max_outstanding_));
  accepted_ = stalls_.FreeFrom(Channel::kWriteAddress, shown);
  ++bursts_;
  return accepted_;
}

// The beats of a burst. Returns when the last is sent.
//
// Up to four words are read ahead, two cycles before they can be sent. As beats take a cycle each,
// the place of a word that was sent four beats ago is always free in time: only the first word of a
// command has to be waited for.
Cycle StoreTiming::Send(int beats, Cycle accepted, Cycle taken) {
  constexpr Cycle kFirstWord = 3;
  const Cycle first = std::max({beat_ + 1, taken + kFirstWord, accepted + 1});
  if (pace_.IsFree()) {
    beat_ = first + beats - 1;
  } else {
    beat_ = pace_.Next(first);
    for (int i = 1; i < beats; ++i)
      beat_ = pace_.Next(beat_ + 1);
  }
  sent_.Add(beat_);
  return beat_;
}

void StoreTiming::Respond(Cycle sent) {
  answered_.Add(
      stalls_.FreeFrom(Channel::kResponse, std::max(sent + latency_, answered_.Last() + 1)));
}

void StoreTiming::Move(RowBursts rows, Cycle taken) {
  while (!rows.AreDone()) {
    const int beats = rows.Next(bus_bytes_);
    const Cycle accepted = Announce(taken + 1);
    Respond(Send(beats, accepted, taken));
  }
  finished_ = answered_.Last() + 1;
}

bool StoreTiming::Advance() {
  bool moves = false;
  while (queue_.HasNext()) {
    const std::uint32_t index = queue_.NextIndex();
    const driver::Command& command = commands_[index];
    const driver::CommandHeader& header = driver::HeaderOf(command);
    const Cycle taken = std::max(
        {queue_.NextThereFrom(), finished_ + 1, tokens_.compute_to_store.ThereFrom(header.wait_a)});
    if (taken >= kUnknown)
      break;
    queue_.Next();
    tokens_.compute_to_store.Take(header.wait_a);
    if (const auto* store = std::get_if<driver::StoreCommand>(&command)) {
      Move({store->address, store->row_stride, store->rows, store->words}, taken);
    } else {
      const auto& stamp = std::get<driver::StampCommand>(command);
      stamps_.push_back({stamp.address, taken});
      Move({stamp.address, 0, 1, 1}, taken);
    }
    queue_.Pop(finished_);
    if (header.signal_a != 0)
      tokens_.store_to_compute.Give(finished_);
    if (header.signal_b != 0)
      tokens_.store_to_load.Give(finished_);
    if (spans_ != nullptr)
      spans_->push_back({SpanUnit::kStore, index, taken, finished_ + 1});
    moves = true;
  }
  return moves;
}

}  // namespace denseshift::sim::timing
