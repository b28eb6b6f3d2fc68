// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "driver/network/frontend/quantizer.h"

#include <cstddef>
#include <fmt/format.h>
#include <utility>

#include "driver/network/frontend/layer_builder.h"

namespace denseshift::driver::frontend {
namespace {

std::string QuantizationText(const Quantization& q) {
  return fmt::format("scale {}, zero point {} ({})",
                     q.scale,
                     q.zero_point + (q.is_unsigned ? 128 : 0),
                     q.is_unsigned ? "uint8" : "int8");
}

}  // namespace

Quantizer::Quantizer(Network* network, Calibration calibration)
    : network_(network), calibration_(std::move(calibration)) {
}

Value Quantizer::AddInput(const GraphInput& input, const ActivationShape& shape) {
  Tensor tensor;
  tensor.name = input.name;
  tensor.height = shape.height;
  tensor.width = shape.width;
  tensor.channels = shape.channels;
  tensor.onnx_rank = static_cast<int>(shape.dims.size());
  tensor.is_unsigned = input.type == ElementType::kUint8;
  network_->tensors.push_back(tensor);
  network_->input = 0;
  Value value;
  value.kind = IsFloatingPoint(input.type) ? Value::Kind::kInput : Value::Kind::kInteger;
  value.name = input.name;
  value.tensor = 0;
  value.shape = shape;
  return value;
}

Value Quantizer::Quantize(const Node& node, const Value& value, const Quantization& target) {
  Value result = value;
  result.kind = Value::Kind::kInteger;
  result.name = node.outputs.front();
  result.draft = nullptr;
  switch (value.kind) {
    case Value::Kind::kInput:
      result.tensor = QuantizeInput(node, target);
      break;
    case Value::Kind::kReal:
      if (!(Of(value.tensor) == target)) {
        const auto copy = std::make_shared<const Draft>(IdentityDraft(node, value.tensor));
        result.tensor = Build(copy, value.shape, target, result.name);
      }
      break;
    case Value::Kind::kDraft:
      result.tensor = Build(value.draft, value.shape, target, result.name);
      break;
    default:
      FailAt(node, fmt::format("tensor '{}' is quantized already", value.name));
  }
  return result;
}

Value Quantizer::Dequantize(const Node& node, const Value& value, const Quantization& source) {
  if (value.kind != Value::Kind::kInteger) {
    FailAt(node, fmt::format("tensor '{}' holds no quantized integers", value.name));
  }
  if (value.tensor == network_->input && !input_quantized_) {
    if (At(value.tensor).is_unsigned != source.is_unsigned) {
      FailAt(node, "the zero point has another type than the input");
    }
    (void)QuantizeInput(node, source);
  }
  if (!(Of(value.tensor) == source)) {
    FailAt(node,
           fmt::format("tensor '{}' is quantized with {} but dequantized with {}; use the same",
                       value.name,
                       QuantizationText(Of(value.tensor)),
                       QuantizationText(source)));
  }
  Value result = value;
  result.kind = Value::Kind::kReal;
  result.name = node.outputs.front();
  return result;
}

int Quantizer::Require(const Node& node, const Value& value) {
  if (value.kind == Value::Kind::kReal) {
    return value.tensor;
  }
  if (value.IsConstant() || value.kind == Value::Kind::kInteger) {
    FailAt(node,
           fmt::format("tensor '{}' is {}; a dequantized activation is needed",
                       value.name,
                       value.IsConstant() ? "a constant" : "used without DequantizeLinear"));
  }
  if (value.kind == Value::Kind::kDraft && value.draft->Inherits()) {
    const Quantization inherited = Of(value.draft->inputs[0]);
    return Build(value.draft, value.shape, inherited, value.name);
  }
  const auto found = calibration_.find(value.name);
  if (found == calibration_.end()) {
    FailAt(node,
           fmt::format("tensor '{}' has no QuantizeLinear / DequantizeLinear pair; export the "
                       "model with one, or give calibration images",
                       value.name));
  }
  if (value.kind == Value::Kind::kInput) {
    return QuantizeInput(node, found->second);
  }
  return Build(value.draft, value.shape, found->second, value.name);
}

Draft Quantizer::ToDraft(const Node& node, const Value& value) {
  return value.kind == Value::Kind::kDraft ? *value.draft
                                           : IdentityDraft(node, Require(node, value));
}

Quantization Quantizer::Of(int tensor) const {
  const Tensor& t = network_->tensors.at(static_cast<std::size_t>(tensor));
  return {t.scale, t.zero_point, t.is_unsigned};
}

int Quantizer::QuantizeInput(const Node& node, const Quantization& target) {
  if (input_quantized_ && !(Of(network_->input) == target)) {
    FailAt(node,
           fmt::format("quantizes the network's input with {}, another node with {}; use the same",
                       QuantizationText(target),
                       QuantizationText(Of(network_->input))));
  }
  input_quantized_ = true;
  Tensor& input = At(network_->input);
  input.scale = target.scale;
  input.zero_point = target.zero_point;
  input.is_unsigned = target.is_unsigned;
  return network_->input;
}

int Quantizer::Build(const std::shared_ptr<const Draft>& draft,
                     const ActivationShape& shape,
                     const Quantization& target,
                     const std::string& name) {
  for (const Built& built : built_) {
    if (built.draft == draft && built.quantization == target) {
      return built.tensor;
    }
  }
  Tensor tensor;
  tensor.name = name;
  tensor.height = shape.height;
  tensor.width = shape.width;
  tensor.channels = shape.channels;
  tensor.scale = target.scale;
  tensor.zero_point = target.zero_point;
  tensor.is_unsigned = target.is_unsigned;
  tensor.onnx_rank = shape.IsImage() ? 4 : 2;
  const auto index = static_cast<int>(network_->tensors.size());
  network_->tensors.push_back(tensor);
  network_->layers.push_back(BuildLayer(*draft, network_->tensors, index));
  built_.push_back({draft, target, index});
  return index;
}

Tensor& Quantizer::At(int tensor) {
  return network_->tensors.at(static_cast<std::size_t>(tensor));
}

}  // namespace denseshift::driver::frontend
