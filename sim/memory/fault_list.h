// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_MEMORY_FAULT_LIST_H_
#define DENSESHIFT_SIM_MEMORY_FAULT_LIST_H_

#include <cstdint>
#include <vector>

#include "sim/memory/burst_queue.h"
#include "sim/memory/memory_parameters.h"

namespace denseshift::sim {

// The faults that tests have asked for.
class FaultList {
 public:
  void Add(const Fault& fault) { faults_.push_back(fault); }

  void Clear() { faults_.clear(); }

  [[nodiscard]] bool IsEmpty() const { return faults_.empty(); }

  // Does to the `number`-th burst of a direction what the faults that mean it say.
  void Apply(Direction direction, std::uint64_t number, Burst& burst) const;

  // Whether no address is to be accepted after so many bursts.
  [[nodiscard]] bool BlocksAddress(Direction direction, std::uint64_t bursts) const;

 private:
  std::vector<Fault> faults_;
};

}  // namespace denseshift::sim

#endif  // DENSESHIFT_SIM_MEMORY_FAULT_LIST_H_
