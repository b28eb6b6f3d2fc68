// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_ESTIMATE_BOTTLENECK_H_
#define DENSESHIFT_SIM_ESTIMATE_BOTTLENECK_H_

#include <string>

#include "sim/estimate/network_estimate.h"

namespace denseshift::sim {

// What the cycles of a layer, or of a network, went to most: "compute" if at least nine tenths of
// them compute, else the largest of the others; docs/estimate.md "Where the cycles went".
[[nodiscard]] std::string Bottleneck(const ArrayCycles& cycles);

}  // namespace denseshift::sim

#endif  // DENSESHIFT_SIM_ESTIMATE_BOTTLENECK_H_
