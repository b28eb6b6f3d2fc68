// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_TESTS_DRIVER_NETWORK_ONNX_BUILDER_H_
#define DENSESHIFT_TESTS_DRIVER_NETWORK_ONNX_BUILDER_H_

#include <cstdint>
#include <filesystem>
#include <onnx/onnx_pb.h>
#include <string>
#include <vector>

namespace denseshift::driver {

using Dims = std::vector<std::int64_t>;

// The node that OnnxBuilder::Node added, to give it attributes.
class NodeBuilder {
 public:
  explicit NodeBuilder(onnx::NodeProto* node) : node_(node) {}

  NodeBuilder& Int(const std::string& key, std::int64_t value);
  NodeBuilder& Ints(const std::string& key, const Dims& values);
  NodeBuilder& Float(const std::string& key, float value);
  NodeBuilder& String(const std::string& key, const std::string& value);
  NodeBuilder& Domain(const std::string& domain);

  onnx::NodeProto* operator->() { return node_; }

 private:
  onnx::AttributeProto* Add(const std::string& key, onnx::AttributeProto::AttributeType type);
  onnx::NodeProto* node_;
};

// Builds an ONNX model in memory: opset 13, IR 8, input "input", output "output".
class OnnxBuilder {
 public:
  OnnxBuilder();

  // Declares the input; a dimension of -1 is symbolic.
  OnnxBuilder& Input(const Dims& dims, int data_type = onnx::TensorProto::FLOAT);

  // Initializers; scalars when dims is empty.
  OnnxBuilder& Floats(const std::string& name, const Dims& dims, const std::vector<float>& values);
  OnnxBuilder& Int64s(const std::string& name, const Dims& dims, const Dims& values);
  OnnxBuilder& Bytes(const std::string& name,
                     const Dims& dims,
                     const std::vector<int>& values,
                     int data_type = onnx::TensorProto::UINT8);

  // Adds a node named after its output.
  NodeBuilder Node(const std::string& op_type,
                   const std::vector<std::string>& inputs,
                   const std::string& output);

  // A QuantizeLinear / DequantizeLinear pair from one tensor to another; zero_point in the
  // tensor's own type. The quantized tensor is called `to` + "_q".
  OnnxBuilder& Pair(const std::string& from,
                    const std::string& to,
                    float scale,
                    int zero_point = 0,
                    int data_type = onnx::TensorProto::UINT8);

  onnx::ModelProto& Model() { return model_; }

  onnx::GraphProto& Graph() { return *model_.mutable_graph(); }

  // Writes the model to a file of its own in the test's temporary folder.
  [[nodiscard]] std::filesystem::path Save();

 private:
  onnx::TensorProto* Constant(const std::string& name, const Dims& dims, int data_type);
  onnx::ModelProto model_;
};

// A file in the test's temporary folder; the name is unique to test and process.
[[nodiscard]] std::filesystem::path TemporaryFile(const std::string& suffix);

void WriteFile(const std::filesystem::path& path, const std::string& bytes);

}  // namespace denseshift::driver

#endif  // DENSESHIFT_TESTS_DRIVER_NETWORK_ONNX_BUILDER_H_
