// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_ESTIMATE_ARRAY_CYCLES_H_
#define DENSESHIFT_SIM_ESTIMATE_ARRAY_CYCLES_H_

#include <vector>

#include "sim/estimate/network_estimate.h"
#include "sim/estimate/timing/array_use.h"
#include "sim/estimate/timing/cycle.h"

namespace denseshift::sim {

// What the array does in the cycles of each layer. Layer i ends in `ends`[i], the job with the
// last; what lies between a layer's last step and its end is its drain.
[[nodiscard]] std::vector<ArrayCycles> CyclesByLayer(const timing::ArrayUse& use,
                                                     const std::vector<timing::Cycle>& ends);

}  // namespace denseshift::sim

#endif  // DENSESHIFT_SIM_ESTIMATE_ARRAY_CYCLES_H_
