// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_ESTIMATE_TIMING_CYCLE_H_
#define DENSESHIFT_SIM_ESTIMATE_TIMING_CYCLE_H_

#include <cstdint>
#include <limits>

namespace denseshift::sim::timing {

// A clock cycle of a job: 0 is the first after the start.
using Cycle = std::int64_t;

// Later than all that is known: what it depends on has not been timed yet.
constexpr Cycle kUnknown = std::numeric_limits<Cycle>::max() / 2;

}  // namespace denseshift::sim::timing

#endif  // DENSESHIFT_SIM_ESTIMATE_TIMING_CYCLE_H_
