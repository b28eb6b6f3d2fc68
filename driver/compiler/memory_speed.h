// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_DRIVER_COMPILER_MEMORY_SPEED_H_
#define DENSESHIFT_DRIVER_COMPILER_MEMORY_SPEED_H_

#include <algorithm>
#include <cstdint>

namespace denseshift::driver {

// How fast the device's memory is, as far as the compiler looks at it. The default is as fast as
// the bus.
struct MemorySpeed {
  double word_cycles = 1;   // of a word of the bus, at least 1
  double burst_cycles = 7;  // of a burst, however short: its latency, shared by all on their way

  // Cycles that `words` consecutive words take.
  [[nodiscard]] std::int64_t Moving(std::int64_t words) const {
    return static_cast<std::int64_t>(static_cast<double>(words) * word_cycles);
  }

  // Cycles that `rows` rows of `words` words take, each a burst or more.
  [[nodiscard]] std::int64_t Moving(std::int64_t rows, std::int64_t words) const {
    return static_cast<std::int64_t>(static_cast<double>(rows) * RowCycles(words));
  }

  [[nodiscard]] double RowCycles(std::int64_t words) const {
    return std::max(static_cast<double>(words) * word_cycles, burst_cycles);
  }
};

}  // namespace denseshift::driver

#endif  // DENSESHIFT_DRIVER_COMPILER_MEMORY_SPEED_H_
