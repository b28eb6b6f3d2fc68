// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "tests/driver/network/onnx_builder.h"

#include <algorithm>
#include <fmt/format.h>
#include <fstream>
#include <unistd.h>

#include <gtest/gtest.h>

namespace denseshift::driver {

NodeBuilder& NodeBuilder::Int(const std::string& key, std::int64_t value) {
  Add(key, onnx::AttributeProto::INT)->set_i(value);
  return *this;
}

NodeBuilder& NodeBuilder::Ints(const std::string& key, const Dims& values) {
  onnx::AttributeProto* attribute = Add(key, onnx::AttributeProto::INTS);
  for (const std::int64_t value : values) {
    attribute->add_ints(value);
  }
  return *this;
}

NodeBuilder& NodeBuilder::Float(const std::string& key, float value) {
  Add(key, onnx::AttributeProto::FLOAT)->set_f(value);
  return *this;
}

NodeBuilder& NodeBuilder::String(const std::string& key, const std::string& value) {
  Add(key, onnx::AttributeProto::STRING)->set_s(value);
  return *this;
}

NodeBuilder& NodeBuilder::Domain(const std::string& domain) {
  node_->set_domain(domain);
  return *this;
}

onnx::AttributeProto* NodeBuilder::Add(const std::string& key,
                                       onnx::AttributeProto::AttributeType type) {
  onnx::AttributeProto* attribute = node_->add_attribute();
  attribute->set_name(key);
  attribute->set_type(type);
  return attribute;
}

OnnxBuilder::OnnxBuilder() {
  model_.set_ir_version(8);
  model_.mutable_graph()->set_name("test");
  model_.mutable_graph()->add_output()->set_name("output");
  model_.add_opset_import()->set_version(13);
}

OnnxBuilder& OnnxBuilder::Input(const Dims& dims, int data_type) {
  onnx::ValueInfoProto* input = Graph().add_input();
  input->set_name("input");
  onnx::TypeProto::Tensor* type = input->mutable_type()->mutable_tensor_type();
  type->set_elem_type(data_type);
  type->mutable_shape();
  for (const std::int64_t dim : dims) {
    onnx::TensorShapeProto::Dimension* proto = type->mutable_shape()->add_dim();
    if (dim < 0) {
      proto->set_dim_param("N");
    } else {
      proto->set_dim_value(dim);
    }
  }
  return *this;
}

OnnxBuilder& OnnxBuilder::Floats(const std::string& name,
                                 const Dims& dims,
                                 const std::vector<float>& values) {
  onnx::TensorProto* tensor = Constant(name, dims, onnx::TensorProto::FLOAT);
  for (const float value : values) {
    tensor->add_float_data(value);
  }
  return *this;
}

OnnxBuilder& OnnxBuilder::Int64s(const std::string& name, const Dims& dims, const Dims& values) {
  onnx::TensorProto* tensor = Constant(name, dims, onnx::TensorProto::INT64);
  for (const std::int64_t value : values) {
    tensor->add_int64_data(value);
  }
  return *this;
}

OnnxBuilder& OnnxBuilder::Bytes(const std::string& name,
                                const Dims& dims,
                                const std::vector<int>& values,
                                int data_type) {
  onnx::TensorProto* tensor = Constant(name, dims, data_type);
  for (const int value : values) {
    tensor->add_int32_data(value);
  }
  return *this;
}

NodeBuilder OnnxBuilder::Node(const std::string& op_type,
                              const std::vector<std::string>& inputs,
                              const std::string& output) {
  onnx::NodeProto* node = Graph().add_node();
  node->set_op_type(op_type);
  node->set_name(output);
  for (const std::string& input : inputs) {
    node->add_input(input);
  }
  node->add_output(output);
  return NodeBuilder(node);
}

OnnxBuilder& OnnxBuilder::Pair(
    const std::string& from, const std::string& to, float scale, int zero_point, int data_type) {
  Floats(to + "_scale", {}, {scale});
  Bytes(to + "_zero", {}, {zero_point}, data_type);
  Node("QuantizeLinear", {from, to + "_scale", to + "_zero"}, to + "_q");
  Node("DequantizeLinear", {to + "_q", to + "_scale", to + "_zero"}, to);
  return *this;
}

std::filesystem::path OnnxBuilder::Save() {
  std::filesystem::path path = TemporaryFile(".onnx");
  WriteFile(path, model_.SerializeAsString());
  return path;
}

onnx::TensorProto* OnnxBuilder::Constant(const std::string& name, const Dims& dims, int data_type) {
  onnx::TensorProto* tensor = Graph().add_initializer();
  tensor->set_name(name);
  tensor->set_data_type(data_type);
  for (const std::int64_t dim : dims) {
    tensor->add_dims(dim);
  }
  return tensor;
}

std::filesystem::path TemporaryFile(const std::string& suffix) {
  const testing::TestInfo* info = testing::UnitTest::GetInstance()->current_test_info();
  std::string test = fmt::format("{}_{}", info->test_suite_name(), info->name());
  std::replace(test.begin(), test.end(), '/', '_');
  return std::filesystem::path(testing::TempDir()) / fmt::format("{}_{}{}", test, getpid(), suffix);
}

void WriteFile(const std::filesystem::path& path, const std::string& bytes) {
  // A new file, not the old one cut to nothing, which some file systems write to disk at once.
  std::filesystem::remove(path);
  std::ofstream file(path, std::ios::binary);
  file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  ASSERT_TRUE(file.good()) << path;
}

}  // namespace denseshift::driver
