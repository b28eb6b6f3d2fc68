// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_DRIVER_NETWORK_FRONTEND_GRAPH_H_
#define DENSESHIFT_DRIVER_NETWORK_FRONTEND_GRAPH_H_

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "driver/network/frontend/array.h"

namespace denseshift::driver::frontend {

// A node attribute; only the member that belongs to `kind` is set.
struct Attribute {
  enum class Kind { kFloat, kInt, kString, kTensor, kFloats, kInts, kOther };
  Kind kind = Kind::kOther;
  double number = 0.0;
  std::int64_t integer = 0;
  std::string text;
  std::vector<double> numbers;
  std::vector<std::int64_t> integers;
  Array tensor;
};

// An operator of the graph. An omitted optional input has an empty name.
struct Node {
  std::string name;
  std::string domain;
  std::string op_type;
  std::vector<std::string> inputs;
  std::vector<std::string> outputs;
  std::map<std::string, Attribute> attributes;

  // Name for messages: the node's own, or its first output's when it has none.
  [[nodiscard]] std::string Label() const;

  [[nodiscard]] bool HasInput(std::size_t index) const {
    return index < inputs.size() && !inputs[index].empty();
  }

  [[nodiscard]] bool HasAttribute(const std::string& key) const {
    return attributes.count(key) != 0;
  }

  // Attribute values, or the fallback where the node has no such attribute.
  // Errors  std::runtime_error if the attribute has another type.
  [[nodiscard]] std::int64_t Int(const std::string& key, std::int64_t fallback) const;
  [[nodiscard]] double Float(const std::string& key, double fallback) const;
  [[nodiscard]] std::string String(const std::string& key, const std::string& fallback) const;
  [[nodiscard]] std::vector<std::int64_t> Ints(const std::string& key,
                                               const std::vector<std::int64_t>& fallback) const;
};

// Throws std::runtime_error: node 'label' (op type): what.
[[noreturn]] void FailAt(const Node& node, const std::string& what);

// A graph input. A dimension without a fixed value is -1.
struct GraphInput {
  std::string name;
  ElementType type = ElementType::kFloat32;
  std::vector<std::int64_t> dims;
};

// An ONNX graph without its protobuf.
struct Graph {
  std::string name;
  std::int64_t opset = 0;          // version of the default domain
  std::vector<GraphInput> inputs;  // those that are no initializers
  std::vector<std::string> outputs;
  std::vector<Node> nodes;  // in execution order
  std::map<std::string, Array> constants;
};

}  // namespace denseshift::driver::frontend

#endif  // DENSESHIFT_DRIVER_NETWORK_FRONTEND_GRAPH_H_
