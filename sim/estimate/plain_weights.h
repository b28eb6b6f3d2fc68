// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_ESTIMATE_PLAIN_WEIGHTS_H_
#define DENSESHIFT_SIM_ESTIMATE_PLAIN_WEIGHTS_H_

#include "driver/network/network.h"

namespace denseshift::sim {

// The network with weights of 1, biases and scales of 0 where it has none, so that it can run: how
// long that takes does not depend on values.
[[nodiscard]] driver::Network WithPlainWeights(driver::Network network);

}  // namespace denseshift::sim

#endif  // DENSESHIFT_SIM_ESTIMATE_PLAIN_WEIGHTS_H_
