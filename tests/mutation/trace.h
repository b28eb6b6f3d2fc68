// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_TESTS_MUTATION_TRACE_H_
#define DENSESHIFT_TESTS_MUTATION_TRACE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "sim/memory/axi_pins.h"
#include "sim/rtl/shim/abi.h"

namespace denseshift::testing {

// All pins of ds_top in one clock cycle: what it is driven with, and what it has to drive.
struct TraceCycle {
  sim::HostPins host;
  sim::AxiMemoryPins memory;
  sim::DevicePins expected;
  bool is_compared = true;
  // What all long counters hold after this cycle instead of what they would.
  std::optional<std::uint64_t> preset;
};

// What one stimulus does to a device that has just been built.
struct Trace {
  std::string name;
  std::vector<TraceCycle> cycles;
};

// The name of the first pin that differs, or nullptr. Pins that belong to a valid signal count only
// while it is high.
[[nodiscard]] const char* FirstDifference(const sim::DevicePins& expected,
                                          const sim::DevicePins& actual,
                                          int bus_bytes);

}  // namespace denseshift::testing

#endif  // DENSESHIFT_TESTS_MUTATION_TRACE_H_
