// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_TESTS_DRIVER_RESNET18_H_
#define DENSESHIFT_TESTS_DRIVER_RESNET18_H_

#include "driver/network/network.h"
#include "tests/driver/random_network.h"

namespace denseshift::driver::testing {

// Adds ResNet-18 for pictures of 224x224x3 (He et al., 2016) with random constants: every
// convolution padded, max pool, additions, average pool and the fully connected layer.
void AddResNet18(NetworkBuilder& builder, int code_bits);

}  // namespace denseshift::driver::testing

#endif  // DENSESHIFT_TESTS_DRIVER_RESNET18_H_
