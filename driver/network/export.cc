// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "driver/network/export.h"

#include <cstddef>
#include <fmt/format.h>
#include <fstream>
#include <map>
#include <onnx/onnx_pb.h>
#include <stdexcept>
#include <string>
#include <vector>

#include "driver/network/exact/graph_writer.h"
#include "driver/network/exact/layer_writer.h"

namespace denseshift::driver {
namespace {

constexpr int kIrVersion = 8;
constexpr int kOpset = 15;
constexpr int kUnsignedOffset = 128;  // of a uint8 value to the device's int8

// Declares a float32 graph input or output with a symbolic batch.
void Declare(const Tensor& tensor, const std::string& name, onnx::ValueInfoProto* info) {
  info->set_name(name);
  onnx::TypeProto::Tensor* type = info->mutable_type()->mutable_tensor_type();
  type->set_elem_type(onnx::TensorProto::FLOAT);
  type->mutable_shape()->add_dim()->set_dim_param("N");
  if (tensor.onnx_rank == 2) {
    type->mutable_shape()->add_dim()->set_dim_value(static_cast<std::int64_t>(tensor.Elements()));
    return;
  }
  for (const int size : {tensor.channels, tensor.height, tensor.width}) {
    type->mutable_shape()->add_dim()->set_dim_value(size);
  }
}

// The input as the device's integers, float32 [N, C, H, W].
std::string WriteInput(const Tensor& tensor, exact::GraphWriter* graph) {
  const int offset = tensor.is_unsigned ? kUnsignedOffset : 0;
  const std::string quantized =
      graph->Node("QuantizeLinear",
                  {tensor.name,
                   graph->Floats({}, {static_cast<float>(tensor.scale)}),
                   graph->Byte(tensor.is_unsigned, tensor.zero_point + offset)});
  std::string x = graph->Cast(quantized, onnx::TensorProto::FLOAT);
  if (tensor.is_unsigned) {
    x = graph->Node("Sub", {x, graph->Floats({}, {static_cast<float>(kUnsignedOffset)})});
  }
  return tensor.onnx_rank == 2 ? graph->Node("Unsqueeze", {x, graph->Int64s({2, 3})}) : x;
}

void WriteOutput(const Tensor& tensor,
                 const std::string& y,
                 const std::string& name,
                 exact::GraphWriter* graph) {
  const std::string steps =
      graph->Node("Sub", {y, graph->Floats({}, {static_cast<float>(tensor.zero_point)})});
  const std::string real =
      graph->Node("Mul", {steps, graph->Floats({}, {static_cast<float>(tensor.scale)})});
  graph->NamedNode(tensor.onnx_rank == 2 ? "Flatten" : "Identity", {real}, name);
}

onnx::ModelProto ExactModel(const Network& network) {
  const Tensor& input = network.tensors.at(static_cast<std::size_t>(network.input));
  const Tensor& output = network.tensors.at(static_cast<std::size_t>(network.output));
  onnx::ModelProto model;
  model.set_ir_version(kIrVersion);
  model.set_producer_name("denseshift");
  model.add_opset_import()->set_version(kOpset);
  onnx::GraphProto* proto = model.mutable_graph();
  proto->set_name(network.name.empty() ? "exact" : network.name);
  Declare(input, input.name, proto->add_input());
  Declare(output, output.name, proto->add_output());

  exact::GraphWriter graph(proto);
  std::map<int, std::string> names = {{network.input, WriteInput(input, &graph)}};
  for (const Layer& layer : network.layers) {
    std::vector<std::string> inputs;
    for (const int tensor : layer.inputs) {
      inputs.push_back(names.at(tensor));
    }
    names[layer.output] = exact::WriteLayer(layer, network.tensors, inputs, &graph);
  }
  WriteOutput(output, names.at(network.output), output.name, &graph);
  return model;
}

}  // namespace

void ExportExactOnnx(const Network& network, const std::filesystem::path& path) {
  std::string bytes;
  try {
    bytes = ExactModel(network).SerializeAsString();
  } catch (const std::out_of_range&) {
    throw std::invalid_argument(fmt::format(
        "network '{}': a layer refers to a tensor or scale that is missing", network.name));
  }
  std::ofstream file(path, std::ios::binary);
  file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  file.close();
  if (!file) {
    throw std::runtime_error(fmt::format("{}: cannot be written", path.string()));
  }
}

}  // namespace denseshift::driver
