// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_GOLDEN_CYCLE_COUNTERS_H_
#define DENSESHIFT_GOLDEN_CYCLE_COUNTERS_H_

#include <array>
#include <cstdint>

#include "golden/cycle/errors.h"
#include "golden/cycle/state_list.h"

namespace denseshift::golden::cycle {

// What a unit does in a cycle; docs/registers.md "Counters".
enum Activity : std::uint8_t { kBusy = 0, kWaitsForInput = 1, kWaitsForOutput = 2, kIdle = 3 };

constexpr std::uint32_t kActivities = 4;

using Activities = std::array<Activity, kUnits>;  // by unit number

// docs/timing.md "Counters".
class Counters {
 public:
  void Clear() { counts_.fill(0); }

  // The end of a cycle of a running job.
  void Count(const Activities& activities) {
    for (std::uint32_t unit = 0; unit < kUnits; ++unit)
      ++counts_[unit * kActivities + activities[unit]];
  }

  // Counter of a unit, numbered through: unit * 4 + activity.
  [[nodiscard]] std::uint64_t count(std::uint32_t number) const { return counts_[number]; }

  void ListState(StateList& list) const {
    list.AddArray("counters.count", counts_.data(), 64, counts_.size());
  }

 private:
  std::array<std::uint64_t, std::size_t{kUnits} * kActivities> counts_{};
};

}  // namespace denseshift::golden::cycle

#endif  // DENSESHIFT_GOLDEN_CYCLE_COUNTERS_H_
