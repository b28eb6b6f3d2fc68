// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_TESTS_DRIVER_NETWORK_EXACT_RUNNER_H_
#define DENSESHIFT_TESTS_DRIVER_NETWORK_EXACT_RUNNER_H_

#include "driver/network/frontend/array.h"
#include "driver/network/frontend/graph.h"

namespace denseshift::driver {

// Runs a graph of ExportExactOnnx on one image, [1, C, H, W] or [1, C] real values.
[[nodiscard]] frontend::Array RunExact(const frontend::Graph& graph, const frontend::Array& input);

}  // namespace denseshift::driver

#endif  // DENSESHIFT_TESTS_DRIVER_NETWORK_EXACT_RUNNER_H_
