// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/estimate/timing/load_writer_timing.h"

#include <algorithm>

namespace denseshift::sim::timing {

void LoadWriterTiming::Take(const driver::LoadCommand& command, Cycle cycle) {
  queue_.push_back({&command, cycle});
  ++taken_;
  if (!is_writing_)
    Start();
}

// The next command, up to its first word of data. One without any is written at once.
void LoadWriterTiming::Start() {
  while (next_ < queue_.size()) {
    const driver::LoadCommand& command = *queue_[next_].command;
    const Cycle taken = queue_[next_].taken;
    const std::int64_t row = command.left + command.words + command.right;
    is_writing_ = true;
    next_write_ = std::max(taken + 1, last_end_ + 1) + 1 + command.top * row;
    rows_left_ = command.rows;
    words_left_ = command.words;
    if (rows_left_ != 0) {
      next_write_ += command.left;
      return;
    }
    EndCommand();
  }
}

void LoadWriterTiming::EndCommand() {
  const driver::LoadCommand& command = *queue_[next_].command;
  next_write_ += command.bottom * (command.left + command.words + command.right);
  last_end_ = next_write_ - 1;
  ended_.Add(last_end_);
  ++next_;
  is_writing_ = false;
}

void LoadWriterTiming::EndRow() {
  continues_run_ = false;
  const driver::LoadCommand& command = *queue_[next_].command;
  words_left_ = command.words;
  next_write_ += command.right;
  if (--rows_left_ != 0) {
    next_write_ += command.left;
    return;
  }
  EndCommand();
  Start();
}

// Of a word among the last kDataDepth.
Cycle LoadWriterTiming::WrittenAt(std::uint64_t word) const {
  std::uint64_t number = run_count_ - 1;
  while (runs_[number % kDataDepth].first_word > word)
    --number;
  const Run& run = runs_[number % kDataDepth];
  return run.first_cycle + static_cast<Cycle>(word - run.first_word);
}

// Each beat takes the place of the word as many before it as the queue holds: evenly if these were
// written so.
Cycle LoadWriterTiming::EvenlyBehind(Cycle first, int beats) const {
  if (words_ < kDataDepth)
    return kUnknown;
  const std::uint64_t word = words_ - kDataDepth;
  const Cycle written = WrittenAt(word);
  const bool is_even = WrittenAt(word + static_cast<unsigned>(beats) - 1) - written == beats - 1;
  return is_even ? std::max(first, written + 1) : kUnknown;
}

void LoadWriterTiming::Push(Cycle first, int beats) {
  const Cycle written = std::max(next_write_, first + 1);
  if (written != next_write_ || !continues_run_)
    runs_[run_count_++ % kDataDepth] = {words_, written};
  continues_run_ = true;
  words_ += static_cast<unsigned>(beats);
  next_write_ = written + beats;
  words_left_ -= beats;
  if (words_left_ == 0)
    EndRow();
}

}  // namespace denseshift::sim::timing
