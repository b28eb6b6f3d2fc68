// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/check/golden_network.h"

#include <stdexcept>

namespace denseshift::sim {

namespace {

golden::Window MakeWindow(const driver::Window& w) {
  golden::Window window;
  window.kernel_h = w.kernel_h;
  window.kernel_w = w.kernel_w;
  window.stride_h = w.stride_h;
  window.stride_w = w.stride_w;
  window.dilation_h = w.dilation_h;
  window.dilation_w = w.dilation_w;
  window.pad_top = w.pad_top;
  window.pad_left = w.pad_left;
  window.pad_bottom = w.pad_bottom;
  window.pad_right = w.pad_right;
  return window;
}

golden::Scale MakeScale(const driver::FixedPoint& scale) {
  return {scale.multiplier, scale.shift};
}

std::size_t Index(int i) {
  return static_cast<std::size_t>(i);
}

}  // namespace

GoldenNetwork::GoldenNetwork(const driver::Network& network) : network_(network) {
  for (const driver::Layer& layer : network.layers) {
    const bool is_conv = layer.op == driver::Operator::kConv;
    convs_.push_back(is_conv ? MakeConv(layer) : golden::ConvLayer{});
  }
}

golden::ConvLayer GoldenNetwork::MakeConv(const driver::Layer& layer) const {
  const driver::Tensor& out = network_.tensors.at(Index(layer.output));
  golden::ConvLayer conv;
  conv.window = MakeWindow(layer.window);
  conv.out_channels = out.channels;
  conv.weights.reserve(layer.codes.size());
  for (const std::uint8_t code : layer.codes) {
    conv.weights.push_back(golden::DecodeCode(code, layer.code_bits));
  }
  conv.bias = layer.bias;
  for (const driver::FixedPoint& scale : layer.scale)
    conv.scale.push_back(MakeScale(scale));
  conv.zero_in = network_.tensors.at(Index(layer.inputs.at(0))).zero_point;
  conv.output = {out.zero_point, layer.lo, layer.hi};
  return conv;
}

golden::Tensor GoldenNetwork::RunPool(const driver::Layer& layer, const golden::Tensor& in) const {
  const golden::OutputRange output = {
      network_.tensors.at(Index(layer.output)).zero_point, layer.lo, layer.hi};
  const int zero_in = network_.tensors.at(Index(layer.inputs.at(0))).zero_point;
  if (layer.op == driver::Operator::kMaxPool) {
    return golden::MaxPool(
        MakeWindow(layer.window), in, zero_in, MakeScale(layer.pool_scale.at(1)), output);
  }
  golden::AveragePoolLayer average;
  average.window = MakeWindow(layer.window);
  average.count =
      layer.count_include_pad ? golden::PoolCount::kWholeWindow : golden::PoolCount::kInside;
  average.zero_in = zero_in;
  for (const auto& [count, scale] : layer.pool_scale)
    average.scale[count] = MakeScale(scale);
  average.output = output;
  return golden::AveragePool(average, in);
}

golden::AddLayer GoldenNetwork::MakeAdd(const driver::Layer& layer) const {
  if (layer.add_scale[0].shift != layer.add_scale[1].shift) {
    throw std::invalid_argument("layer " + layer.name +
                                ": the inputs of an addition must share the shift");
  }
  golden::AddLayer add;
  add.zero_a = network_.tensors.at(Index(layer.inputs.at(0))).zero_point;
  add.zero_b = network_.tensors.at(Index(layer.inputs.at(1))).zero_point;
  add.multiplier_a = layer.add_scale[0].multiplier;
  add.multiplier_b = layer.add_scale[1].multiplier;
  add.shift = layer.add_scale[1].shift;
  add.output = {network_.tensors.at(Index(layer.output)).zero_point, layer.lo, layer.hi};
  return add;
}

golden::Tensor GoldenNetwork::Run(std::size_t layer_index,
                                  const std::vector<golden::Tensor>& tensors) const {
  const driver::Layer& layer = network_.layers.at(layer_index);
  const golden::Tensor& in = tensors.at(Index(layer.inputs.at(0)));
  switch (layer.op) {
    case driver::Operator::kConv:
      return golden::Conv(convs_[layer_index], in);
    case driver::Operator::kMaxPool:
    case driver::Operator::kAveragePool:
      return RunPool(layer, in);
    case driver::Operator::kAdd:
      return golden::Add(MakeAdd(layer), in, tensors.at(Index(layer.inputs.at(1))));
  }
  throw std::invalid_argument("layer " + layer.name + " has an unknown operator");
}

}  // namespace denseshift::sim
