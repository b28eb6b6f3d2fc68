// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "golden/cycle/sequencer.h"

#include <algorithm>
#include <cstring>

#include "golden/cycle/legal.h"

namespace denseshift::golden::cycle {
namespace {

constexpr std::uint32_t kChunkCommands = 4;
constexpr unsigned kQueueBytes = 512;  // of fetched words: two chunks

}  // namespace

Sequencer::Sequencer(const Parameters& parameters)
    : parameters_(parameters),
      beats_(parameters.CommandWords()),
      words_(kQueueBytes / parameters.bus_bytes) {
}

// Moves the counts of LOADs: `loads` handed over and not yet issued, `before` those of them whose
// addresses go before the open chunk's.
void Sequencer::CountLoads(bool hands_over, bool issues, bool opens) {
  const auto left = [issues](std::uint8_t count) {
    return static_cast<std::uint8_t>(issues && count != 0 ? count - 1U : count);
  };
  before_ = left(opens ? loads_ : before_);
  loads_ = left(loads_);
  if (hands_over)
    ++loads_;
}

void Sequencer::OpenChunk() {
  const std::uint32_t commands = std::min(kChunkCommands, fetch_);
  chunk_ = static_cast<std::uint16_t>(commands * beats_);
  fetch_ -= commands;
  held_ = static_cast<std::uint8_t>(held_ + chunk_);
}

void Sequencer::TakeBeat(const ReadBeat& beat, Errors& errors) {
  if (IsErrorResponse(beat.response)) {
    errors.Raise(kSequencerUnit,
                 Bit(beat.response, 0) ? kReadDecodeError : kReadSlaveError,
                 received_ / beats_,
                 bursts_.head());
  }
  BusWord word{};
  CopyBusWord(word.data(), beat.data, parameters_.bus_bytes);
  words_.Push(word);
  ++received_;
  if (beat.is_last)
    bursts_.Pop();
}

// Words enter at the top: after all of a command's the first is the lowest.
void Sequencer::MoveWord() {
  const std::uint32_t bytes = parameters_.bus_bytes;
  auto* cmd = reinterpret_cast<std::uint8_t*>(cmd_.data());
  std::memmove(cmd, cmd + bytes, sizeof(cmd_) - bytes);
  std::memcpy(cmd + sizeof(cmd_) - bytes, words_.head().data(), bytes);
  words_.Pop();
  ++beat_;
  --held_;
}

void Sequencer::Check(Errors& errors) {
  Command command;
  command.words = cmd_;
  legal_ = IsLegal(command, parameters_);
  if (!legal_)
    errors.Raise(kSequencerUnit, kIllegalCommand, index_, 0);
}

bool Sequencer::TargetIsFull(const Inputs& in) const {
  switch (Bits(cmd_[0], 7, 0)) {
    case kLoad:
      return in.load_full;
    case kConv:
    case kVector:
      return in.compute_full;
    default:
      return in.store_full;
  }
}

void Sequencer::HandOver() {
  handed_over_.words = cmd_;
  handed_over_.index = index_;
  beat_ = 0;
  ++index_;
  --left_;
}

void Sequencer::Work(const Inputs& in, Errors& errors) {
  Values& values = values_;
  const bool whole = beat_ == beats_;
  const bool is_due = fetch_ != 0 && held_ <= kChunkCommands * beats_;
  const bool pushes = checked_ && legal_ && !is_due && !in.abort;
  values.hands_over = pushes && !TargetIsFull(in);
  const bool moves = !words_.empty() && !whole;
  values.is_active = values.hands_over || moves;
  if (values.hands_over) {
    values.activity = kBusy;
  } else if (left_ == 0) {
    values.activity = kIdle;
  } else {
    values.activity = pushes ? kWaitsForOutput : kWaitsForInput;
  }

  const bool opens = chunk_ == 0 && is_due;
  const bool is_free = address_channel_.IsFree(in.address_accepted);
  const bool sends =
      HoldsLoads() && !in.load_address_stays && is_free && !bursts_.full() && !in.abort;
  const bool checks = whole && !checked_;
  // With HoldsLoads() it waits for more than AreLike() looks at, but never long.
  is_still_ = !values.is_active && !opens && !HoldsLoads() && !checks && in.beat == nullptr &&
              !in.load_issues && !address_channel_.valid();
  last_inputs_ = in;
  if (is_free)
    address_channel_.SendNothing();
  CountLoads(values.hands_over && Bits(cmd_[0], 7, 0) == kLoad, in.load_issues, opens);
  if (opens)
    OpenChunk();
  if (moves)
    MoveWord();
  if (in.beat != nullptr)
    TakeBeat(*in.beat, errors);
  if (sends) {
    const Burst burst = NextBurst(addr_, chunk_, parameters_.bus_bytes);
    address_channel_.Send(burst);
    bursts_.Push(burst.address);
    addr_ += burst.beats * parameters_.bus_bytes;
    chunk_ = static_cast<std::uint16_t>(chunk_ - burst.beats);
  }
  if (checks)
    Check(errors);
  checked_ = whole && !values.hands_over;
  if (values.hands_over)
    HandOver();
}

void Sequencer::Clear(const Sequencer& before, std::uint32_t list_address, std::uint32_t count) {
  addr_ = list_address;
  fetch_ = left_ = count;
  chunk_ = 0;
  held_ = 0;
  loads_ = before_ = 0;
  address_channel_.Clear(before.address_channel_);
  beat_ = 0;
  index_ = 0;
  received_ = 0;
  checked_ = false;
  words_.Clear(before.words_);
  bursts_.Clear(before.bursts_);
  is_still_ = false;
  legal_ = before.legal_;
}

void Sequencer::ListState(StateList& list) const {
  list.Add("sequencer.addr", addr_, 32);
  list.Add("sequencer.fetch", fetch_, 32);
  list.Add("sequencer.chunk", chunk_, 16);
  list.Add("sequencer.held", held_, 8);
  list.Add("sequencer.loads", loads_, 3);
  list.Add("sequencer.before", before_, 3);
  address_channel_.ListState(list, "sequencer.arvalid", "sequencer.araddr", "sequencer.arlen");
  list.AddRaw("sequencer.cmd", cmd_.data(), 512, 1);
  list.Add("sequencer.beat", beat_, 4);
  list.Add("sequencer.index", index_, 32);
  list.Add("sequencer.left", left_, 32);
  list.Add("sequencer.received", received_, 32);
  list.Add("sequencer.checked", checked_, 1);
  list.Add("sequencer.legal", legal_, 1);
  words_.ListState(list, "sequencer.words", 8 * parameters_.bus_bytes);
  bursts_.ListState(list, "sequencer.bursts", 32);
}

}  // namespace denseshift::golden::cycle
