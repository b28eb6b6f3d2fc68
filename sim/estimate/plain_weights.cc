// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/estimate/plain_weights.h"

#include <cstddef>

namespace denseshift::sim {

driver::Network WithPlainWeights(driver::Network network) {
  for (driver::Layer& layer : network.layers) {
    if (layer.op != driver::Operator::kConv || !layer.codes.empty())
      continue;
    const driver::Tensor& output = network.tensors.at(static_cast<std::size_t>(layer.output));
    const std::size_t positions =
        static_cast<std::size_t>(output.height) * static_cast<std::size_t>(output.width);
    layer.codes.assign(layer.Macs(network.tensors) / positions, 0);
    layer.bias.assign(static_cast<std::size_t>(output.channels), 0);
    layer.scale.assign(static_cast<std::size_t>(output.channels), {});
  }
  return network;
}

}  // namespace denseshift::sim
