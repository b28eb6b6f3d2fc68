// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/estimate/timing/load_writer_timing.h"

#include <algorithm>

namespace denseshift::sim::timing {

void LoadWriterTiming::Take(const driver::LoadCommand& command, Cycle cycle) {
  queue_.push_back({command, cycle});
  ++taken_;
  if (!is_writing_)
    Start();
}

// The next command, up to its first word of data. One without any is written at once.
void LoadWriterTiming::Start() {
  while (next_ < queue_.size()) {
    const auto& [command, taken] = queue_[next_];
    const std::int64_t row = command.left + command.words + command.right;
    is_writing_ = true;
    idle_from_ = std::max(taken + 1, last_end_ + 1) + 1 + command.top * row;
    rows_left_ = command.rows;
    words_left_ = command.words;
    if (rows_left_ != 0) {
      idle_from_ += command.left;
      return;
    }
    EndCommand();
  }
}

void LoadWriterTiming::EndCommand() {
  const driver::LoadCommand& command = queue_[next_].command;
  idle_from_ += command.bottom * (command.left + command.words + command.right);
  last_end_ = idle_from_ - 1;
  ended_.Add(last_end_);
  ++next_;
  is_writing_ = false;
}

void LoadWriterTiming::EndRow() {
  const driver::LoadCommand& command = queue_[next_].command;
  words_left_ = command.words;
  idle_from_ += command.right;
  if (--rows_left_ != 0) {
    idle_from_ += command.left;
    return;
  }
  EndCommand();
  Start();
}

void LoadWriterTiming::Push(Cycle cycle) {
  const Cycle written = std::max(idle_from_, cycle + 1);
  written_.Add(written);
  ++words_;
  idle_from_ = written + 1;
  if (--words_left_ == 0)
    EndRow();
}

void LoadWriterTiming::PushBurst(Cycle first, int beats) {
  const Cycle written = std::max(idle_from_, first + 1);
  for (int i = 0; i < beats; ++i)
    written_.Add(written + i);
  words_ += static_cast<unsigned>(beats);
  idle_from_ = written + beats;
  words_left_ -= beats;
  if (words_left_ == 0)
    EndRow();
}

}  // namespace denseshift::sim::timing
