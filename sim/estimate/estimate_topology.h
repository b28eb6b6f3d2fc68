// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_ESTIMATE_ESTIMATE_TOPOLOGY_H_
#define DENSESHIFT_SIM_ESTIMATE_ESTIMATE_TOPOLOGY_H_

#include <string>
#include <vector>

#include "sim/config/config.h"
#include "sim/estimate/network_estimate.h"
#include "sim/estimate/topology/topology_layer.h"

namespace denseshift::sim {

// Each layer as a job of its own; the groups of one are as many jobs. The timeline, if wanted,
// shows the first group of each.
//
// file    name for messages and the estimate
// Errors  std::runtime_error "FILE:LINE: ..." for a layer that does not fit the device.
[[nodiscard]] NetworkEstimate EstimateTopology(const std::string& file,
                                               const std::vector<TopologyLayer>& layers,
                                               const Config& config,
                                               bool timeline = false,
                                               bool search = true);

}  // namespace denseshift::sim

#endif  // DENSESHIFT_SIM_ESTIMATE_ESTIMATE_TOPOLOGY_H_
