// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_WATCHDOG_H_
#define DENSESHIFT_SIM_WATCHDOG_H_

#include <cstdint>

#include "driver/runtime.h"
#include "sim/memory/memory_parameters.h"

namespace denseshift::sim {

// Cycles without progress that end a job: `own`, and what the memory may take for one answer.
inline std::uint32_t Watchdog(const MemoryParameters& memory, std::uint32_t own) {
  return own + static_cast<std::uint32_t>(memory.latency_cycles) +
         static_cast<std::uint32_t>(memory.refresh_cycles);
}

// Options for jobs on this memory.
inline driver::RuntimeOptions RuntimeOptionsFor(const MemoryParameters& memory) {
  driver::RuntimeOptions options;
  options.watchdog = Watchdog(memory, options.watchdog);
  return options;
}

}  // namespace denseshift::sim

#endif  // DENSESHIFT_SIM_WATCHDOG_H_
