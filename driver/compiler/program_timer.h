// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_DRIVER_COMPILER_PROGRAM_TIMER_H_
#define DENSESHIFT_DRIVER_COMPILER_PROGRAM_TIMER_H_

#include <cstdint>
#include <limits>

#include "driver/compiler/memory_speed.h"

namespace denseshift::driver {

struct ProgramPlan;

// Says how long programs take on a device with its memory, so that the compiler can choose among
// several.
class ProgramTimer {
 public:
  static constexpr std::int64_t kForever = std::numeric_limits<std::int64_t>::max();

  ProgramTimer() = default;
  ProgramTimer(const ProgramTimer&) = delete;
  ProgramTimer& operator=(const ProgramTimer&) = delete;
  virtual ~ProgramTimer() = default;

  // Cycles of a job of a program of that device. If they are more than `limit`, any number above
  // it.
  [[nodiscard]] virtual std::int64_t Cycles(const ProgramPlan& plan, std::int64_t limit) const = 0;

  // The same with a memory of that speed instead of the device's.
  [[nodiscard]] virtual std::int64_t CyclesWith(const MemorySpeed& memory,
                                                const ProgramPlan& plan,
                                                std::int64_t limit) const = 0;

  // Of the device's memory.
  [[nodiscard]] virtual MemorySpeed Memory() const = 0;
};

}  // namespace denseshift::driver

#endif  // DENSESHIFT_DRIVER_COMPILER_PROGRAM_TIMER_H_
