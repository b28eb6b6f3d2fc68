// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_ESTIMATE_SWEEP_PARETO_H_
#define DENSESHIFT_SIM_ESTIMATE_SWEEP_PARETO_H_

#include <vector>

#include "sim/estimate/sweep/sweep_result.h"

namespace denseshift::sim {

// Sets `pareto` of each outcome: whether no other one has cycles, PEs, buffer bytes and bus bits
// that are all not larger, and one of them smaller. Outcomes with an error are left out: they are
// not Pareto points, and hide none.
void MarkPareto(std::vector<SweepOutcome>& outcomes);

}  // namespace denseshift::sim

#endif  // DENSESHIFT_SIM_ESTIMATE_SWEEP_PARETO_H_
