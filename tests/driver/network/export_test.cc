// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "driver/network/export.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <random>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "driver/network/exact/layer_writer.h"
#include "driver/network/fixed_point.h"
#include "driver/network/frontend/onnx_reader.h"
#include "tests/driver/network/exact_runner.h"
#include "tests/driver/network/onnx_builder.h"
#include "tests/driver/network/reference.h"

namespace denseshift::driver {
namespace {

using frontend::Array;
using frontend::ElementType;

// Builds networks of random parameters; `Add..` append a layer that reads tensor `from`.
class NetworkBuilder {
 public:
  NetworkBuilder(int height, int width, int channels, bool is_unsigned, unsigned seed)
      : rng_(seed) {
    network_.name = "random";
    AddTensor(height, width, channels);
    network_.tensors[0].is_unsigned = is_unsigned;
    network_.tensors[0].scale = 0.25;
  }

  int AddConv(int from, int channels, const Window& window, int bits, int inputs_per_output = 0) {
    const Tensor in = At(from);
    Layer layer = NewLayer(Operator::kConv, {from}, window);
    layer.output = AddWindowTensor(in, window, channels);
    layer.code_bits = bits;
    const int count = window.kernel_h * window.kernel_w * in.channels;
    layer.codes.resize(static_cast<std::size_t>(channels) * static_cast<std::size_t>(count));
    for (std::uint8_t& code : layer.codes) {
      code = static_cast<std::uint8_t>(rng_() & ((1U << bits) - 1U));
    }
    const double spread = std::sqrt(inputs_per_output > 0 ? inputs_per_output : count);
    for (int c = 0; c < channels; ++c) {
      layer.bias.push_back(Uniform(-1000, 1000));
      layer.scale.push_back(ToFixedPoint(Uniform(50, 150) / (spread * 60.0 * (1 << (bits - 1)))));
    }
    layer.scale.back() = {};  // a dead channel
    network_.layers.push_back(layer);
    return layer.output;
  }

  int AddPool(int from, Operator op, const Window& window, bool count_include_pad = false) {
    const Tensor in = At(from);
    Layer layer = NewLayer(op, {from}, window);
    layer.count_include_pad = count_include_pad;
    layer.output = AddWindowTensor(in, window, in.channels);
    layer.pool_scale[1] = ToFixedPoint(Uniform(50, 150) / 100.0);
    for (int taps = 2; op == Operator::kAveragePool && taps <= 49; ++taps) {
      layer.pool_scale[taps] = ToFixedPoint(Uniform(50, 150) / (50.0 * taps));
    }
    network_.layers.push_back(layer);
    return layer.output;
  }

  int AddSum(int a, int b) {
    const Tensor in = At(a);
    Layer layer = NewLayer(Operator::kAdd, {a, b}, {});
    layer.output = AddTensor(in.height, in.width, in.channels);
    const auto scales = ToSharedFixedPoint(Uniform(10, 100) / 100.0, Uniform(10, 100) / 100.0);
    layer.add_scale[0] = scales[0];
    layer.add_scale[1] = scales[1];
    network_.layers.push_back(layer);
    return layer.output;
  }

  Network& Finish(int output) {
    network_.output = output;
    Tensor& tensor = network_.tensors[static_cast<std::size_t>(output)];
    tensor.name = "output";
    return network_;
  }

  int Uniform(int low, int high) { return std::uniform_int_distribution<int>(low, high)(rng_); }

 private:
  [[nodiscard]] const Tensor& At(int index) const {
    return network_.tensors[static_cast<std::size_t>(index)];
  }

  Layer NewLayer(Operator op, std::vector<int> inputs, const Window& window) {
    Layer layer;
    layer.name = "layer" + std::to_string(network_.layers.size());
    layer.op = op;
    layer.inputs = std::move(inputs);
    layer.window = window;
    layer.lo = Uniform(-128, -90);
    layer.hi = Uniform(90, 127);
    return layer;
  }

  int AddTensor(int height, int width, int channels) {
    Tensor tensor;
    tensor.name = "tensor" + std::to_string(network_.tensors.size());
    tensor.height = height;
    tensor.width = width;
    tensor.channels = channels;
    tensor.scale = 0.5;
    tensor.zero_point = Uniform(-60, 60);
    network_.tensors.push_back(tensor);
    return static_cast<int>(network_.tensors.size()) - 1;
  }

  int AddWindowTensor(const Tensor& in, const Window& w, int channels) {
    const int reach_h = (w.kernel_h - 1) * w.dilation_h + 1;
    const int reach_w = (w.kernel_w - 1) * w.dilation_w + 1;
    return AddTensor((in.height + w.pad_top + w.pad_bottom - reach_h) / w.stride_h + 1,
                     (in.width + w.pad_left + w.pad_right - reach_w) / w.stride_w + 1,
                     channels);
  }

  std::mt19937 rng_;
  Network network_;
};

// Position in [C, H, W] of element i of [H, W, C].
std::size_t PlanarIndex(const Tensor& tensor, std::size_t i) {
  const auto channels = static_cast<std::size_t>(tensor.channels);
  return i % channels * (tensor.Elements() / channels) + i / channels;
}

// Exports the network and expects the graph to give the reference's integers.
void ExpectExact(const Network& network, int images = 3) {
  const std::filesystem::path path = TemporaryFile(".onnx");
  ExportExactOnnx(network, path);
  const frontend::Graph graph = frontend::ReadOnnx(path);
  const Tensor& in = network.tensors.at(static_cast<std::size_t>(network.input));
  const Tensor& out = network.tensors.at(static_cast<std::size_t>(network.output));
  std::mt19937 rng(7);
  std::uniform_int_distribution<int> uniform(-128, 127);
  for (int image = 0; image < images; ++image) {
    std::vector<int> input(in.Elements());
    std::generate(input.begin(), input.end(), [&]() { return uniform(rng); });
    std::vector<std::int64_t> dims = graph.inputs.at(0).dims;
    dims[0] = 1;
    Array real(ElementType::kFloat32, dims);
    for (std::size_t i = 0; i < input.size(); ++i) {
      real.values[PlanarIndex(in, i)] = (input[i] - in.zero_point) * in.scale;
    }
    const Array result = RunExact(graph, real);
    ASSERT_EQ(result.values.size(), out.Elements());
    ASSERT_EQ(result.Rank(), static_cast<std::size_t>(out.onnx_rank));
    const std::vector<int> expected =
        RunReference(network, input).at(static_cast<std::size_t>(network.output));
    std::vector<int> actual(expected.size());
    for (std::size_t i = 0; i < actual.size(); ++i) {
      const double value = result.values[PlanarIndex(out, i)] / out.scale + out.zero_point;
      actual[i] = static_cast<int>(value);
      ASSERT_EQ(value, actual[i]) << "not an integer";
    }
    EXPECT_EQ(actual, expected);
    EXPECT_NE(*std::min_element(expected.begin(), expected.end()),
              *std::max_element(expected.begin(), expected.end()));
  }
}

Window Kernel(int height, int width) {
  Window window;
  window.kernel_h = height;
  window.kernel_w = width;
  return window;
}

TEST(ExportExactOnnx, ConvolutionsOfEveryWidth) {
  for (int bits = 2; bits <= 4; ++bits) {
    for (const bool is_unsigned : {false, true}) {
      NetworkBuilder builder(7, 9, 3, is_unsigned, 1);
      Window window = Kernel(3, 2);
      window.stride_w = 2;
      window.dilation_h = 2;
      window.pad_top = 1;
      window.pad_bottom = 2;
      window.pad_right = 1;
      ExpectExact(builder.Finish(builder.AddConv(0, 5, window, bits)));
    }
  }
}

TEST(ExportExactOnnx, Pools) {
  Window window = Kernel(3, 2);
  window.stride_h = 2;
  window.pad_top = 1;
  window.pad_left = 1;
  window.pad_bottom = 1;
  NetworkBuilder max(7, 6, 3, false, 2);
  ExpectExact(max.Finish(max.AddPool(0, Operator::kMaxPool, window)));
  for (const bool count_include_pad : {false, true}) {
    NetworkBuilder average(7, 6, 3, true, 3);
    ExpectExact(
        average.Finish(average.AddPool(0, Operator::kAveragePool, window, count_include_pad)));
  }
}

TEST(ExportExactOnnx, MaxPoolOfDilatedWindowsWithLargePads) {
  Window window = Kernel(2, 2);
  window.dilation_h = 3;
  window.dilation_w = 2;
  window.pad_bottom = 3;
  window.pad_right = 2;
  NetworkBuilder builder(6, 6, 2, false, 4);
  ExpectExact(builder.Finish(builder.AddPool(0, Operator::kMaxPool, window)));
}

TEST(ExportExactOnnx, ResidualNetworkEndsInAFullyConnectedLayer) {
  NetworkBuilder builder(8, 8, 3, true, 5);
  Window window = Kernel(3, 3);
  window.pad_top = window.pad_left = window.pad_bottom = window.pad_right = 1;
  const int a = builder.AddConv(0, 6, window, 3);
  const int b = builder.AddConv(a, 6, window, 4);
  const int sum = builder.AddSum(b, a);
  Window pool = Kernel(2, 2);
  pool.stride_h = pool.stride_w = 2;
  const int pooled = builder.AddPool(sum, Operator::kMaxPool, pool);
  const int logits = builder.AddConv(pooled, 10, Kernel(4, 4), 2);
  Network& network = builder.Finish(logits);
  network.tensors[static_cast<std::size_t>(logits)].onnx_rank = 2;
  ExpectExact(network);
}

TEST(ExportExactOnnx, FlattenedOutputIsInOnnxOrder) {
  NetworkBuilder builder(4, 4, 3, false, 6);
  Network& network = builder.Finish(builder.AddConv(0, 5, Kernel(2, 2), 3));
  network.tensors[1].onnx_rank = 2;
  ExpectExact(network);
}

TEST(ExportExactOnnx, VectorInputAndSumsBeyondFloat32) {
  // The largest weight everywhere: sums of 2^28, of which float32 holds 24 bits.
  NetworkBuilder builder(1, 1, 9000, false, 7);
  Network& network = builder.Finish(builder.AddConv(0, 3, Kernel(1, 1), 4));
  network.tensors[0].onnx_rank = 2;
  network.tensors[1].onnx_rank = 2;
  ExpectExact(network);
  for (std::size_t i = 0; i < 9000; ++i) {
    network.layers[0].codes[i] = 7;
  }
  network.layers[0].scale[0] = ToFixedPoint(0x1p-17);
  ExpectExact(network);
}

TEST(ExportExactOnnx, ExtremeScales) {
  NetworkBuilder builder(3, 3, 2, false, 8);
  Network& network = builder.Finish(builder.AddConv(0, 6, Kernel(1, 1), 4));
  const std::vector<FixedPoint> scales = {
      {65535, 63}, {32768, 0}, {65535, 48}, {65535, 49}, {1, 1}, {40000, 24}};
  network.layers[0].scale = scales;
  network.layers[0].bias = {2147400000, -1, -2147400000, 2147400000, 3, 2147400000};
  ExpectExact(network);
}

TEST(ExportExactOnnx, RefusesLayersThatDoNotFit) {
  NetworkBuilder builder(3, 3, 2, false, 9);
  Network& network = builder.Finish(builder.AddConv(0, 6, Kernel(1, 1), 4));
  const std::filesystem::path path = TemporaryFile(".onnx");
  network.layers[0].codes.pop_back();
  EXPECT_THROW(ExportExactOnnx(network, path), std::invalid_argument);
  network.layers[0].inputs[0] = 7;
  EXPECT_THROW(ExportExactOnnx(network, path), std::invalid_argument);
}

TEST(ExportExactOnnx, NamesAFileThatCannotBeWritten) {
  NetworkBuilder builder(3, 3, 2, false, 9);
  const Network& network = builder.Finish(builder.AddConv(0, 6, Kernel(1, 1), 4));
  EXPECT_THROW(ExportExactOnnx(network, "/does/not/exist/x.onnx"), std::runtime_error);
}

TEST(ExactWeightParts, SumToTheWeightsWithinTheFloat32Limit) {
  constexpr std::size_t kInputs = 60000;
  constexpr int kBound = 255;
  NetworkBuilder builder(1, 1, kInputs, false, 10);
  const Network& network = builder.Finish(builder.AddConv(0, 2, Kernel(1, 1), 4));
  const Layer& layer = network.layers[0];
  const auto parts = exact::ExactWeightParts(layer, kInputs, kBound);
  EXPECT_GT(parts.size(), 2U);
  for (std::size_t o = 0; o < 2; ++o) {
    for (const std::vector<float>& part : parts) {
      double norm = 0.0;
      double unit = 128.0;
      for (std::size_t k = 0; k < kInputs; ++k) {
        const double magnitude = std::fabs(double{part[o * kInputs + k]});
        norm += magnitude;
        unit = magnitude > 0.0 ? std::min(unit, magnitude) : unit;
      }
      EXPECT_LT(norm * kBound / unit, 0x1p24);
    }
  }
  for (std::size_t i = 0; i < layer.codes.size(); ++i) {
    double sum = 0.0;
    for (const std::vector<float>& part : parts) {
      sum += double{part[i]};
    }
    const double weight = std::ldexp((layer.codes[i] & 8) != 0 ? -1.0 : 1.0, layer.codes[i] & 7);
    ASSERT_EQ(sum, weight) << i;
  }
}

TEST(ExactWeightParts, OneIsEnoughForSmallSums) {
  NetworkBuilder builder(1, 1, 100, false, 11);
  const Network& network = builder.Finish(builder.AddConv(0, 2, Kernel(1, 1), 4));
  EXPECT_EQ(exact::ExactWeightParts(network.layers[0], 100, 255).size(), 1U);
}

}  // namespace
}  // namespace denseshift::driver
