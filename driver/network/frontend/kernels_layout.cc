// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <fmt/format.h>
#include <numeric>
#include <optional>
#include <stdexcept>
#include <utility>
#include <vector>

#include "driver/network/frontend/kernels.h"
#include "driver/network/frontend/onnx_tensor.h"

namespace denseshift::driver::frontend {
namespace {

using Dims = std::vector<std::int64_t>;

Array WithShape(const Array& array, Dims dims) {
  return {array.type, std::move(dims), array.values};
}

}  // namespace

std::optional<Dims> IntegerOperand(const Node& node,
                                   const Inputs& inputs,
                                   std::size_t index,
                                   const char* attribute) {
  if (inputs.size() > index && inputs[index] != nullptr) {
    return ToIntegers(*inputs[index]);
  }
  if (node.HasAttribute(attribute)) {
    return node.Ints(attribute, {});
  }
  return std::nullopt;
}

Array Cast(const Node& node, const Inputs& inputs) {
  const std::optional<ElementType> type = FromOnnxType(static_cast<int>(node.Int("to", 0)));
  if (!type) {
    FailAt(node, fmt::format("cannot cast to data type {}", node.Int("to", 0)));
  }
  Array result = *inputs[0];
  result.type = *type;
  for (double& value : result.values) {
    value = *type == ElementType::kBool ? static_cast<double>(value != 0.0) : RoundTo(*type, value);
  }
  return result;
}

Array Constant(const Node& node, const Inputs& /*inputs*/) {
  if (node.attributes.size() != 1) {
    FailAt(node, "must have exactly one value attribute");
  }
  const auto& [key, attribute] = *node.attributes.begin();
  switch (attribute.kind) {
    case Attribute::Kind::kTensor:
      return attribute.tensor;
    case Attribute::Kind::kFloat:
      return {ElementType::kFloat32, {}, {attribute.number}};
    case Attribute::Kind::kInt:
      return {ElementType::kInt64, {}, {static_cast<double>(attribute.integer)}};
    case Attribute::Kind::kFloats:
      return {ElementType::kFloat32,
              {static_cast<std::int64_t>(attribute.numbers.size())},
              attribute.numbers};
    case Attribute::Kind::kInts: {
      std::vector<double> values;
      for (const std::int64_t value : attribute.integers) {
        values.push_back(static_cast<double>(value));
      }
      return {ElementType::kInt64, {static_cast<std::int64_t>(values.size())}, values};
    }
    default:
      FailAt(node, fmt::format("attribute '{}' has a type that is not supported", key));
  }
}

Array Dropout(const Node& node, const Inputs& inputs) {
  const bool training = inputs.size() > 2 && inputs[2] != nullptr && !inputs[2]->values.empty() &&
                        inputs[2]->values[0] != 0.0;
  if (training) {
    FailAt(node, "training_mode is set; export the model for inference");
  }
  return *inputs[0];
}

Array Flatten(const Node& node, const Inputs& inputs) {
  const Array& input = *inputs[0];
  const std::int64_t axis = node.Int("axis", 1);
  const auto rank = static_cast<std::int64_t>(input.Rank());
  if (axis < -rank || axis > rank) {
    FailAt(node, fmt::format("axis {} is not one of a tensor of rank {}", axis, rank));
  }
  const auto split = static_cast<std::ptrdiff_t>(axis < 0 ? axis + rank : axis);
  const auto product = [](std::int64_t a, std::int64_t b) { return a * b; };
  const auto middle = input.dims.begin() + split;
  return WithShape(input,
                   {std::accumulate(input.dims.begin(), middle, std::int64_t{1}, product),
                    std::accumulate(middle, input.dims.end(), std::int64_t{1}, product)});
}

Array Identity(const Node& /*node*/, const Inputs& inputs) {
  return *inputs[0];
}

Array Reshape(const Node& node, const Inputs& inputs) {
  const Array& input = *inputs[0];
  if (node.Int("allowzero", 0) != 0) {
    FailAt(node, "allowzero is not supported");
  }
  Dims dims = ToIntegers(*inputs[1]);
  std::int64_t known = 1;
  std::optional<std::size_t> open;
  for (std::size_t i = 0; i < dims.size(); ++i) {
    if (dims[i] == 0 && i < input.Rank()) {
      dims[i] = input.dims[i];
    }
    if (dims[i] == -1 && !open) {
      open = i;
    } else if (dims[i] < 0 || dims[i] > kMaxElements || known > kMaxElements) {
      FailAt(node, fmt::format("cannot reshape to {}", DimsText(dims)));
    } else {
      known *= dims[i];
    }
  }
  const auto count = static_cast<std::int64_t>(input.values.size());
  if (open) {
    dims[*open] = known > 0 ? count / known : 0;
    known *= dims[*open];
  }
  if (known != count) {
    FailAt(node, fmt::format("cannot reshape {} to {}", DimsText(input.dims), DimsText(dims)));
  }
  return WithShape(input, dims);
}

Array Shape(const Node& node, const Inputs& inputs) {
  const auto rank = static_cast<std::int64_t>(inputs[0]->Rank());
  const auto bounded = [rank](std::int64_t at) {
    return std::clamp<std::int64_t>(at < 0 ? at + rank : at, 0, rank);
  };
  const std::int64_t start = bounded(node.Int("start", 0));
  const std::int64_t end = std::max(start, bounded(node.Int("end", rank)));
  Array result(ElementType::kInt64, {end - start});
  for (std::int64_t i = start; i < end; ++i) {
    result.values[static_cast<std::size_t>(i - start)] =
        static_cast<double>(inputs[0]->dims[static_cast<std::size_t>(i)]);
  }
  return result;
}

Array Squeeze(const Node& node, const Inputs& inputs) {
  const Array& input = *inputs[0];
  const std::optional<Dims> axes = IntegerOperand(node, inputs, 1, "axes");
  std::vector<bool> drop(input.Rank(), false);
  if (axes) {
    for (const std::int64_t axis : *axes) {
      drop[NormalizeAxis(node, axis, input.Rank())] = true;
    }
  }
  Dims dims;
  for (std::size_t i = 0; i < input.Rank(); ++i) {
    if (axes ? !drop[i] : input.dims[i] != 1) {
      dims.push_back(input.dims[i]);
    } else if (input.dims[i] != 1) {
      FailAt(node, fmt::format("axis {} of {} is not 1", i, DimsText(input.dims)));
    }
  }
  return WithShape(input, dims);
}

Array Unsqueeze(const Node& node, const Inputs& inputs) {
  const Array& input = *inputs[0];
  const Dims axes = IntegerOperand(node, inputs, 1, "axes").value_or(Dims{});
  const std::size_t rank = input.Rank() + axes.size();
  std::vector<bool> added(rank, false);
  for (const std::int64_t axis : axes) {
    const std::size_t at = NormalizeAxis(node, axis, rank);
    if (added[at]) {
      FailAt(node, fmt::format("axis {} is given twice", axis));
    }
    added[at] = true;
  }
  Dims dims;
  auto from = input.dims.begin();
  for (std::size_t i = 0; i < rank; ++i) {
    dims.push_back(added[i] ? 1 : *from++);
  }
  return WithShape(input, dims);
}

}  // namespace denseshift::driver::frontend
