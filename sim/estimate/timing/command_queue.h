// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_ESTIMATE_TIMING_COMMAND_QUEUE_H_
#define DENSESHIFT_SIM_ESTIMATE_TIMING_COMMAND_QUEUE_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "sim/estimate/timing/cycle.h"
#include "sim/estimate/timing/history.h"

namespace denseshift::sim::timing {

// The queue of a unit, four deep, that the sequencer fills.
class CommandQueue {
 public:
  // The cycle from which on a command can enter; kUnknown as History::RoomFrom.
  [[nodiscard]] Cycle RoomFrom() const { return popped_.RoomFrom(entered_.size(), kDepth); }

  // Command `index` of the list enters in `cycle`.
  void Push(std::uint32_t index, Cycle cycle) { entered_.push_back({index, cycle}); }

  void Pop(Cycle cycle) { popped_.Add(cycle); }

  // Commands that have entered, and left.
  [[nodiscard]] std::uint64_t entered() const { return entered_.size(); }

  [[nodiscard]] std::uint64_t popped() const { return popped_.count(); }

  // When the last one that has left did.
  [[nodiscard]] Cycle LastPop() const { return popped_.Last(); }

  // Whether a command has entered that next() was not called for.
  [[nodiscard]] bool HasNext() const { return next_ < entered_.size(); }

  [[nodiscard]] std::uint32_t NextIndex() const { return entered_[next_].index; }

  // The cycle from which on the next command can be seen at the head, if those before it are gone.
  [[nodiscard]] Cycle NextThereFrom() const { return entered_[next_].cycle + 1; }

  void Next() { ++next_; }

 private:
  static constexpr std::uint64_t kDepth = 4;

  struct Entry {
    std::uint32_t index = 0;
    Cycle cycle = 0;
  };

  std::vector<Entry> entered_;
  std::size_t next_ = 0;
  History<4> popped_;
};

}  // namespace denseshift::sim::timing

#endif  // DENSESHIFT_SIM_ESTIMATE_TIMING_COMMAND_QUEUE_H_
