// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_DRIVER_NETWORK_FRONTEND_SIMPLIFY_H_
#define DENSESHIFT_DRIVER_NETWORK_FRONTEND_SIMPLIFY_H_

#include <string>
#include <vector>

#include "driver/network/frontend/graph.h"
#include "driver/network/network.h"

namespace denseshift::driver::frontend {

// Reduces a graph, in place, to what its one output needs: a Softmax at the very end is dropped,
// nodes that do not reach the output are removed, nodes on constants become constants.
//
// Returns   notes for the user about what was left out.
// Errors    std::runtime_error: other than one output, an operator, attribute or number of inputs
//           that is not supported, a tensor that nothing before its use produces.
[[nodiscard]] std::vector<std::string> Simplify(Graph* graph);

// Folds layers that only clamp the tensor before them into the layer that makes it, where no other
// layer reads it, and drops the tensors that are no longer used.
void FoldClamps(Network* network);

}  // namespace denseshift::driver::frontend

#endif  // DENSESHIFT_DRIVER_NETWORK_FRONTEND_SIMPLIFY_H_
