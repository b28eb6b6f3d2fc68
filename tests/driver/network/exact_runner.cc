// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "tests/driver/network/exact_runner.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "driver/network/frontend/operators.h"

namespace denseshift::driver {
namespace {

using frontend::Array;
using frontend::Inputs;

// The operators of exact graphs that the importer does not know.
Array EvaluatePad(const Inputs& inputs) {
  const Array& x = *inputs[0];
  const std::vector<std::int64_t> pads = frontend::ToIntegers(*inputs[1]);
  Array result(
      x.type, {x.dims[0], x.dims[1], x.dims[2] + pads[2] + pads[6], x.dims[3] + pads[3] + pads[7]});
  std::fill(result.values.begin(), result.values.end(), inputs[2]->values.at(0));
  for (std::int64_t plane = 0; plane < x.dims[0] * x.dims[1]; ++plane) {
    for (std::int64_t row = 0; row < x.dims[2]; ++row) {
      for (std::int64_t column = 0; column < x.dims[3]; ++column) {
        const std::int64_t from = (plane * x.dims[2] + row) * x.dims[3] + column;
        const std::int64_t to =
            (plane * result.dims[2] + row + pads[2]) * result.dims[3] + column + pads[3];
        result.values[static_cast<std::size_t>(to)] = x.values[static_cast<std::size_t>(from)];
      }
    }
  }
  return result;
}

// A depthwise convolution, one channel after the other.
Array EvaluateDepthwise(frontend::Node node, const Inputs& inputs) {
  node.attributes.erase("group");
  const Array& x = *inputs[0];
  const Array& w = *inputs[1];
  const auto channels = static_cast<std::size_t>(x.dims[1]);
  Array result;
  for (std::size_t c = 0; c < channels; ++c) {
    const auto slice = [c, channels](const Array& from, std::vector<std::int64_t> dims) {
      const std::size_t size = from.values.size() / channels;
      const auto begin = from.values.begin() + static_cast<std::ptrdiff_t>(c * size);
      return Array(from.type, std::move(dims), {begin, begin + static_cast<std::ptrdiff_t>(size)});
    };
    const Array plane = slice(x, {1, 1, x.dims[2], x.dims[3]});
    const Array kernel = slice(w, {1, 1, w.dims[2], w.dims[3]});
    const Array out = frontend::Evaluate(node, {&plane, &kernel});
    result.dims = {1, x.dims[1], out.dims[2], out.dims[3]};
    result.values.insert(result.values.end(), out.values.begin(), out.values.end());
  }
  return result;
}

Array EvaluateExact(const frontend::Node& node, const Inputs& inputs) {
  Array result = *inputs[0];
  if (node.op_type == "Pad") {
    return EvaluatePad(inputs);
  }
  if (node.op_type == "Conv" && node.HasAttribute("group")) {
    return EvaluateDepthwise(node, inputs);
  }
  if (node.op_type != "Floor" && node.op_type != "Max" && node.op_type != "Min") {
    return frontend::Evaluate(node, inputs);
  }
  for (double& value : result.values) {
    if (node.op_type == "Floor") {
      value = std::floor(value);
    } else {
      const double bound = inputs[1]->values.at(0);
      value = node.op_type == "Max" ? std::max(value, bound) : std::min(value, bound);
    }
  }
  return result;
}

}  // namespace

Array RunExact(const frontend::Graph& graph, const Array& input) {
  std::map<std::string, Array> values = graph.constants;
  values[graph.inputs.at(0).name] = input;
  for (const frontend::Node& node : graph.nodes) {
    Inputs inputs;
    for (const std::string& name : node.inputs) {
      inputs.push_back(&values.at(name));
    }
    Array result = EvaluateExact(node, inputs);
    values[node.outputs.at(0)] = std::move(result);
  }
  return values.at(graph.outputs.at(0));
}

}  // namespace denseshift::driver
