// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "driver/network/frontend/onnx_reader.h"

#include <cstddef>
#include <fmt/format.h>
#include <fstream>
#include <onnx/onnx_pb.h>
#include <optional>
#include <set>
#include <stdexcept>
#include <string>
#include <system_error>
#include <utility>

#include "driver/network/frontend/onnx_tensor.h"

namespace denseshift::driver::frontend {
namespace {

std::string ReadFile(const std::filesystem::path& path) {
  std::error_code error;
  if (!std::filesystem::is_regular_file(path, error)) {
    throw std::runtime_error("no such file");
  }
  const std::uintmax_t bytes = std::filesystem::file_size(path, error);
  if (error) {
    throw std::runtime_error("cannot be read: " + error.message());
  }
  if (bytes > kMaxFileBytes) {
    throw std::runtime_error(
        fmt::format("{} bytes; models of up to {} bytes are read", bytes, kMaxFileBytes));
  }
  std::ifstream file(path, std::ios::binary);
  std::string data(static_cast<std::size_t>(bytes), '\0');
  if (!file.read(data.data(), static_cast<std::streamsize>(bytes))) {
    throw std::runtime_error("cannot be read");
  }
  return data;
}

Attribute ReadAttribute(const onnx::AttributeProto& proto) {
  Attribute attribute;
  switch (proto.type()) {
    case onnx::AttributeProto::FLOAT:
      attribute.kind = Attribute::Kind::kFloat;
      attribute.number = static_cast<double>(proto.f());
      break;
    case onnx::AttributeProto::INT:
      attribute.kind = Attribute::Kind::kInt;
      attribute.integer = proto.i();
      break;
    case onnx::AttributeProto::STRING:
      attribute.kind = Attribute::Kind::kString;
      attribute.text = proto.s();
      break;
    case onnx::AttributeProto::TENSOR:
      attribute.kind = Attribute::Kind::kTensor;
      attribute.tensor = ReadTensor(proto.t());
      break;
    case onnx::AttributeProto::FLOATS:
      attribute.kind = Attribute::Kind::kFloats;
      attribute.numbers.assign(proto.floats().begin(), proto.floats().end());
      break;
    case onnx::AttributeProto::INTS:
      attribute.kind = Attribute::Kind::kInts;
      attribute.integers.assign(proto.ints().begin(), proto.ints().end());
      break;
    default:
      break;  // graphs and strings: no operator the importer knows has one
  }
  return attribute;
}

Node ReadNode(const onnx::NodeProto& proto) {
  Node node;
  node.name = proto.name();
  node.domain = proto.domain() == "ai.onnx" ? std::string() : proto.domain();
  node.op_type = proto.op_type();
  node.inputs.assign(proto.input().begin(), proto.input().end());
  node.outputs.assign(proto.output().begin(), proto.output().end());
  for (const onnx::AttributeProto& attribute : proto.attribute()) {
    try {
      node.attributes[attribute.name()] = ReadAttribute(attribute);
    } catch (const std::runtime_error& error) {
      FailAt(node, fmt::format("attribute '{}': {}", attribute.name(), error.what()));
    }
  }
  return node;
}

GraphInput ReadInput(const onnx::ValueInfoProto& proto) {
  if (!proto.type().has_tensor_type()) {
    throw std::runtime_error(
        fmt::format("input '{}' is no tensor; only tensor inputs are supported", proto.name()));
  }
  const onnx::TypeProto::Tensor& tensor = proto.type().tensor_type();
  const std::optional<ElementType> type = FromOnnxType(tensor.elem_type());
  if (!type) {
    throw std::runtime_error(fmt::format(
        "input '{}': data type {} is not supported; use FLOAT", proto.name(), tensor.elem_type()));
  }
  GraphInput input;
  input.name = proto.name();
  input.type = *type;
  for (const onnx::TensorShapeProto::Dimension& dim : tensor.shape().dim()) {
    input.dims.push_back(dim.has_dim_value() ? dim.dim_value() : -1);
  }
  return input;
}

std::int64_t DefaultOpset(const onnx::ModelProto& model) {
  for (const onnx::OperatorSetIdProto& opset : model.opset_import()) {
    if (opset.domain().empty() || opset.domain() == "ai.onnx") {
      if (opset.version() < kMinOpset || opset.version() > kMaxOpset) {
        throw std::runtime_error(
            fmt::format("opset {}; versions {} to {} are supported: convert the model with the "
                        "ONNX version converter",
                        opset.version(),
                        kMinOpset,
                        kMaxOpset));
      }
      return opset.version();
    }
  }
  throw std::runtime_error(
      "the model imports no opset of the default domain (cut off, or no ONNX model)");
}

}  // namespace

Graph ReadOnnx(const std::filesystem::path& path, ImportWeights weights) {
  onnx::ModelProto model;
  if (!model.ParseFromString(ReadFile(path))) {
    throw std::runtime_error("is cut off, damaged or no ONNX model: its protobuf does not parse");
  }
  if (!model.has_graph()) {
    throw std::runtime_error("holds no graph (empty, cut off, or no ONNX model)");
  }
  const onnx::GraphProto& proto = model.graph();
  Graph graph;
  graph.name = proto.name();
  graph.opset = DefaultOpset(model);
  if (proto.sparse_initializer_size() != 0) {
    throw std::runtime_error("sparse initializers are not supported; store them as dense ones");
  }
  for (const onnx::TensorProto& tensor : proto.initializer()) {
    graph.constants[tensor.name()] =
        weights == ImportWeights::kShapesOnly ? ReadTensorShape(tensor) : ReadTensor(tensor);
  }
  for (const onnx::NodeProto& node : proto.node()) {
    graph.nodes.push_back(ReadNode(node));
  }
  for (const onnx::ValueInfoProto& input : proto.input()) {
    if (graph.constants.count(input.name()) == 0) {
      graph.inputs.push_back(ReadInput(input));
    }
  }
  for (const onnx::ValueInfoProto& output : proto.output()) {
    graph.outputs.push_back(output.name());
  }
  return graph;
}

}  // namespace denseshift::driver::frontend
