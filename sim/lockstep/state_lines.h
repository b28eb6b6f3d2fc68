// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_LOCKSTEP_STATE_LINES_H_
#define DENSESHIFT_SIM_LOCKSTEP_STATE_LINES_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "sim/lockstep/wide_memory.h"
#include "sim/rtl/shim/abi.h"

namespace denseshift::sim {

// Lines that changed, one after the other.
struct LineChanges {
  std::vector<StateLine> lines;
  std::vector<std::uint16_t> numbers;  // of each line
  std::size_t count = 0;
};

// The lines of the host's memory that hold the registers of an RTL model, its memories left out,
// and a copy of each. Lines are numbered from 0.
class StateLines {
 public:
  explicit StateLines(const std::vector<StateEntry>& rtl);

  [[nodiscard]] std::size_t size() const { return copies_.size(); }

  // Appends every line that differs from its copy, and brings the copies up to date. There must be
  // room for size() + 1 lines.
  void Collect(LineChanges& changes);

  // Brings line `number` of the copies up to date.
  void Apply(std::uint16_t number, const StateLine& line) { copies_[number] = line; }

  // The same entries, their items in the copies.
  [[nodiscard]] std::vector<StateEntry> InCopies(std::vector<StateEntry> rtl) const;

 private:
  const WideMemory& memory_ = FindWideMemory();
  std::vector<const std::uint8_t*> places_;  // ascending
  std::vector<StateLine> copies_;
};

}  // namespace denseshift::sim

#endif  // DENSESHIFT_SIM_LOCKSTEP_STATE_LINES_H_
