// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "driver/network/frontend/lowering.h"

#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "driver/network/frontend/lower_node.h"
#include "driver/network/frontend/operators.h"
#include "driver/network/frontend/simplify.h"

namespace denseshift::driver::frontend {
namespace {

using Values = std::map<std::string, Value>;

// Values by the names of a node's inputs; nullptr where an optional one is omitted.
std::vector<const Value*> InputsOf(const Node& node, const Values& values) {
  std::vector<const Value*> inputs;
  for (const std::string& name : node.inputs) {
    if (name.empty()) {
      inputs.push_back(nullptr);
      continue;
    }
    const auto found = values.find(name);
    if (found == values.end()) {
      FailAt(node, fmt::format("reads tensor '{}', which nothing before it computes", name));
    }
    inputs.push_back(&found->second);
  }
  return inputs;
}

// True if the node can be computed now: every input a constant.
bool IsConstantNode(const Node& node, const std::vector<const Value*>& inputs) {
  return FindOperator(node).Folds() &&
         std::all_of(inputs.begin(), inputs.end(), [](const Value* input) {
           return input == nullptr || input->IsConstant();
         });
}

Value ConstantValue(const std::string& name, Array array) {
  Value value;
  value.name = name;
  value.constant = std::make_shared<const Array>(std::move(array));
  return value;
}

Value FoldedNode(const Node& node, const std::vector<const Value*>& inputs) {
  Inputs arrays;
  for (const Value* input : inputs) {
    arrays.push_back(input == nullptr ? nullptr : input->constant.get());
  }
  return ConstantValue(node.outputs.front(), Evaluate(node, arrays));
}

// Quantizes the graph's output if the graph has not, and makes it the network's.
void SetOutput(const std::string& name, const Value& output, Quantizer* quantizer, Network* net) {
  Node end;  // names the output in messages
  end.name = name;
  end.op_type = "graph output";
  if (output.IsConstant()) {
    FailAt(end, "is constant; it does not depend on the input");
  }
  const std::size_t rank = output.shape.dims.size();
  if (!(rank == 2 || output.shape.IsImage())) {
    FailAt(end,
           fmt::format("has shape {}; [N, C, H, W] or [N, features] is needed",
                       DimsText(output.shape.dims)));
  }
  net->output =
      output.kind == Value::Kind::kInteger ? output.tensor : quantizer->Require(end, output);
  if (net->output == net->input) {
    FailAt(end, "is the input; the graph has no layer to run");
  }
  Tensor& tensor = net->tensors[static_cast<std::size_t>(net->output)];
  tensor.name = name;
  tensor.onnx_rank = static_cast<int>(rank);
}

ActivationShape InputShape(const GraphInput& input) {
  ActivationShape shape;
  shape.dims = input.dims;
  shape.dims[0] = std::max<std::int64_t>(1, input.dims[0]);
  shape.channels = static_cast<int>(input.dims[1]);
  if (input.dims.size() == 4) {
    shape.height = static_cast<int>(input.dims[2]);
    shape.width = static_cast<int>(input.dims[3]);
  }
  return shape;
}

}  // namespace

const GraphInput& CheckInput(const Graph& graph) {
  constexpr std::int64_t kMaxInputElements = 1 << 24;
  if (graph.inputs.size() != 1) {
    throw std::runtime_error(
        fmt::format("the graph has {} inputs; exactly one is supported", graph.inputs.size()));
  }
  const GraphInput& input = graph.inputs.front();
  const auto fail = [&input](const std::string& why) {
    throw std::runtime_error(
        fmt::format("input '{}' of shape {}: {}", input.name, DimsText(input.dims), why));
  };
  if (input.type != ElementType::kFloat32 && input.type != ElementType::kFloat64 &&
      input.type != ElementType::kInt8 && input.type != ElementType::kUint8) {
    fail(fmt::format("type {} is not supported; use FLOAT", TypeName(input.type)));
  }
  if (input.dims.size() != 2 && input.dims.size() != 4) {
    fail("[N, C, H, W] or [N, C] is needed");
  }
  std::int64_t elements = std::max<std::int64_t>(1, input.dims[0]);
  for (std::size_t i = 0; i < input.dims.size(); ++i) {
    if (i > 0 && input.dims[i] < 1) {
      fail("only the first dimension (the batch) may be dynamic; fix the others (shown as -1)");
    }
    elements *= i > 0 ? input.dims[i] : 1;
    if (input.dims[i] > kMaxInputElements || elements > kMaxInputElements) {
      fail(fmt::format("more than {} elements", kMaxInputElements));
    }
  }
  return input;
}

Network Lower(const Graph& graph, const Calibration& calibration, const ImportOptions& options) {
  Network network;
  network.name = graph.name;
  Quantizer quantizer(&network, calibration);
  Values values;
  for (const auto& [name, array] : graph.constants) {
    values[name] = ConstantValue(name, array);
  }
  const GraphInput& input = CheckInput(graph);
  values[input.name] = quantizer.AddInput(input, InputShape(input));
  for (const Node& node : graph.nodes) {
    const std::vector<const Value*> inputs = InputsOf(node, values);
    Value result = IsConstantNode(node, inputs) ? FoldedNode(node, inputs)
                                                : LowerNode({node, inputs, &quantizer, options});
    values[node.outputs.front()] = std::move(result);
  }
  SetOutput(graph.outputs.front(), values.at(graph.outputs.front()), &quantizer, &network);
  FoldClamps(&network);
  return network;
}

}  // namespace denseshift::driver::frontend
