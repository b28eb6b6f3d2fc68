// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "golden/cycle/sequencer.h"

#include <algorithm>
#include <cstring>

#include "golden/cycle/legal.h"

namespace denseshift::golden::cycle {
namespace {

constexpr std::uint32_t kChunkCommands = 4;
constexpr std::uint32_t kLastOfFirst = 15;  // command with one chunk ahead
constexpr unsigned kQueueBytes = 768;       // of fetched words: three chunks

}  // namespace

Sequencer::Sequencer(const Parameters& parameters)
    : parameters_(parameters),
      beats_(parameters.CommandWords()),
      words_(kQueueBytes / parameters.bus_bytes) {
}

// Until the first commands have been assembled, chunks are opened only one ahead: the first LOADs'
// addresses come before those of commands that are needed much later.
bool Sequencer::IsChunkDue(bool whole) const {
  const bool are_first = index_ < kLastOfFirst || (index_ == kLastOfFirst && !whole);
  const std::uint32_t chunks = are_first ? 1 : 2;
  return fetch_ != 0 && held_ <= chunks * kChunkCommands * beats_;
}

// Returns its words.
std::uint16_t Sequencer::OpenChunk() {
  const std::uint32_t commands = std::min(kChunkCommands, fetch_);
  const std::uint32_t words = commands * beats_;
  fetch_ -= commands;
  held_ = static_cast<std::uint8_t>(held_ + words);
  return static_cast<std::uint16_t>(words);
}

// Moves the open chunks and the counts of the LOADs around them. Those behind the last chunk that
// opened, `loads`, are issued only when no chunk is open.
void Sequencer::MoveChunks(std::uint32_t sent, bool opens, bool hands_over_load, bool issues) {
  const unsigned issued = issues ? 1 : 0;
  const unsigned issued_behind = chunk_ == 0 ? issued : 0;
  const std::uint16_t opened = opens ? OpenChunk() : 0;
  if (chunk_ != sent) {
    chunk_ = static_cast<std::uint16_t>(chunk_ - sent);
    before_ = static_cast<std::uint8_t>(before_ - issued);
    if (opens) {
      next_ = opened;
      between_ = loads_;
    }
  } else if (next_ != 0) {
    chunk_ = next_;
    before_ = between_;
    next_ = 0;
  } else {
    chunk_ = opened;
    if (opens)
      before_ = static_cast<std::uint8_t>(loads_ - issued);
  }
  const unsigned handed_over = hands_over_load ? 1 : 0;
  loads_ = opens ? 0 : static_cast<std::uint8_t>(loads_ + handed_over - issued_behind);
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
  const bool is_due = IsChunkDue(whole);
  // The other commands have no addresses to read from, so the chunk needs no place among them.
  const bool is_load = Bits(cmd_[0], 7, 0) == kLoad;
  const bool pushes = checked_ && legal_ && !(is_load && is_due) && !in.abort;
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

  const bool opens = next_ == 0 && is_due;
  const bool is_free = address_channel_.IsFree(in.address_accepted);
  const bool sends =
      HoldsLoads() && !in.load_address_stays && is_free && !bursts_.full() && !in.abort;
  const bool checks = whole && !checked_;
  // With HoldsLoads() it waits for more than AreLike() looks at, but never long.
  is_still_ = !values.is_active && !opens && !HoldsLoads() && !checks && in.beat == nullptr &&
              !in.load_issues && !address_channel_.valid();
  last_inputs_ = in;
  last_index_ = index_;
  if (is_free)
    address_channel_.SendNothing();
  if (moves)
    MoveWord();
  if (in.beat != nullptr)
    TakeBeat(*in.beat, errors);
  std::uint32_t sent = 0;
  if (sends) {
    const Burst burst = NextBurst(addr_, chunk_, parameters_.bus_bytes);
    address_channel_.Send(burst);
    bursts_.Push(burst.address);
    addr_ += burst.beats * parameters_.bus_bytes;
    sent = burst.beats;
  }
  MoveChunks(sent, opens, values.hands_over && is_load, in.load_issues);
  if (checks)
    Check(errors);
  checked_ = whole && !values.hands_over;
  if (values.hands_over)
    HandOver();
}

void Sequencer::Clear(const Sequencer& before, std::uint32_t list_address, std::uint32_t count) {
  addr_ = list_address;
  fetch_ = left_ = count;
  chunk_ = next_ = 0;
  held_ = 0;
  loads_ = before_ = between_ = 0;
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
  list.Add("sequencer.next", next_, 16);
  list.Add("sequencer.held", held_, 8);
  list.Add("sequencer.loads", loads_, 3);
  list.Add("sequencer.before", before_, 3);
  list.Add("sequencer.between", between_, 3);
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
