// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/check/layer_check.h"

#include <fmt/format.h>
#include <stdexcept>
#include <utility>

namespace denseshift::sim {

namespace {

golden::Tensor WithShape(const driver::Tensor& shape, std::vector<std::int8_t> values) {
  golden::Tensor tensor;
  tensor.height = shape.height;
  tensor.width = shape.width;
  tensor.channels = shape.channels;
  if (values.size() != shape.Elements()) {
    throw std::invalid_argument(fmt::format(
        "tensor {} has {} values, expected {}", shape.name, values.size(), shape.Elements()));
  }
  tensor.data = std::move(values);
  return tensor;
}

std::optional<LayerDifference> Compare(const golden::Tensor& expected,
                                       const golden::Tensor& actual) {
  if (expected.data == actual.data)
    return std::nullopt;
  LayerDifference difference;
  for (std::size_t i = expected.data.size(); i-- > 0;) {
    if (expected.data[i] == actual.data[i])
      continue;
    ++difference.count;
    const auto channels = static_cast<std::size_t>(expected.channels);
    const auto width = static_cast<std::size_t>(expected.width);
    difference.channel = static_cast<int>(i % channels);
    difference.column = static_cast<int>(i / channels % width);
    difference.row = static_cast<int>(i / channels / width);
    difference.expected = int{expected.data[i]};
    difference.actual = int{actual.data[i]};
  }
  return difference;
}

}  // namespace

std::string LayerDifference::Description() const {
  return fmt::format(
      "layer {} ({}), image {}: channel {}, row {}, column {} is {}, expected {}; {} of {} values "
      "differ",
      layer,
      onnx_type,
      image,
      channel,
      row,
      column,
      actual,
      expected,
      count,
      expected_tensor.Elements());
}

std::optional<LayerDifference> LayerCheck::Check(
    std::size_t image,
    const std::vector<std::int8_t>& input,
    const std::function<std::vector<std::int8_t>(std::size_t)>& read) const {
  std::vector<golden::Tensor> tensors(network_.tensors.size());
  const auto input_index = static_cast<std::size_t>(network_.input);
  tensors[input_index] = WithShape(network_.tensors[input_index], input);
  for (std::size_t i = 0; i < network_.layers.size(); ++i) {
    const driver::Layer& layer = network_.layers[i];
    const auto output = static_cast<std::size_t>(layer.output);
    golden::Tensor expected = golden_.Run(i, tensors);
    golden::Tensor actual = WithShape(network_.tensors[output], read(output));
    if (expected.Elements() != actual.Elements()) {
      throw std::invalid_argument(
          fmt::format("layer {}: golden output has {} values, tensor {} has {}",
                      layer.name,
                      expected.Elements(),
                      network_.tensors[output].name,
                      actual.Elements()));
    }
    if (std::optional<LayerDifference> difference = Compare(expected, actual)) {
      difference->layer = layer.name;
      difference->onnx_type = layer.onnx_type;
      difference->image = image;
      difference->expected_tensor = std::move(expected);
      difference->actual_tensor = std::move(actual);
      return difference;
    }
    tensors[output] = std::move(expected);
  }
  return std::nullopt;
}

}  // namespace denseshift::sim
