// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_DRIVER_NETWORK_FRONTEND_CALIBRATE_H_
#define DENSESHIFT_DRIVER_NETWORK_FRONTEND_CALIBRATE_H_

#include <functional>
#include <map>
#include <string>

#include "driver/network/frontend/graph.h"
#include "driver/network/frontend/quantizer.h"
#include "driver/network/import.h"

namespace denseshift::driver::frontend {

// Runs a graph in floating point.
//
// Calls visit(name, value) for every input and for the first output of every node, in order.
// Errors  std::runtime_error naming the node that fails.
void Execute(const Graph& graph,
             const std::map<std::string, Array>& feeds,
             const std::function<void(const std::string&, const Array&)>& visit);

// Runs the graph on the sample images of the options and chooses a quantization for every
// activation tensor from the range of its values. Empty without samples. With shapes only, every
// tensor gets scale 1 and zero point 0.
//
// Range     smallest and largest value over all images, or the percentiles of the options; the
//           percentiles come from a histogram of 2^13 bins over the whole range.
// Scale     range / 255 or largest magnitude / 127, rounded to float32; a tensor of zeros gets 1.
// Errors    std::invalid_argument for samples of the wrong size, or on which a value is not finite.
[[nodiscard]] Calibration Calibrate(const Graph& graph, const ImportOptions& options);

}  // namespace denseshift::driver::frontend

#endif  // DENSESHIFT_DRIVER_NETWORK_FRONTEND_CALIBRATE_H_
