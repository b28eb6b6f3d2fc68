// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <fmt/format.h>
#include <limits>
#include <memory>
#include <utility>
#include <vector>

#include "driver/network/frontend/lower_node.h"
#include "driver/network/frontend/operators.h"

namespace denseshift::driver::frontend {
namespace {

// A constant that is broadcast onto an activation, as one element or one per channel.
std::vector<double> PerChannel(const Lowering& lowering,
                               const ActivationShape& shape,
                               const Array& constant) {
  const auto fail = [&]() {
    FailAt(lowering.node,
           fmt::format("constant of shape {} on activation {}: only scalars and one value per "
                       "channel are supported",
                       DimsText(constant.dims),
                       DimsText(shape.dims)));
  };
  if (constant.Rank() > shape.dims.size() || !IsFloatingPoint(constant.type)) {
    fail();
  }
  if (constant.values.size() == 1) {
    return constant.values;
  }
  // Aligned from the right, axis 1 of the activation must be the only one that is not 1.
  const std::size_t skipped = shape.dims.size() - constant.Rank();
  for (std::size_t i = 0; i < constant.Rank(); ++i) {
    const std::int64_t expected = i + skipped == 1 ? shape.channels : 1;
    if (constant.dims[i] != expected || !shape.HasChannelAxis()) {
      fail();
    }
  }
  return constant.values;
}

// Bound of Clip; NaN never.
double ClipBound(const Lowering& lowering,
                 std::size_t index,
                 const char* attribute,
                 double fallback) {
  double bound = lowering.node.Float(attribute, fallback);
  if (lowering.Has(index)) {
    const Array& constant = lowering.Constant(index);
    if (constant.values.size() != 1) {
      FailAt(lowering.node, fmt::format("'{}' must be a scalar", attribute));
    }
    bound = constant.values[0];
  }
  if (std::isnan(bound)) {
    FailAt(lowering.node, fmt::format("'{}' is not a number", attribute));
  }
  return bound;
}

Value Clamped(const Lowering& lowering, double low, double high) {
  const Value& input = lowering.Activation(0);
  Draft draft = lowering.quantizer->ToDraft(lowering.node, input);
  ClampDraft(low, high, &draft);
  return DraftValue(lowering.node, draft, input.shape);
}

// Scale and zero point of a QuantizeLinear or DequantizeLinear node, per tensor.
Quantization ReadQuantization(const Lowering& lowering) {
  const Node& node = lowering.node;
  const Array& scale = lowering.Constant(1);
  if (scale.values.size() != 1) {
    FailAt(node,
           fmt::format("scale has {} elements; activations are quantized per tensor, with a scalar",
                       scale.values.size()));
  }
  Quantization result;
  result.scale = scale.values[0];
  if (!std::isfinite(result.scale) || result.scale < SmallestNormal(ElementType::kFloat32)) {
    FailAt(node, fmt::format("scale is {}; it must be a positive number", result.scale));
  }
  result.is_unsigned = true;  // ONNX: uint8 zero point 0 when omitted
  int stored = 0;
  if (lowering.Has(2)) {
    const Array& zero_point = lowering.Constant(2);
    result.is_unsigned = zero_point.type == ElementType::kUint8;
    if (zero_point.values.size() != 1 ||
        (!result.is_unsigned && zero_point.type != ElementType::kInt8)) {
      FailAt(node,
             fmt::format("zero point is {} of shape {}; activations need one INT8 or UINT8 value",
                         TypeName(zero_point.type),
                         DimsText(zero_point.dims)));
    }
    stored = static_cast<int>(zero_point.values[0]);
  }
  result.zero_point = stored - (result.is_unsigned ? 128 : 0);
  return result;
}

}  // namespace

Value LowerArithmetic(const Lowering& lowering) {
  const std::string& type = lowering.node.op_type;
  const bool first_constant = lowering.inputs[0]->IsConstant();
  if (!first_constant && !lowering.inputs[1]->IsConstant()) {
    if (type != "Add") {
      FailAt(lowering.node, "is only supported with a constant; only Add takes two activations");
    }
    return LowerAddition(lowering);
  }
  const Value& activation = lowering.Activation(first_constant ? 1 : 0);
  std::vector<double> constant =
      PerChannel(lowering, activation.shape, lowering.Constant(first_constant ? 0 : 1));
  Draft draft = lowering.quantizer->ToDraft(lowering.node, activation);
  if (type == "Mul") {
    ScaleDraft(lowering.node, constant, &draft);
  } else if (type == "Div") {
    if (first_constant) {
      FailAt(lowering.node, "divides a constant by an activation, which is not supported");
    }
    std::transform(
        constant.begin(), constant.end(), constant.begin(), [](double c) { return 1.0 / c; });
    ScaleDraft(lowering.node, constant, &draft);
  } else {
    if (type == "Sub" && first_constant) {
      ScaleDraft(lowering.node, {-1.0}, &draft);
    } else if (type == "Sub") {
      std::transform(constant.begin(), constant.end(), constant.begin(), std::negate<>());
    }
    ShiftDraft(lowering.node, constant, &draft);
  }
  return DraftValue(lowering.node, draft, activation.shape);
}

Value LowerBatchNormalization(const Lowering& lowering) {
  const Node& node = lowering.node;
  const Value& input = lowering.Activation(0);
  if (node.Int("training_mode", 0) != 0 || node.Int("spatial", 1) != 1) {
    FailAt(node, "only inference (training_mode 0, spatial 1) is supported");
  }
  if (!input.shape.HasChannelAxis()) {
    FailAt(node,
           fmt::format("input '{}' has shape {}; [N, C, H, W] or [N, C] is needed",
                       input.name,
                       DimsText(input.shape.dims)));
  }
  const auto channels = static_cast<std::size_t>(input.shape.channels);
  for (std::size_t i = 1; i < 5; ++i) {
    if (lowering.Constant(i).values.size() != channels) {
      FailAt(node,
             fmt::format("input '{}' has {} elements for {} channels",
                         lowering.inputs[i]->name,
                         lowering.Constant(i).values.size(),
                         channels));
    }
  }
  const double epsilon = node.Float("epsilon", static_cast<double>(1e-5F));
  std::vector<double> gain(channels);
  std::vector<double> shift(channels);
  for (std::size_t c = 0; c < channels; ++c) {
    gain[c] = lowering.Constant(1).values[c] / std::sqrt(lowering.Constant(4).values[c] + epsilon);
    shift[c] = lowering.Constant(2).values[c] - lowering.Constant(3).values[c] * gain[c];
  }
  Draft draft = lowering.quantizer->ToDraft(node, input);
  ScaleDraft(node, gain, &draft);
  ShiftDraft(node, shift, &draft);
  return DraftValue(node, draft, input.shape);
}

Value LowerClip(const Lowering& lowering) {
  const double infinity = std::numeric_limits<double>::infinity();
  return Clamped(
      lowering, ClipBound(lowering, 1, "min", -infinity), ClipBound(lowering, 2, "max", infinity));
}

Value LowerLayout(const Lowering& lowering) {
  // The operator moves no element; run it on a tensor of the same shape to learn the new one.
  const Value& input = lowering.Activation(0);
  const Array shape_only(ElementType::kFloat32, input.shape.dims);
  Inputs inputs = {&shape_only};
  for (std::size_t i = 1; i < lowering.inputs.size(); ++i) {
    inputs.push_back(lowering.Has(i) ? &lowering.Constant(i) : nullptr);
  }
  Value result = input;
  result.name = lowering.node.outputs.front();
  result.shape.dims = Evaluate(lowering.node, inputs).dims;
  if (result.shape.dims.empty() || result.shape.dims[0] != input.shape.dims[0]) {
    FailAt(lowering.node,
           fmt::format("turns {} into {}; the batch must stay the first dimension",
                       DimsText(input.shape.dims),
                       DimsText(result.shape.dims)));
  }
  return result;
}

Value LowerQuantization(const Lowering& lowering) {
  const Quantization quantization = ReadQuantization(lowering);
  const Value& input = lowering.Activation(0);
  return lowering.node.op_type == "QuantizeLinear"
             ? lowering.quantizer->Quantize(lowering.node, input, quantization)
             : lowering.quantizer->Dequantize(lowering.node, input, quantization);
}

Value LowerRelu(const Lowering& lowering) {
  return Clamped(lowering, 0.0, std::numeric_limits<double>::infinity());
}

Value LowerShape(const Lowering& lowering) {
  const Value& input = lowering.Activation(0);
  const Array shape_only(ElementType::kFloat32, input.shape.dims);
  Value result;
  result.name = lowering.node.outputs.front();
  result.constant = std::make_shared<const Array>(Evaluate(lowering.node, {&shape_only}));
  return result;
}

}  // namespace denseshift::driver::frontend
