// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "golden/cycle/window.h"

#include <algorithm>

#include "golden/cycle/bits.h"

namespace denseshift::golden::cycle {

void Window::Start(const ComputeFields& command) {
  first_ = true;
  par_ = false;
  x_left_ = static_cast<std::uint8_t>(command.runs_x);
  y_left_ = static_cast<std::uint8_t>(command.runs_y);
  slot_ = 0;
  run_byte_ = byte_ = command.x0;
  run_left_ = static_cast<std::uint16_t>(command.run_len);
  Derive(command);
}

void Window::Derive(const ComputeFields& command) {
  const bool carries = par_ && command.kernel_row_odd;
  next_slot_ = (slot_ + command.kernel_row_step + (carries ? command.pitch : 0)) & kSlotMask;
  next_par_ = par_ != command.kernel_row_odd;
  const bool is_last_run = x_left_ == 1 && y_left_ == 1;
  length_b_ = 0;
  length_a_ = std::min<std::uint32_t>(lanes_, run_left_);
  if (length_a_ < lanes_ && command.dual && !is_last_run)
    length_b_ = std::min(lanes_ - length_a_, command.run_len);
  if (length_b_ == 0) {
    is_last_ = is_last_run && run_left_ <= lanes_;
  } else {
    is_last_ = y_left_ == 2 && length_b_ == command.run_len;
  }
}

// To the start of the next kernel row.
void Window::NextRow(const ComputeFields& command) {
  const bool carries = par_ && command.kernel_row_odd;
  slot_ = (slot_ + command.kernel_row_step + (carries ? command.pitch : 0)) & kSlotMask;
  par_ = par_ != command.kernel_row_odd;
  x_left_ = static_cast<std::uint8_t>(command.runs_x);
  --y_left_;
  run_byte_ = byte_ = command.x0;
  run_left_ = static_cast<std::uint16_t>(command.run_len);
}

void Window::NextRun(const ComputeFields& command) {
  if (x_left_ == 1) {
    NextRow(command);
    return;
  }
  --x_left_;
  run_byte_ = byte_ = (run_byte_ + command.run_step) & kByteMask;
  run_left_ = static_cast<std::uint16_t>(command.run_len);
}

void Window::Move(const ComputeFields& command) {
  const std::uint32_t length_b = length_b_;
  first_ = false;
  if (length_b != 0) {
    NextRow(command);
    if (length_b == command.run_len) {
      NextRow(command);
    } else {
      byte_ = (byte_ + length_b) & kByteMask;
      run_left_ = static_cast<std::uint16_t>(run_left_ - length_b);
    }
  } else if (run_left_ <= lanes_) {
    NextRun(command);
  } else {
    byte_ = (byte_ + lanes_) & kByteMask;
    run_left_ = static_cast<std::uint16_t>(run_left_ - lanes_);
  }
  Derive(command);
}

void Window::ListState(StateList& list) const {
  list.Add("window.first", first_, 1);
  list.Add("window.par", par_, 1);
  list.Add("window.x_left", x_left_, 8);
  list.Add("window.y_left", y_left_, 8);
  list.Add("window.slot", slot_, 17);
  list.Add("window.run_byte", run_byte_, 24);
  list.Add("window.byte", byte_, 24);
  list.Add("window.run_left", run_left_, 16);
}

}  // namespace denseshift::golden::cycle
