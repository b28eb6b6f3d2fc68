// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_DRIVER_COMPILER_LIST_TIMES_H_
#define DENSESHIFT_DRIVER_COMPILER_LIST_TIMES_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "driver/compiler/usual_latencies.h"

namespace denseshift::driver {

// A load that is not in the list yet. Compute commands are named by rank: how many come before.
struct PendingLoad {
  int id = 0;
  int needed_by = 0;       // the compute command that follows it in program order
  int ready = 0;           // the first one it can stand before without blocking others
  int reader = -1;         // the last one it has to wait for, -1: none
  std::int64_t words = 0;  // from memory
};

// When the commands laid out so far run with a memory as fast as the bus, roughly: by what
// OrderCommands() chooses among loads.
class ListTimes {
 public:
  using Cycle = std::int64_t;

  // `work` are the cycles of each compute command.
  explicit ListTimes(const std::vector<Cycle>& work)
      : work_(work.size() + 1), arrived_(work.size() + 1) {
    for (std::size_t rank = 0; rank < work.size(); ++rank) {
      work_[rank + 1] = work_[rank] + work[rank];
    }
    ends_.reserve(work.size() + 1);
    ends_.push_back(0);
  }

  // When the memory is done with the loads laid out.
  [[nodiscard]] Cycle memory_free() const { return memory_free_; }

  // When a compute command ends; those not laid out yet wait for no load.
  [[nodiscard]] Cycle EndOfCompute(int rank) const {
    const std::size_t count = static_cast<std::size_t>(rank) + 1;  // 0 for rank -1
    return count < ends_.size() ? ends_[count]
                                : ends_.back() + work_[count] - work_[ends_.size() - 1];
  }

  // When a load ends for which the memory is free from `memory_free` on.
  [[nodiscard]] Cycle EndOfLoad(const PendingLoad& load, Cycle memory_free) const {
    return std::max(memory_free, EndOfCompute(load.reader) + kLoadLatency) + load.words;
  }

  // How long the compute command that needs a load waits for it if it ends in `end`.
  [[nodiscard]] Cycle WaitFor(const PendingLoad& load, Cycle end) const {
    return std::max<Cycle>(end - EndOfCompute(load.needed_by - 1), 0);
  }

  void Add(const PendingLoad& load) {
    memory_free_ = EndOfLoad(load, memory_free_);
    arrived_[static_cast<std::size_t>(load.needed_by)] = memory_free_;
  }

  // The next compute command.
  void AddCompute() {
    const std::size_t rank = ends_.size() - 1;
    const Cycle start = std::max(ends_.back() + 1, arrived_[rank] + kTakeLatency);
    ends_.push_back(start + work_[rank + 1] - work_[rank]);
  }

 private:
  std::vector<Cycle> work_;     // of all compute commands before each
  std::vector<Cycle> arrived_;  // the last load each needs
  std::vector<Cycle> ends_;     // of the compute commands laid out, after one before them all
  Cycle memory_free_ = kFirstLoadStart;
};

}  // namespace denseshift::driver

#endif  // DENSESHIFT_DRIVER_COMPILER_LIST_TIMES_H_
