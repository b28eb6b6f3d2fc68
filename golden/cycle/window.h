// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_GOLDEN_CYCLE_WINDOW_H_
#define DENSESHIFT_GOLDEN_CYCLE_WINDOW_H_

#include <cstdint>

#include "golden/cycle/command.h"
#include "golden/cycle/state_list.h"

namespace denseshift::golden::cycle {

// The steps of a kernel window, or its taps; docs/commands.md "Steps", docs/timing.md "Feeder".
class Window {
 public:
  explicit Window(std::uint32_t lanes) : lanes_(lanes) {}

  void Start(const ComputeFields& command);

  // From a step that is not the last one to the next.
  void Move(const ComputeFields& command);

  // Of the current step or tap.
  [[nodiscard]] bool IsFirst() const { return first_; }

  [[nodiscard]] bool IsLast() const { return is_last_; }

  [[nodiscard]] bool UsesB() const { return length_b_ != 0; }

  [[nodiscard]] std::uint32_t length_a() const { return length_a_; }

  [[nodiscard]] std::uint32_t length_b() const { return length_b_; }

  // Row and first byte of part A, relative to the output position.
  [[nodiscard]] bool par() const { return par_; }

  [[nodiscard]] std::uint32_t slot() const { return slot_; }

  [[nodiscard]] std::uint32_t byte() const { return byte_; }

  // The next kernel row, where part B starts.
  [[nodiscard]] bool next_par() const { return next_par_; }

  [[nodiscard]] std::uint32_t next_slot() const { return next_slot_; }

  void ListState(StateList& list) const;

 private:
  void NextRow(const ComputeFields& command);
  void NextRun(const ComputeFields& command);
  void Derive(const ComputeFields& command);

  std::uint32_t lanes_;
  bool first_ = true;
  bool par_ = false;
  std::uint8_t x_left_ = 0;  // runs of the kernel row, with the current one
  std::uint8_t y_left_ = 0;
  std::uint32_t slot_ = 0;
  std::uint32_t run_byte_ = 0;
  std::uint32_t byte_ = 0;
  std::uint16_t run_left_ = 0;
  // What follows from the above, kept because a step lasts for many cycles.
  bool is_last_ = false;
  bool next_par_ = false;
  std::uint32_t next_slot_ = 0;
  std::uint32_t length_a_ = 0;
  std::uint32_t length_b_ = 0;
};

}  // namespace denseshift::golden::cycle

#endif  // DENSESHIFT_GOLDEN_CYCLE_WINDOW_H_
