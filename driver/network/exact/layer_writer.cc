// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "driver/network/exact/layer_writer.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <fmt/format.h>
#include <stdexcept>

#include "driver/network/frontend/window.h"

namespace denseshift::driver::exact {
namespace {

constexpr std::int64_t kFloatLimit = std::int64_t{1} << 24;  // integers below it are float32
constexpr int kLowExponents = 4;  // exponents 0..3 and 4..7 of 4-bit codes may be split

const Tensor& At(const std::vector<Tensor>& tensors, int index) {
  return tensors.at(static_cast<std::size_t>(index));
}

std::int64_t Magnitude(const Layer& layer, std::size_t index) {
  const unsigned mask = (1U << (layer.code_bits - 1)) - 1U;
  return std::int64_t{1} << (layer.codes[index] & mask);
}

float Weight(const Layer& layer, std::size_t index) {
  const bool negative = (layer.codes[index] >> (layer.code_bits - 1)) != 0;
  const auto magnitude = static_cast<float>(Magnitude(layer, index));
  return negative ? -magnitude : magnitude;
}

// Position in [out, in, row, column] of a code stored as [out, row, column, in].
std::size_t OnnxIndex(std::size_t index, std::size_t count, std::size_t in_channels) {
  const std::size_t out = index / count;
  const std::size_t tap = index % count / in_channels;
  const std::size_t in = index % in_channels;
  return out * count + in * (count / in_channels) + tap;
}

// docs/arithmetic.md section 3 for a float64 sum; each constant has the shape `dims`.
class Requantizer {
 public:
  Requantizer(Dims dims, const Layer& layer, const Tensor& out, GraphWriter* graph)
      : dims_(std::move(dims)), layer_(layer), out_(out), graph_(graph) {}

  // v * M, for scales of the shape.
  std::string Multiply(const std::string& v, const std::vector<FixedPoint>& scales) {
    std::vector<double> values;
    values.reserve(scales.size());
    for (const FixedPoint& scale : scales) {
      values.push_back(scale.multiplier);
    }
    return graph_->Node("Mul", {v, graph_->Doubles(dims_, values)});
  }

  // The rest of the section, from p = v * M. |p| < 2^47: up to S = 53 the sum with 2^(S-1) is an
  // integer below 2^53; beyond, its rounding cannot matter, as the result lies near 1/2.
  std::string Finish(const std::string& p, const std::vector<FixedPoint>& scales) {
    std::vector<double> halves;
    std::vector<double> powers;
    for (const FixedPoint& scale : scales) {
      halves.push_back(scale.shift == 0 ? 0.0 : std::ldexp(1.0, scale.shift - 1));
      powers.push_back(std::ldexp(1.0, -scale.shift));
    }
    const std::string rounded = graph_->Node("Add", {p, graph_->Doubles(dims_, halves)});
    const std::string shifted = graph_->Node("Mul", {rounded, graph_->Doubles(dims_, powers)});
    const std::string whole = graph_->Node("Floor", {shifted});
    const std::string offset = graph_->Node("Add", {whole, Scalar(out_.zero_point)});
    const std::string above = graph_->Node("Max", {offset, Scalar(layer_.lo)});
    const std::string clamped = graph_->Node("Min", {above, Scalar(layer_.hi)});
    return graph_->Cast(clamped, onnx::TensorProto::FLOAT);
  }

 private:
  std::string Scalar(int value) { return graph_->Doubles({}, {static_cast<double>(value)}); }

  Dims dims_;
  const Layer& layer_;
  const Tensor& out_;
  GraphWriter* graph_;
};

void SetWindow(const Window& window, bool with_pads, GraphWriter* graph) {
  graph->SetInts("kernel_shape", {window.kernel_h, window.kernel_w});
  graph->SetInts("strides", {window.stride_h, window.stride_w});
  graph->SetInts("dilations", {window.dilation_h, window.dilation_w});
  if (with_pads) {
    graph->SetInts("pads", {window.pad_top, window.pad_left, window.pad_bottom, window.pad_right});
  }
}

// x - zero_point, float32.
std::string Centered(const std::string& input, const Tensor& tensor, GraphWriter* graph) {
  return graph->Node("Sub", {input, graph->Floats({}, {static_cast<float>(tensor.zero_point)})});
}

std::string WriteConv(const Layer& layer,
                      const Tensor& in,
                      const Tensor& out,
                      const std::string& input,
                      GraphWriter* graph) {
  const auto out_channels = static_cast<std::size_t>(out.channels);
  const auto in_channels = static_cast<std::size_t>(in.channels);
  const std::size_t count = in_channels * static_cast<std::size_t>(layer.window.kernel_h) *
                            static_cast<std::size_t>(layer.window.kernel_w);
  if (layer.codes.size() != out_channels * count || layer.bias.size() != out_channels ||
      layer.scale.size() != out_channels) {
    throw std::invalid_argument(
        fmt::format("layer '{}': codes, bias or scale do not fit its shapes", layer.name));
  }
  const Dims weight_dims = {
      out.channels, in.channels, layer.window.kernel_h, layer.window.kernel_w};
  const std::string x = Centered(input, in, graph);
  const int bound = std::max(in.zero_point + 128, 127 - in.zero_point);
  std::string sum;
  for (const std::vector<float>& part : ExactWeightParts(layer, in_channels, bound)) {
    const std::string conv = graph->Node("Conv", {x, graph->Floats(weight_dims, part)});
    SetWindow(layer.window, true, graph);
    const std::string wide = graph->Cast(conv, onnx::TensorProto::DOUBLE);
    sum = sum.empty() ? wide : graph->Node("Add", {sum, wide});
  }
  const Dims dims = {1, out.channels, 1, 1};
  const std::vector<double> bias(layer.bias.begin(), layer.bias.end());
  const std::string v = graph->Node("Add", {sum, graph->Doubles(dims, bias)});
  Requantizer requantizer(dims, layer, out, graph);
  return requantizer.Finish(requantizer.Multiply(v, layer.scale), layer.scale);
}

std::string WriteMaxPool(const Layer& layer,
                         const Tensor& in,
                         const Tensor& out,
                         const std::string& input,
                         GraphWriter* graph) {
  const Window& w = layer.window;
  const std::string padded =
      graph->Node("Pad",
                  {input,
                   graph->Int64s({0, 0, w.pad_top, w.pad_left, 0, 0, w.pad_bottom, w.pad_right}),
                   graph->Floats({}, {-128.0F})});
  const std::string pooled = graph->Node("MaxPool", {padded});
  SetWindow(w, false, graph);
  const std::string v = graph->Cast(Centered(pooled, in, graph), onnx::TensorProto::DOUBLE);
  const std::vector<FixedPoint> scale = {layer.pool_scale.at(1)};
  Requantizer requantizer({}, layer, out, graph);
  return requantizer.Finish(requantizer.Multiply(v, scale), scale);
}

std::string WriteAveragePool(const Layer& layer,
                             const Tensor& in,
                             const Tensor& out,
                             const std::string& input,
                             GraphWriter* graph) {
  const Window& w = layer.window;
  const auto taps = static_cast<std::size_t>(w.kernel_h) * static_cast<std::size_t>(w.kernel_w);
  const auto channels = static_cast<std::size_t>(in.channels);
  const std::string ones = graph->Floats({in.channels, 1, w.kernel_h, w.kernel_w},
                                         std::vector<float>(channels * taps, 1.0F));
  const std::string sum = graph->Node("Conv", {Centered(input, in, graph), ones});
  SetWindow(w, true, graph);
  graph->SetInt("group", in.channels);
  std::vector<FixedPoint> scales;
  for (int y = 0; y < out.height; ++y) {
    const int rows =
        frontend::TapsInside(y, w.kernel_h, w.stride_h, w.dilation_h, w.pad_top, in.height);
    for (int x = 0; x < out.width; ++x) {
      const int columns =
          frontend::TapsInside(x, w.kernel_w, w.stride_w, w.dilation_w, w.pad_left, in.width);
      const int divisor = layer.count_include_pad ? w.kernel_h * w.kernel_w : rows * columns;
      scales.push_back(layer.pool_scale.at(divisor));
    }
  }
  Requantizer requantizer({1, 1, out.height, out.width}, layer, out, graph);
  const std::string v = graph->Cast(sum, onnx::TensorProto::DOUBLE);
  return requantizer.Finish(requantizer.Multiply(v, scales), scales);
}

std::string WriteAdd(const Layer& layer,
                     const std::vector<Tensor>& tensors,
                     const std::vector<std::string>& inputs,
                     GraphWriter* graph) {
  Requantizer requantizer({}, layer, At(tensors, layer.output), graph);
  std::vector<std::string> products;
  for (std::size_t i = 0; i < 2; ++i) {
    const std::string centered = Centered(inputs.at(i), At(tensors, layer.inputs.at(i)), graph);
    products.push_back(requantizer.Multiply(graph->Cast(centered, onnx::TensorProto::DOUBLE),
                                            {layer.add_scale[i]}));
  }
  return requantizer.Finish(graph->Node("Add", products), {layer.add_scale[1]});
}

}  // namespace

std::vector<std::vector<float>> ExactWeightParts(const Layer& layer,
                                                 std::size_t in_channels,
                                                 int input_bound) {
  const std::size_t outs = layer.bias.size();
  const std::size_t count = layer.codes.size() / outs;
  std::int64_t largest = 0;
  for (std::size_t o = 0; o < outs; ++o) {
    std::int64_t norm = 0;
    for (std::size_t k = 0; k < count; ++k) {
      norm += Magnitude(layer, o * count + k);
    }
    largest = std::max(largest, norm);
  }
  const std::int64_t limit = (kFloatLimit - 1) / input_bound;
  const bool whole = largest <= limit;
  // One group of exponents, or two; then runs of the reduction that stay within the limit.
  std::vector<std::vector<float>> parts;
  for (const int base : whole ? std::vector<int>{0} : std::vector<int>{0, kLowExponents}) {
    std::vector<std::int64_t> norms(outs, limit + 1);  // begins a part at the first weight
    for (std::size_t k = 0; k < count; ++k) {
      const auto share = [&](std::size_t o) {
        const std::int64_t magnitude = Magnitude(layer, o * count + k);
        const bool low = magnitude < (std::int64_t{1} << kLowExponents);
        return whole || low == (base == 0) ? magnitude >> base : std::int64_t{0};
      };
      for (std::size_t o = 0; o < outs; ++o) {
        if (share(o) != 0 && norms[o] + share(o) > limit) {
          parts.emplace_back(layer.codes.size(), 0.0F);
          std::fill(norms.begin(), norms.end(), 0);
          break;
        }
      }
      for (std::size_t o = 0; o < outs; ++o) {
        if (share(o) != 0) {
          norms[o] += share(o);
          parts.back()[OnnxIndex(o * count + k, count, in_channels)] = Weight(layer, o * count + k);
        }
      }
    }
  }
  return parts;
}

std::string WriteLayer(const Layer& layer,
                       const std::vector<Tensor>& tensors,
                       const std::vector<std::string>& inputs,
                       GraphWriter* graph) {
  const Tensor& in = At(tensors, layer.inputs.at(0));
  const Tensor& out = At(tensors, layer.output);
  switch (layer.op) {
    case Operator::kConv:
      return WriteConv(layer, in, out, inputs.at(0), graph);
    case Operator::kMaxPool:
      return WriteMaxPool(layer, in, out, inputs.at(0), graph);
    case Operator::kAveragePool:
      return WriteAveragePool(layer, in, out, inputs.at(0), graph);
    case Operator::kAdd:
      return WriteAdd(layer, tensors, inputs, graph);
  }
  throw std::invalid_argument(fmt::format("layer '{}': unknown operator", layer.name));
}

}  // namespace denseshift::driver::exact
