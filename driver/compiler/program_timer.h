// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_DRIVER_COMPILER_PROGRAM_TIMER_H_
#define DENSESHIFT_DRIVER_COMPILER_PROGRAM_TIMER_H_

#include <cstdint>

#include "driver/compiler/memory_speed.h"

namespace denseshift::driver {

struct ProgramPlan;

// Says how long programs take on a device with its memory, so that the compiler can choose among
// several.
class ProgramTimer {
 public:
  ProgramTimer() = default;
  ProgramTimer(const ProgramTimer&) = delete;
  ProgramTimer& operator=(const ProgramTimer&) = delete;
  virtual ~ProgramTimer() = default;

  // Cycles of a job of a program of that device.
  [[nodiscard]] virtual std::int64_t Cycles(const ProgramPlan& plan) const = 0;

  // Of its memory.
  [[nodiscard]] virtual MemorySpeed Memory() const = 0;
};

}  // namespace denseshift::driver

#endif  // DENSESHIFT_DRIVER_COMPILER_PROGRAM_TIMER_H_
