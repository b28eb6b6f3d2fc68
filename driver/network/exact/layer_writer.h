// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_DRIVER_NETWORK_EXACT_LAYER_WRITER_H_
#define DENSESHIFT_DRIVER_NETWORK_EXACT_LAYER_WRITER_H_

#include <cstddef>
#include <string>
#include <vector>

#include "driver/network/exact/graph_writer.h"
#include "driver/network/network.h"

namespace denseshift::driver::exact {

// Adds the nodes of one layer and returns the name of its output.
//
// Inputs and output are float32 tensors [N, C, H, W] that hold the device's int8 values.
//
// Errors  std::invalid_argument naming the layer if its parameters do not fit its shapes.
[[nodiscard]] std::string WriteLayer(const Layer& layer,
                                     const std::vector<Tensor>& tensors,
                                     const std::vector<std::string>& inputs,
                                     GraphWriter* graph);

// The weights of a convolution as ONNX weight tensors [out, in, kernel row, kernel column] whose
// sum they are. Each makes a float32 convolution of (x - zero_in), |x - zero_in| <= input_bound,
// exact: its values are multiples of one power of two, below 2^24 of it in every partial sum.
[[nodiscard]] std::vector<std::vector<float>> ExactWeightParts(const Layer& layer,
                                                               std::size_t in_channels,
                                                               int input_bound);

}  // namespace denseshift::driver::exact

#endif  // DENSESHIFT_DRIVER_NETWORK_EXACT_LAYER_WRITER_H_
