// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_DRIVER_COMPILER_USUAL_LATENCIES_H_
#define DENSESHIFT_DRIVER_COMPILER_USUAL_LATENCIES_H_

#include <cstdint>

namespace denseshift::driver {

// What docs/timing.md comes to for a memory with a latency of 50 cycles; the compiler decides by
// these what is fast.
inline constexpr std::int64_t kMemoryLatency = 50;
inline constexpr std::int64_t kFirstLoadStart = 7 + kMemoryLatency;  // the first load starts
inline constexpr std::int64_t kLoadLatency =
    3 + kMemoryLatency;                          // from a load's start to before its first word
inline constexpr std::int64_t kTakeLatency = 2;  // from a load's end to the first issue

}  // namespace denseshift::driver

#endif  // DENSESHIFT_DRIVER_COMPILER_USUAL_LATENCIES_H_
