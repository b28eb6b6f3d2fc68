// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <fmt/format.h>
#include <limits>
#include <vector>

#include "driver/network/frontend/kernels.h"

namespace denseshift::driver::frontend {
namespace {

using Dims = std::vector<std::int64_t>;

// The shape that two shapes broadcast to, as numpy does.
Dims BroadcastDims(const Node& node, const Dims& a, const Dims& b) {
  Dims dims(std::max(a.size(), b.size()), 1);
  for (std::size_t i = 0; i < dims.size(); ++i) {
    const std::int64_t of_a = i < a.size() ? a[a.size() - 1 - i] : 1;
    const std::int64_t of_b = i < b.size() ? b[b.size() - 1 - i] : 1;
    if (of_a != of_b && of_a != 1 && of_b != 1) {
      FailAt(node, fmt::format("shapes {} and {} do not broadcast", DimsText(a), DimsText(b)));
    }
    dims[dims.size() - 1 - i] = of_a == 1 ? of_b : of_a;
  }
  return dims;
}

// Per axis of `dims`: elements to move in `from` for the next index; 0 where it is repeated.
std::vector<std::size_t> BroadcastSteps(const Dims& dims, const Dims& from) {
  std::vector<std::size_t> steps(dims.size(), 0);
  std::size_t stride = 1;
  for (std::size_t i = 0; i < from.size(); ++i) {
    const std::int64_t size = from[from.size() - 1 - i];
    steps[dims.size() - 1 - i] = size == 1 ? 0 : stride;
    stride *= static_cast<std::size_t>(size);
  }
  return steps;
}

template <typename Function>
Array Binary(const Node& node, const Inputs& inputs, Function function) {
  const Array& a = *inputs[0];
  const Array& b = *inputs[1];
  if (a.type != b.type) {
    FailAt(node, fmt::format("mixes {} with {}", TypeName(a.type), TypeName(b.type)));
  }
  Array result(a.type, BroadcastDims(node, a.dims, b.dims));
  const std::vector<std::size_t> steps_a = BroadcastSteps(result.dims, a.dims);
  const std::vector<std::size_t> steps_b = BroadcastSteps(result.dims, b.dims);
  Dims at(result.dims.size(), 0);
  std::size_t of_a = 0;
  std::size_t of_b = 0;
  for (double& value : result.values) {
    value = RoundTo(a.type, function(a.values[of_a], b.values[of_b]));
    for (std::size_t axis = at.size(); axis-- > 0;) {
      of_a += steps_a[axis];
      of_b += steps_b[axis];
      if (++at[axis] < result.dims[axis]) {
        break;
      }
      of_a -= steps_a[axis] * static_cast<std::size_t>(at[axis]);
      of_b -= steps_b[axis] * static_cast<std::size_t>(at[axis]);
      at[axis] = 0;
    }
  }
  return result;
}

// A scalar bound of Clip: input since opset 11, before an attribute.
double Bound(const Node& node,
             const Inputs& inputs,
             std::size_t index,
             const char* attribute,
             double fallback) {
  if (inputs.size() > index && inputs[index] != nullptr) {
    if (inputs[index]->values.size() != 1) {
      FailAt(node, fmt::format("'{}' must be a scalar", attribute));
    }
    return inputs[index]->values[0];
  }
  return node.Float(attribute, fallback);
}

// Scale and zero point of each element's place along the axis.
struct QuantizationAxis {
  std::size_t inner = 1;  // elements that share a scale
  std::size_t count = 1;  // scales

  [[nodiscard]] std::size_t Index(std::size_t element) const { return element / inner % count; }
};

QuantizationAxis FindQuantizationAxis(const Node& node, const Inputs& inputs) {
  const Array& scale = *inputs[1];
  const Array* zero_point = inputs.size() > 2 ? inputs[2] : nullptr;
  if (scale.values.empty() ||
      (zero_point != nullptr && zero_point->values.size() != scale.values.size())) {
    FailAt(node, "scale and zero point must have the same, nonzero number of elements");
  }
  QuantizationAxis result;
  if (scale.values.size() == 1) {
    return result;
  }
  const Dims& dims = inputs[0]->dims;
  const std::size_t axis = NormalizeAxis(node, node.Int("axis", 1), dims.size());
  if (scale.Rank() != 1 || scale.dims[0] != dims[axis]) {
    FailAt(node,
           fmt::format(
               "scale of shape {} for axis {} of {}", DimsText(scale.dims), axis, DimsText(dims)));
  }
  result.count = scale.values.size();
  for (std::size_t i = axis + 1; i < dims.size(); ++i) {
    result.inner *= static_cast<std::size_t>(dims[i]);
  }
  return result;
}

}  // namespace

Array Add(const Node& node, const Inputs& inputs) {
  return Binary(node, inputs, [](double a, double b) { return a + b; });
}

Array BatchNormalization(const Node& node, const Inputs& inputs) {
  const Array& input = *inputs[0];
  if (node.Int("training_mode", 0) != 0) {
    FailAt(node, "training_mode is set; export the model for inference");
  }
  if (input.Rank() < 2) {
    FailAt(node, fmt::format("input has shape {}; rank 2 or more is needed", DimsText(input.dims)));
  }
  const auto channels = static_cast<std::size_t>(input.dims[1]);
  for (std::size_t i = 1; i < 5; ++i) {
    if (inputs[i]->values.size() != channels) {
      FailAt(
          node,
          fmt::format(
              "input {} has {} elements for {} channels", i, inputs[i]->values.size(), channels));
    }
  }
  const double epsilon = node.Float("epsilon", static_cast<double>(1e-5F));
  Array result = input;
  const auto batch = static_cast<std::size_t>(input.dims[0]);
  const std::size_t inner = batch * channels == 0 ? 0 : input.values.size() / (batch * channels);
  for (std::size_t i = 0; i < result.values.size(); ++i) {
    const std::size_t c = i / inner % channels;
    const double factor = inputs[1]->values[c] / std::sqrt(inputs[4]->values[c] + epsilon);
    result.values[i] = RoundTo(
        input.type, (input.values[i] - inputs[3]->values[c]) * factor + inputs[2]->values[c]);
  }
  return result;
}

Array Clip(const Node& node, const Inputs& inputs) {
  const double infinity = std::numeric_limits<double>::infinity();
  const double low = Bound(node, inputs, 1, "min", -infinity);
  const double high = Bound(node, inputs, 2, "max", infinity);
  Array result = *inputs[0];
  for (double& value : result.values) {
    value = std::min(high, std::max(low, value));
  }
  return result;
}

Array DequantizeLinear(const Node& node, const Inputs& inputs) {
  const QuantizationAxis axis = FindQuantizationAxis(node, inputs);
  const Array* zero_point = inputs.size() > 2 ? inputs[2] : nullptr;
  if (IsFloatingPoint(inputs[0]->type) || !IsFloatingPoint(inputs[1]->type)) {
    FailAt(node, "needs an integer input and a floating-point scale");
  }
  Array result(inputs[1]->type, inputs[0]->dims);
  for (std::size_t i = 0; i < result.values.size(); ++i) {
    const std::size_t at = axis.Index(i);
    const double offset = zero_point == nullptr ? 0.0 : zero_point->values[at];
    result.values[i] =
        RoundTo(result.type, (inputs[0]->values[i] - offset) * inputs[1]->values[at]);
  }
  return result;
}

Array Div(const Node& node, const Inputs& inputs) {
  const bool integers = !IsFloatingPoint(inputs[0]->type);
  return Binary(node, inputs, [&](double a, double b) {
    if (integers && b == 0.0) {
      FailAt(node, "divides an integer by zero");
    }
    return a / b;
  });
}

Array Mul(const Node& node, const Inputs& inputs) {
  return Binary(node, inputs, [](double a, double b) { return a * b; });
}

Array QuantizeLinear(const Node& node, const Inputs& inputs) {
  const QuantizationAxis axis = FindQuantizationAxis(node, inputs);
  const Array* zero_point = inputs.size() > 2 ? inputs[2] : nullptr;
  Array result(zero_point == nullptr ? ElementType::kUint8 : zero_point->type, inputs[0]->dims);
  if (IsFloatingPoint(result.type)) {
    FailAt(node, fmt::format("cannot quantize to {}", TypeName(result.type)));
  }
  for (std::size_t i = 0; i < result.values.size(); ++i) {
    const std::size_t at = axis.Index(i);
    const double offset = zero_point == nullptr ? 0.0 : zero_point->values[at];
    const double steps = RoundTo(inputs[0]->type, inputs[0]->values[i] / inputs[1]->values[at]);
    result.values[i] = RoundTo(result.type, std::nearbyint(steps) + offset);
  }
  return result;
}

Array Relu(const Node& /*node*/, const Inputs& inputs) {
  Array result = *inputs[0];
  for (double& value : result.values) {
    value = std::max(0.0, value);
  }
  return result;
}

Array Sub(const Node& node, const Inputs& inputs) {
  return Binary(node, inputs, [](double a, double b) { return a - b; });
}

}  // namespace denseshift::driver::frontend
