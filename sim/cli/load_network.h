// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_CLI_LOAD_NETWORK_H_
#define DENSESHIFT_SIM_CLI_LOAD_NETWORK_H_

#include <string>

#include "driver/network/network.h"
#include "sim/config/config.h"

namespace denseshift::sim {

// Imports an ONNX file for a configuration and prints the importer's notes on standard error.
// `calibrate` names a .npy file of sample inputs, or is empty.
//
// Errors  as driver::ImportOnnx, ReadNpy and MakeCalibration.
[[nodiscard]] driver::Network LoadNetwork(const std::string& file,
                                          const Config& config,
                                          const std::string& calibrate);

}  // namespace denseshift::sim

#endif  // DENSESHIFT_SIM_CLI_LOAD_NETWORK_H_
