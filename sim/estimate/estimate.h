// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_ESTIMATE_ESTIMATE_H_
#define DENSESHIFT_SIM_ESTIMATE_ESTIMATE_H_

#include <vector>

#include "driver/network/network.h"
#include "sim/config/config.h"
#include "sim/estimate/network_estimate.h"

namespace denseshift::sim {

struct EstimateOptions {
  int batch = 1;          // images of the job
  bool timeline = false;  // say what each unit does when
  bool search = true;     // CompileFor()
};

// The cycles the RTL takes for the first job after reset, and where they go; docs/estimate.md.
// Weights and biases of the network may be missing.
//
// Errors  as driver::Compile.
[[nodiscard]] NetworkEstimate EstimateNetwork(const driver::Network& network,
                                              const Config& config,
                                              const EstimateOptions& options = {});

}  // namespace denseshift::sim

#endif  // DENSESHIFT_SIM_ESTIMATE_ESTIMATE_H_
