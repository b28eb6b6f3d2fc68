// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_DRIVER_NETWORK_EXACT_GRAPH_WRITER_H_
#define DENSESHIFT_DRIVER_NETWORK_EXACT_GRAPH_WRITER_H_

#include <cstdint>
#include <onnx/onnx_pb.h>
#include <string>
#include <vector>

namespace denseshift::driver::exact {

using Dims = std::vector<std::int64_t>;

// Grows an ONNX graph node by node. Every method returns the name of the tensor it adds.
class GraphWriter {
 public:
  explicit GraphWriter(onnx::GraphProto* graph) : graph_(graph) {}

  // Adds a node with one output; attributes are set on the node with SetInts and SetInt.
  std::string Node(const std::string& op_type, const std::vector<std::string>& inputs);

  // The same with a given output name.
  void NamedNode(const std::string& op_type,
                 const std::vector<std::string>& inputs,
                 const std::string& output);

  // Attributes of the node added last.
  void SetInt(const std::string& key, std::int64_t value);
  void SetInts(const std::string& key, const Dims& values);

  // Constants. The values fill the shape; an empty shape is a scalar.
  std::string Floats(const Dims& dims, const std::vector<float>& values);
  std::string Doubles(const Dims& dims, const std::vector<double>& values);
  std::string Int64s(const std::vector<std::int64_t>& values);
  std::string Byte(bool is_unsigned, int value);

  // Casts to a TensorProto data type.
  std::string Cast(const std::string& input, int data_type);

 private:
  onnx::TensorProto* Constant(const Dims& dims, int data_type);
  std::string NextName();

  onnx::GraphProto* graph_;
  int names_ = 0;
};

}  // namespace denseshift::driver::exact

#endif  // DENSESHIFT_DRIVER_NETWORK_EXACT_GRAPH_WRITER_H_
