// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_LOCKSTEP_CHECK_BATCH_H_
#define DENSESHIFT_SIM_LOCKSTEP_CHECK_BATCH_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "sim/lockstep/state_lines.h"
#include "sim/rtl/shim/abi.h"

namespace denseshift::sim {

// Some clock cycles of an RTL, one after the other, as LockstepChecker wants them.
struct CheckBatch {
  struct Cycle {
    DevicePins pins;
    HostPins host;
    bool host_works = false;
    std::uint32_t changes_end = 0;  // of its part of `changes`
  };

  explicit CheckBatch(std::size_t lines) : cycles(kCycles) {
    changes.words.resize(kCycles * LineChanges::MaxWords(lines));
  }

  [[nodiscard]] bool IsFull() const { return count == kCycles; }

  void Clear() {
    count = 0;
    changes.count = 0;
  }

  static constexpr std::size_t kCycles = 256;

  std::uint64_t first = 0;  // number of the first cycle
  std::vector<Cycle> cycles;
  std::size_t count = 0;
  LineChanges changes;
};

}  // namespace denseshift::sim

#endif  // DENSESHIFT_SIM_LOCKSTEP_CHECK_BATCH_H_
