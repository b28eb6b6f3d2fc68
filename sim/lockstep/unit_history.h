// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_LOCKSTEP_UNIT_HISTORY_H_
#define DENSESHIFT_SIM_LOCKSTEP_UNIT_HISTORY_H_

#include <cstdint>
#include <deque>
#include <string>
#include <vector>

#include "sim/lockstep/signal.h"

namespace denseshift::sim {

// The values of one unit's signals in the last cycles, on both sides.
class UnitHistory {
 public:
  static constexpr std::size_t kCycles = 8;

  struct Value {
    std::string model;  // hexadecimal
    std::string rtl;
  };

  struct Cycle {
    std::uint64_t number;
    std::vector<Value> values;  // of each signal
  };

  // Of `signals`, those of `unit` that are at most 64 bits wide and belong to no lane or column,
  // and `first` if it is there.
  UnitHistory(const std::vector<Signal>& signals, const std::string& unit, const Signal& first);

  // Adds the values of now and forgets those of kCycles ago.
  void Record(std::uint64_t cycle);

  [[nodiscard]] const std::vector<Signal>& signals() const { return signals_; }

  [[nodiscard]] const std::deque<Cycle>& cycles() const { return cycles_; }

 private:
  std::vector<Signal> signals_;
  std::deque<Cycle> cycles_;
};

}  // namespace denseshift::sim

#endif  // DENSESHIFT_SIM_LOCKSTEP_UNIT_HISTORY_H_
