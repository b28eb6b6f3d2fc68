// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "golden/cycle/load.h"

namespace denseshift::golden::cycle {
namespace {

enum Destination : std::uint32_t { kActivation = 0, kWeight = 1 };

constexpr unsigned kIndexedBurstBits = 64;

}  // namespace

void Load::StepIssuer(const Inputs& in, Tokens& tokens) {
  const bool is_free = address_channel_.IsFree(in.address_accepted);
  if (!issuing_) {
    if (is_free)
      address_channel_.SendNothing();
    values_.takes = Starts(in, tokens);
    if (!values_.takes)
      return;
    const Command& command = queue_.head();
    tokens.Take(command, kComputeToLoad, kStoreToLoad);
    issuing_ = true;
    rows_.Start(command, Bits(command.words[4], 15, 0), Bits(command.words[4], 31, 16));
    return;
  }
  bool& issues = values_.issues;
  issues = rows_.AreDone();
  if (is_free) {
    address_channel_.SendNothing();
    if (!issues && !bursts_.full() && !in.abort) {
      const Burst burst = rows_.Next(parameters_.bus_bytes);
      address_channel_.Send(burst);
      bursts_.Push({burst.address, queue_.head().index});
      issues = rows_.AreDone();
    }
  }
  if (issues) {
    queue_.Pop();
    issuing_ = false;
  }
}

// A word of data, with fill behind its valid bytes, or of fill.
void Load::WriteWord(bool is_data, std::uint32_t index, Errors& errors) {
  BusWord word;
  if (is_data) {
    word = data_.head();
    data_.Pop();
    const bool is_last = column_ + 1 == command_.left + command_.words;
    for (std::uint32_t i = is_last ? command_.tail : kMaxBusBytes; i < kMaxBusBytes; ++i)
      word[i] = static_cast<std::uint8_t>(command_.fill);
  } else {
    word.fill(static_cast<std::uint8_t>(command_.fill));
  }
  WordBuffer* target = &targets_.parameter;
  if (command_.destination == kActivation)
    target = &targets_.activation[par_ ? 1 : 0];
  if (command_.destination == kWeight)
    target = &targets_.weight;
  const std::uint32_t place = (base_ + column_) & kWordMask;
  if (target->Contains(place)) {
    target->Write(place, word.data());
  } else {
    errors.Raise(kLoadUnit, kBufferBounds, index, place * parameters_.bus_bytes);
  }
}

// Returns whether the last place was passed.
bool Load::NextPlace() {
  if (column_ + 1 != command_.left + command_.words + command_.right) {
    ++column_;
    return false;
  }
  const bool is_end = row_ + 1 == command_.top + command_.rows + command_.bottom;
  column_ = 0;
  ++row_;
  if (par_)
    base_ = (base_ + command_.pitch) & kWordMask;
  par_ = !par_;
  return is_end;
}

// Returns whether a word is written. Its command ends if it then does not write any more.
bool Load::StepWriter(const Inputs& in, std::uint32_t index, Errors& errors) {
  const bool is_data = IsDataPlace();
  if (in.abort || (is_data && data_.empty()))
    return false;
  WriteWord(is_data, index, errors);
  writing_ = !NextPlace();
  return true;
}

void Load::TakeBeat(const ReadBeat& beat, bool abort) {
  if (!abort) {
    BusWord word{};
    CopyBusWord(word.data(), beat.data, parameters_.bus_bytes);
    data_.Push(word);
  }
  if (beat.is_last)
    bursts_.Pop();
}

Activity Load::CurrentActivity(bool writes) const {
  if (writes)
    return kBusy;
  return writing_ || !queue_.empty() || !writer_queue_.empty() || issuing_ ? kWaitsForInput : kIdle;
}

void Load::Work(const Inputs& in, Tokens& tokens, Errors& errors) {
  Values& values = values_;
  values.takes = values.issues = values.gives = false;
  is_still_ = in.beat == nullptr && !address_channel_.valid();
  last_abort_ = in.abort;
  queue_was_empty_ = queue_.empty();
  values.activity = CurrentActivity(false);
  if (in.beat != nullptr && IsErrorResponse(in.beat->response)) {
    // Before an error of the writer's; the beat itself is taken below.
    errors.Raise(kLoadUnit,
                 Bit(in.beat->response, 0) ? kReadDecodeError : kReadSlaveError,
                 bursts_.head().index,
                 bursts_.head().address);
  }
  const bool writer_was_empty = writer_queue_.empty();
  const bool was_writing = writing_;
  bool ends = false;
  if (was_writing && StepWriter(in, writer_queue_.head().index, errors)) {
    values.activity = kBusy;
    ends = !writing_;
    values.index = writer_queue_.head().index;
    values.gives = ends && Bit(writer_queue_.head().words[0], 24);
  }
  StepIssuer(in, tokens);
  if (!was_writing) {
    const Command& next = writer_queue_.head();
    par_ = Bit(next.words[5], 2);
    row_ = column_ = 0;
    base_ = Bits(next.words[8], 15, 0);
    writing_ = !writer_was_empty;
    if (writing_)
      command_ = DecodeLoad(next);
  }
  if (ends)
    writer_queue_.Pop();
  if (values.takes)
    writer_queue_.Push(queue_.head());
  if (in.beat != nullptr)
    TakeBeat(*in.beat, in.abort);
  if (values.activity == kBusy || values.takes || values.issues || was_writing != writing_ ||
      address_channel_.valid() || queue_.empty() != queue_was_empty_ || issuing_)
    is_still_ = false;
}

void Load::Clear(const Load& before) {
  is_still_ = false;
  issuing_ = false;
  address_channel_.Clear(before.address_channel_);
  writing_ = false;
  queue_.Clear(before.queue_);
  writer_queue_.Clear(before.writer_queue_);
  bursts_.Clear(before.bursts_);
  data_.Clear(before.data_);
  rows_ = before.rows_;
  par_ = before.par_;
  row_ = before.row_;
  column_ = before.column_;
  base_ = before.base_;
}

void Load::ListState(StateList& list) const {
  list.Add("load.issuing", issuing_, 1);
  address_channel_.ListState(list, "load.arvalid", "load.araddr", "load.arlen");
  rows_.ListState(list, "load");
  list.Add("load.writing", writing_, 1);
  list.Add("load.par", par_, 1);
  list.Add("load.row", row_, 18);
  list.Add("load.column", column_, 18);
  list.Add("load.base", base_, 18);
  queue_.ListState(list, "load.queue", kCommandBits);
  writer_queue_.ListState(list, "load.writer", kCommandBits);
  bursts_.ListState(list, "load.bursts", kIndexedBurstBits);
  data_.ListState(list, "load.data", 8 * parameters_.bus_bytes);
}

}  // namespace denseshift::golden::cycle
