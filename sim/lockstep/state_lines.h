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

// How lines have changed, as WideMemory writes it.
struct LineChanges {
  std::vector<std::uint64_t> words;
  std::size_t count = 0;

  // Words that the changes of so many lines can take, and what may be touched beyond.
  static std::size_t MaxWords(std::size_t lines) { return lines * (kLineWords + 1) + kLineWords; }
};

// The lines of the host's memory that hold the registers of an RTL model, its memories left out,
// and a copy of each. Lines are numbered from 0.
class StateLines {
 public:
  explicit StateLines(const std::vector<StateEntry>& rtl);

  [[nodiscard]] std::size_t size() const { return copies_.size(); }

  // Appends how lines differ from their copies, and brings the copies up to date. There must be
  // room for MaxWords(size()).
  void Collect(LineChanges& changes);

  // Changes the copies in the same way: words first .. end - 1 of the changes.
  void Apply(const LineChanges& changes, std::size_t first, std::size_t end) {
    memory_.apply_changes(&changes.words[first], end - first, copies_.data());
  }

  // The same entries, their items in the copies.
  [[nodiscard]] std::vector<StateEntry> InCopies(std::vector<StateEntry> rtl) const;

 private:
  const WideMemory& memory_ = FindWideMemory();
  std::vector<const std::uint8_t*> places_;  // ascending
  std::vector<StateLine> copies_;
};

}  // namespace denseshift::sim

#endif  // DENSESHIFT_SIM_LOCKSTEP_STATE_LINES_H_
