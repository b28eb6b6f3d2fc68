// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_ESTIMATE_TRAFFIC_H_
#define DENSESHIFT_SIM_ESTIMATE_TRAFFIC_H_

#include <vector>

#include "driver/command/command.h"
#include "driver/network/network.h"
#include "sim/estimate/network_estimate.h"

namespace denseshift::sim {

// Bytes the commands of each layer move, whole words of the bus. Those of STAMP do not count.
[[nodiscard]] std::vector<BusBytes> MovedByLayer(const std::vector<driver::Command>& commands,
                                                 std::size_t layers,
                                                 int bus_bytes);

// Bytes a layer has to move for `batch` images: each input, weight, parameter and output once.
[[nodiscard]] BusBytes LeastBytes(const driver::Network& network,
                                  const driver::Layer& layer,
                                  int batch);

}  // namespace denseshift::sim

#endif  // DENSESHIFT_SIM_ESTIMATE_TRAFFIC_H_
