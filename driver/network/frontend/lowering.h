// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_DRIVER_NETWORK_FRONTEND_LOWERING_H_
#define DENSESHIFT_DRIVER_NETWORK_FRONTEND_LOWERING_H_

#include "driver/network/frontend/graph.h"
#include "driver/network/frontend/quantizer.h"
#include "driver/network/import.h"
#include "driver/network/network.h"

namespace denseshift::driver::frontend {

// The one input of a graph.
//
// Errors  std::runtime_error: other than one input, a type other than FLOAT, DOUBLE, INT8 or UINT8,
//         other than [N, C, H, W] or [N, C], a dimension behind the batch that is not fixed.
[[nodiscard]] const GraphInput& CheckInput(const Graph& graph);

// Turns a simplified graph into integer layers; `calibration` serves the tensors that the graph
// does not quantize, `options` say what weights must be.
//
// Errors  std::runtime_error naming the node or tensor and the remedy.
[[nodiscard]] Network Lower(const Graph& graph,
                            const Calibration& calibration,
                            const ImportOptions& options);

}  // namespace denseshift::driver::frontend

#endif  // DENSESHIFT_DRIVER_NETWORK_FRONTEND_LOWERING_H_
