// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "driver/network/frontend/lower_node.h"

#include <fmt/format.h>
#include <map>
#include <memory>

namespace denseshift::driver::frontend {
namespace {

constexpr std::int64_t kMaxActivationElements = 1 << 24;

}  // namespace

const Value& Lowering::Activation(std::size_t index) const {
  const Value& value = *inputs.at(index);
  if (value.IsConstant()) {
    FailAt(node, fmt::format("input '{}' is constant; an activation is needed", value.name));
  }
  return value;
}

const Array& Lowering::Constant(std::size_t index) const {
  const Value& value = *inputs.at(index);
  if (!value.IsConstant()) {
    FailAt(node,
           fmt::format("input '{}' depends on the network's input; only constants are supported "
                       "here",
                       value.name));
  }
  return *value.constant;
}

Value LowerNode(const Lowering& lowering) {
  using Lower = Value (*)(const Lowering&);
  static const std::map<std::string, Lower> kLower = {
      {"Add", LowerArithmetic},
      {"AveragePool", LowerAveragePool},
      {"BatchNormalization", LowerBatchNormalization},
      {"Clip", LowerClip},
      {"Conv", LowerConv},
      {"DequantizeLinear", LowerQuantization},
      {"Div", LowerArithmetic},
      {"Dropout", LowerLayout},
      {"Flatten", LowerLayout},
      {"Gemm", LowerGemm},
      {"GlobalAveragePool", LowerGlobalAveragePool},
      {"Identity", LowerLayout},
      {"MatMul", LowerGemm},
      {"MaxPool", LowerMaxPool},
      {"Mul", LowerArithmetic},
      {"QuantizeLinear", LowerQuantization},
      {"ReduceMean", LowerGlobalAveragePool},
      {"Relu", LowerRelu},
      {"Reshape", LowerLayout},
      {"Shape", LowerShape},
      {"Squeeze", LowerLayout},
      {"Sub", LowerArithmetic},
      {"Unsqueeze", LowerLayout},
  };
  const auto found = kLower.find(lowering.node.op_type);
  if (found == kLower.end()) {
    FailAt(lowering.node, "is only supported on constants, not on activations");
  }
  return found->second(lowering);
}

Value DraftValue(const Node& node, const Draft& draft, const ActivationShape& shape) {
  Value value;
  value.kind = Value::Kind::kDraft;
  value.name = node.outputs.front();
  value.draft = std::make_shared<const Draft>(draft);
  value.shape = shape;
  return value;
}

ActivationShape ImageShape(const Node& node,
                           std::int64_t batch,
                           std::int64_t channels,
                           std::int64_t height,
                           std::int64_t width) {
  if (channels > kMaxActivationElements || height * width > kMaxActivationElements ||
      channels * height * width > kMaxActivationElements) {
    FailAt(node,
           fmt::format("its output [{}, {}, {}] has more than {} elements",
                       channels,
                       height,
                       width,
                       kMaxActivationElements));
  }
  ActivationShape shape;
  shape.channels = static_cast<int>(channels);
  shape.height = static_cast<int>(height);
  shape.width = static_cast<int>(width);
  shape.dims = {batch, channels, height, width};
  return shape;
}

}  // namespace denseshift::driver::frontend
