// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_ESTIMATE_TIMING_SPAN_H_
#define DENSESHIFT_SIM_ESTIMATE_TIMING_SPAN_H_

#include <cstdint>

#include "sim/estimate/timing/cycle.h"

namespace denseshift::sim::timing {

enum class SpanUnit { kLoad, kArray, kPost, kStore };

// What a unit does for one command, from the cycle in which it takes it up to before `end`.
struct Span {
  SpanUnit unit = SpanUnit::kLoad;
  std::uint32_t command = 0;  // index in the list
  Cycle begin = 0;
  Cycle end = 0;
};

}  // namespace denseshift::sim::timing

#endif  // DENSESHIFT_SIM_ESTIMATE_TIMING_SPAN_H_
