// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "tests/driver/network/float_check.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <map>
#include <random>
#include <string>

#include <gtest/gtest.h>

#include "driver/network/frontend/calibrate.h"
#include "driver/network/frontend/onnx_reader.h"
#include "tests/driver/network/reference.h"

namespace denseshift::driver {
namespace {

using frontend::Array;

constexpr int kImages = 5;

const Tensor& At(const Network& network, int index) {
  return network.tensors.at(static_cast<std::size_t>(index));
}

// Position in [C, H, W] of element i of [H, W, C].
std::size_t PlanarIndex(const Tensor& tensor, std::size_t i) {
  const auto channels = static_cast<std::size_t>(tensor.channels);
  const auto pixels =
      static_cast<std::size_t>(tensor.height) * static_cast<std::size_t>(tensor.width);
  return i % channels * pixels + i / channels;
}

// The tensor's integers as the ONNX graph's input holds them: real, or uint8 / int8.
Array ToOnnx(const Tensor& tensor,
             const frontend::GraphInput& declared,
             const std::vector<int>& values) {
  std::vector<std::int64_t> dims = declared.dims;
  dims[0] = 1;
  Array array(declared.type, dims);
  for (std::size_t i = 0; i < values.size(); ++i) {
    const double real = (values[i] - tensor.zero_point) * tensor.scale;
    const double stored = values[i] + (tensor.is_unsigned ? 128 : 0);
    array.values[PlanarIndex(tensor, i)] =
        frontend::RoundTo(declared.type, frontend::IsFloatingPoint(declared.type) ? real : stored);
  }
  return array;
}

// The graph's output as device integers, [H, W, C].
std::vector<int> ToDevice(const Tensor& tensor, const Array& output) {
  std::vector<int> values(output.values.size());
  for (std::size_t i = 0; i < values.size(); ++i) {
    const double value = output.values[PlanarIndex(tensor, i)];
    values[i] = frontend::IsFloatingPoint(output.type)
                    ? static_cast<int>(std::lround(value / tensor.scale)) + tensor.zero_point
                    : static_cast<int>(value) - (tensor.is_unsigned ? 128 : 0);
  }
  return values;
}

}  // namespace

std::vector<float> RandomWeights(std::size_t count, int bits, unsigned seed) {
  std::mt19937 rng(seed);
  const std::uint32_t exponents = std::uint32_t{1} << (bits - 1);
  std::vector<float> weights(count);
  for (std::size_t i = 0; i < count; ++i) {
    auto exponent = static_cast<std::uint32_t>(rng()) % exponents;
    exponent = i == 0 ? 0 : i == 1 ? exponents - 1 : exponent;
    weights[i] = std::ldexp((rng() & 1U) != 0 ? -1.0F : 1.0F, static_cast<int>(exponent));
  }
  return weights;
}

Network ExpectMatchesFloat(OnnxBuilder* model, int magnitude, const ImportOptions& options) {
  const std::filesystem::path path = model->Save();
  Network network = ImportOnnx(path, options);
  const frontend::Graph graph = frontend::ReadOnnx(path);
  const Tensor& in = At(network, network.input);
  const Tensor& out = At(network, network.output);
  std::mt19937 rng(1);
  std::uniform_int_distribution<int> value(std::max(-128, in.zero_point - magnitude),
                                           std::min(127, in.zero_point + magnitude));
  for (int image = 0; image < kImages; ++image) {
    std::vector<int> input(in.Elements());
    std::generate(input.begin(), input.end(), [&]() { return value(rng); });
    Array output;
    frontend::Execute(graph,
                      {{graph.inputs[0].name, ToOnnx(in, graph.inputs[0], input)}},
                      [&](const std::string& name, const Array& array) {
                        if (name == graph.outputs[0]) {
                          output = array;
                        }
                      });
    const std::vector<int> expected = ToDevice(out, output);
    const std::vector<int> actual =
        RunReference(network, input).at(static_cast<std::size_t>(network.output));
    EXPECT_EQ(actual, expected) << "image " << image;
    EXPECT_NE(*std::min_element(actual.begin(), actual.end()),
              *std::max_element(actual.begin(), actual.end()))
        << "all outputs are the same: the model tests nothing";
  }
  std::filesystem::remove(path);
  return network;
}

}  // namespace denseshift::driver
