// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_TESTS_DRIVER_NETWORK_REFERENCE_H_
#define DENSESHIFT_TESTS_DRIVER_NETWORK_REFERENCE_H_

#include <vector>

#include "driver/network/network.h"

namespace denseshift::driver {

// Runs a network as docs/arithmetic.md defines it, one loop nest per operator.
//
// input   device values, [H, W, C] order.
// Returns all tensors, each [H, W, C], by index into network.tensors.
[[nodiscard]] std::vector<std::vector<int>> RunReference(const Network& network,
                                                         const std::vector<int>& input);

}  // namespace denseshift::driver

#endif  // DENSESHIFT_TESTS_DRIVER_NETWORK_REFERENCE_H_
