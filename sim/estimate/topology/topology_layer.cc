// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/estimate/topology/topology_layer.h"

namespace denseshift::sim {

namespace {

driver::Tensor MakeTensor(const std::string& name, int height, int width, int channels) {
  driver::Tensor tensor;
  tensor.name = name;
  tensor.height = height;
  tensor.width = width;
  tensor.channels = channels;
  return tensor;
}

}  // namespace

std::uint64_t TopologyLayer::Macs() const {
  std::uint64_t macs = 1;
  for (const int factor :
       {out_h, out_w, filters, window.kernel_h, window.kernel_w, channels, groups, batch}) {
    macs *= static_cast<std::uint64_t>(factor);
  }
  return macs;
}

driver::Network MakeNetwork(const TopologyLayer& layer) {
  driver::Layer conv;
  conv.name = layer.name;
  conv.onnx_type = layer.kind == TopologyKind::kGemm ? "Gemm" : "Conv";
  conv.op = driver::Operator::kConv;
  conv.inputs = {0};
  conv.output = 1;
  conv.window = layer.window;
  conv.code_bits = layer.bits;

  driver::Network network;
  network.name = layer.name;
  network.tensors = {MakeTensor("input", layer.in_h, layer.in_w, layer.channels),
                     MakeTensor(layer.name, layer.out_h, layer.out_w, layer.filters)};
  network.layers = {conv};
  network.input = 0;
  network.output = 1;
  return network;
}

}  // namespace denseshift::sim
