// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "driver/network/frontend/operators.h"

#include <algorithm>
#include <cstdint>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "driver/network/frontend/kernels.h"

namespace denseshift::driver::frontend {
namespace {

using Names = std::vector<std::string>;

const Names kAveragePool = {
    "auto_pad", "ceil_mode", "count_include_pad", "dilations", "kernel_shape", "pads", "strides"};
const Names kBatchNormalization = {"epsilon", "momentum", "spatial", "training_mode"};
const Names kConstant = {"value", "value_float", "value_floats", "value_int", "value_ints"};
const Names kConv = {"auto_pad", "dilations", "group", "kernel_shape", "pads", "strides"};
const Names kGemm = {"alpha", "beta", "transA", "transB"};
const Names kMaxPool = {
    "auto_pad", "ceil_mode", "dilations", "kernel_shape", "pads", "storage_order", "strides"};
const Names kReduceMean = {"axes", "keepdims", "noop_with_empty_axes"};

constexpr std::size_t kAnyNumber = 65535;

const std::vector<OperatorInfo>& Operators() {
  static const std::vector<OperatorInfo> kOperators = {
      {"", "Add", Add, 2, 2, {}},
      {"", "AveragePool", AveragePool, 1, 1, kAveragePool},
      {"", "BatchNormalization", BatchNormalization, 5, 5, kBatchNormalization},
      {"", "Cast", Cast, 1, 1, {"to", "saturate"}},
      {"", "Clip", Clip, 1, 3, {"min", "max"}},
      {"", "Concat", Concat, 1, kAnyNumber, {"axis"}},
      {"", "Constant", Constant, 0, 0, kConstant},
      {"", "Conv", Conv, 2, 3, kConv},
      {"", "DequantizeLinear", DequantizeLinear, 2, 3, {"axis"}},
      {"", "Div", Div, 2, 2, {}},
      {"", "Dropout", Dropout, 1, 3, {"ratio", "seed"}},
      {"", "Flatten", Flatten, 1, 1, {"axis"}},
      {"", "Gather", Gather, 2, 2, {"axis"}},
      {"", "Gemm", Gemm, 2, 3, kGemm},
      {"", "GlobalAveragePool", GlobalAveragePool, 1, 1, {}},
      {"", "Identity", Identity, 1, 1, {}},
      {"", "MatMul", MatMul, 2, 2, {}},
      {"", "MaxPool", MaxPool, 1, 1, kMaxPool},
      {"", "Mul", Mul, 2, 2, {}},
      {"", "QuantizeLinear", QuantizeLinear, 2, 3, {"axis", "saturate"}},
      {"", "ReduceMean", ReduceMean, 1, 2, kReduceMean},
      {"", "Relu", Relu, 1, 1, {}},
      {"", "Reshape", Reshape, 2, 2, {"allowzero"}},
      {"", "Shape", Shape, 1, 1, {"start", "end"}},
      {"", "Slice", Slice, 1, 5, {"axes", "ends", "starts"}},
      {"", "Squeeze", Squeeze, 1, 2, {"axes"}},
      {"", "Sub", Sub, 2, 2, {}},
      {"", "Transpose", Transpose, 1, 1, {"perm"}},
      {"", "Unsqueeze", Unsqueeze, 1, 2, {"axes"}},
      {"org.denseshift", "DenseShiftWeight", DenseShiftWeight, 1, 1, {"bits", "shape"}},
  };
  return kOperators;
}

std::string SupportedText() {
  std::vector<std::string> names;
  for (const OperatorInfo& info : Operators()) {
    names.push_back((*info.domain == '\0' ? "" : std::string(info.domain) + "::") + info.name);
  }
  return fmt::format("{}", fmt::join(names, ", "));
}

}  // namespace

bool OperatorInfo::Folds() const {
  static const std::vector<Kernel> kHeavy = {
      AveragePool, Conv, Gemm, GlobalAveragePool, MatMul, MaxPool, ReduceMean};
  return std::find(kHeavy.begin(), kHeavy.end(), kernel) == kHeavy.end();
}

const OperatorInfo& FindOperator(const Node& node) {
  const std::vector<OperatorInfo>& all = Operators();
  const auto found = std::find_if(all.begin(), all.end(), [&node](const OperatorInfo& info) {
    return info.domain == node.domain && info.name == node.op_type;
  });
  if (found == all.end()) {
    const bool at_end = node.op_type == "Softmax" || node.op_type == "ArgMax";
    FailAt(node,
           fmt::format("this operator is not supported; {}supported are: {}",
                       at_end ? "end the graph at the logits before it. Otherwise " : "",
                       SupportedText()));
  }
  if (node.inputs.size() > found->max_inputs || node.inputs.size() < found->min_inputs) {
    FailAt(node,
           fmt::format("has {} inputs; the operator takes {} to {}",
                       node.inputs.size(),
                       found->min_inputs,
                       found->max_inputs));
  }
  for (std::size_t i = 0; i < found->min_inputs; ++i) {
    if (!node.HasInput(i)) {
      FailAt(node, fmt::format("input {} is missing", i));
    }
  }
  if (node.outputs.empty() || node.outputs.front().empty()) {
    FailAt(node, "has no output");
  }
  for (const auto& [key, attribute] : node.attributes) {
    if (std::find(found->attributes.begin(), found->attributes.end(), key) ==
        found->attributes.end()) {
      FailAt(node,
             fmt::format("attribute '{}' is not supported; supported: {}",
                         key,
                         fmt::join(found->attributes, ", ")));
    }
  }
  return *found;
}

Array Evaluate(const Node& node, const Inputs& inputs) {
  return FindOperator(node).kernel(node, inputs);
}

std::size_t NormalizeAxis(const Node& node, std::int64_t axis, std::size_t rank) {
  const auto signed_rank = static_cast<std::int64_t>(rank);
  const std::int64_t result = axis < 0 ? axis + signed_rank : axis;
  if (result < 0 || result >= signed_rank) {
    FailAt(node, fmt::format("axis {} is not one of a tensor of rank {}", axis, rank));
  }
  return static_cast<std::size_t>(result);
}

}  // namespace denseshift::driver::frontend
