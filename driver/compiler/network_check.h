// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_DRIVER_COMPILER_NETWORK_CHECK_H_
#define DENSESHIFT_DRIVER_COMPILER_NETWORK_CHECK_H_

#include "driver/capabilities.h"
#include "driver/network/network.h"

namespace denseshift::driver {

// Checks that a network's parts fit together and that the device's arithmetic can run it: shapes,
// indices, value ranges, code width, and that no sum can overflow.
// Without `constants` only what does not look at weights and biases.
//
// Errors  std::invalid_argument naming the layer and what is wrong.
void CheckNetwork(const Network& network, const Capabilities& capabilities, bool constants);

}  // namespace denseshift::driver

#endif  // DENSESHIFT_DRIVER_COMPILER_NETWORK_CHECK_H_
