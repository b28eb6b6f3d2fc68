// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "driver/network/exact/graph_writer.h"

#include <fmt/format.h>

namespace denseshift::driver::exact {

std::string GraphWriter::Node(const std::string& op_type, const std::vector<std::string>& inputs) {
  std::string output = NextName();
  NamedNode(op_type, inputs, output);
  return output;
}

void GraphWriter::NamedNode(const std::string& op_type,
                            const std::vector<std::string>& inputs,
                            const std::string& output) {
  onnx::NodeProto* node = graph_->add_node();
  node->set_op_type(op_type);
  node->set_name(output);
  for (const std::string& input : inputs) {
    node->add_input(input);
  }
  node->add_output(output);
}

void GraphWriter::SetInt(const std::string& key, std::int64_t value) {
  onnx::AttributeProto* attribute = graph_->mutable_node(graph_->node_size() - 1)->add_attribute();
  attribute->set_name(key);
  attribute->set_type(onnx::AttributeProto::INT);
  attribute->set_i(value);
}

void GraphWriter::SetInts(const std::string& key, const Dims& values) {
  onnx::AttributeProto* attribute = graph_->mutable_node(graph_->node_size() - 1)->add_attribute();
  attribute->set_name(key);
  attribute->set_type(onnx::AttributeProto::INTS);
  for (const std::int64_t value : values) {
    attribute->add_ints(value);
  }
}

std::string GraphWriter::Floats(const Dims& dims, const std::vector<float>& values) {
  onnx::TensorProto* tensor = Constant(dims, onnx::TensorProto::FLOAT);
  for (const float value : values) {
    tensor->add_float_data(value);
  }
  return tensor->name();
}

std::string GraphWriter::Doubles(const Dims& dims, const std::vector<double>& values) {
  onnx::TensorProto* tensor = Constant(dims, onnx::TensorProto::DOUBLE);
  for (const double value : values) {
    tensor->add_double_data(value);
  }
  return tensor->name();
}

std::string GraphWriter::Int64s(const std::vector<std::int64_t>& values) {
  onnx::TensorProto* tensor =
      Constant({static_cast<std::int64_t>(values.size())}, onnx::TensorProto::INT64);
  for (const std::int64_t value : values) {
    tensor->add_int64_data(value);
  }
  return tensor->name();
}

std::string GraphWriter::Byte(bool is_unsigned, int value) {
  onnx::TensorProto* tensor =
      Constant({}, is_unsigned ? onnx::TensorProto::UINT8 : onnx::TensorProto::INT8);
  tensor->add_int32_data(value);
  return tensor->name();
}

std::string GraphWriter::Cast(const std::string& input, int data_type) {
  std::string output = Node("Cast", {input});
  SetInt("to", data_type);
  return output;
}

onnx::TensorProto* GraphWriter::Constant(const Dims& dims, int data_type) {
  onnx::TensorProto* tensor = graph_->add_initializer();
  tensor->set_name(NextName());
  tensor->set_data_type(data_type);
  for (const std::int64_t dim : dims) {
    tensor->add_dims(dim);
  }
  return tensor;
}

std::string GraphWriter::NextName() {
  return fmt::format("exact/{}", names_++);
}

}  // namespace denseshift::driver::exact
