// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "golden/layers/conv.h"

#include <cstddef>
#include <cstdint>
#include <random>
#include <stdexcept>
#include <vector>

#include <gtest/gtest.h>

namespace denseshift::golden {
namespace {

// One output channel, weight by weight, bias 0, scale 1.
ConvLayer PlainLayer(const std::vector<Code>& weights) {
  ConvLayer layer;
  layer.weights = weights;
  layer.bias = {0};
  layer.scale = {{1, 0}};
  return layer;
}

Tensor Counting(int height, int width, int channels) {
  Tensor tensor(height, width, channels);
  for (std::size_t i = 0; i < tensor.data.size(); ++i) {
    tensor.data[i] = static_cast<std::int8_t>(i + 1);
  }
  return tensor;
}

TEST(Conv, OfOneTapIsTheScaledImage) {
  const Tensor in = Counting(2, 3, 1);
  const Tensor out = Conv(PlainLayer({{true, 1}}), in);
  EXPECT_EQ(out.height, 2);
  EXPECT_EQ(out.width, 3);
  EXPECT_EQ(out.channels, 1);
  EXPECT_EQ(out.data, (std::vector<std::int8_t>{-2, -4, -6, -8, -10, -12}));
}

TEST(Conv, SumsTheWindowOverAllChannels) {
  ConvLayer layer = PlainLayer({{false, 0}, {false, 1}, {true, 0}, {false, 0}});
  layer.window.kernel_w = 2;  // weights [kx 0: 1, 2] [kx 1: -1, 1]
  layer.bias = {5};
  const Tensor out = Conv(layer, Counting(1, 3, 2));  // pixels (1,2) (3,4) (5,6)
  EXPECT_EQ(out.data, (std::vector<std::int8_t>{1 + 4 - 3 + 4 + 5, 3 + 8 - 5 + 6 + 5}));
}

TEST(Conv, PaddingReadsTheZeroPointAndAddsNothing) {
  ConvLayer layer = PlainLayer(std::vector<Code>(9));  // nine weights of 1
  layer.window.kernel_h = 3;
  layer.window.kernel_w = 3;
  layer.window.pad_top = 1;
  layer.window.pad_left = 1;
  layer.window.pad_bottom = 1;
  layer.window.pad_right = 1;
  layer.zero_in = 7;
  const Tensor out = Conv(layer, Counting(2, 2, 1));
  // Every window covers all four pixels: 1 + 2 + 3 + 4 - 4 * 7.
  EXPECT_EQ(out.data, std::vector<std::int8_t>(4, -18));
}

TEST(Conv, AsymmetricPaddingMovesTheImage) {
  ConvLayer layer = PlainLayer({{false, 0}});
  layer.window.pad_left = 2;
  layer.window.pad_bottom = 1;
  const Tensor out = Conv(layer, Counting(1, 2, 1));
  EXPECT_EQ(out.height, 2);
  EXPECT_EQ(out.width, 4);
  EXPECT_EQ(out.data, (std::vector<std::int8_t>{0, 0, 1, 2, 0, 0, 0, 0}));
}

TEST(Conv, StrideAndDilationSelectTaps) {
  ConvLayer layer = PlainLayer({{false, 0}, {false, 0}});
  layer.window.kernel_w = 2;
  layer.window.dilation_w = 3;
  layer.window.stride_w = 2;
  const Tensor out = Conv(layer, Counting(1, 8, 1));  // 1 .. 8
  EXPECT_EQ(out.data, (std::vector<std::int8_t>{1 + 4, 3 + 6, 5 + 8}));
}

TEST(Conv, ScaleBiasAndWeightsAreThoseOfTheChannel) {
  ConvLayer layer;
  layer.out_channels = 2;
  layer.weights = {{false, 2}, {true, 0}};
  layer.bias = {1, 100};
  layer.scale = {{1, 1}, {0, 0}};
  layer.output = {-1, -50, 50};
  const Tensor out = Conv(layer, Counting(1, 2, 1));
  // (4 * 1 + 1) / 2 = 2.5 -> 3, (4 * 2 + 1) / 2 = 4.5 -> 5; the second channel is dead.
  EXPECT_EQ(out.data, (std::vector<std::int8_t>{2, -1, 4, -1}));
}

TEST(Conv, GemmIsAConvWhoseKernelIsTheInput) {
  ConvLayer layer = PlainLayer({{false, 0}, {false, 1}, {false, 0}, {true, 0}});
  layer.window.kernel_h = 2;
  layer.window.kernel_w = 2;
  const Tensor out = Conv(layer, Counting(2, 2, 1));
  EXPECT_EQ(out.data, (std::vector<std::int8_t>{1 + 4 + 3 - 4}));
}

// Random layer and image of small extents.
struct Case {
  ConvLayer layer;
  Tensor in;
};

Case RandomCase(std::mt19937& rng) {
  const auto pick = [&rng](int lowest, int highest) {
    return lowest + static_cast<int>(rng() % static_cast<unsigned>(highest - lowest + 1));
  };
  Case result;
  Window& window = result.layer.window;
  window = {pick(1, 3),
            pick(1, 3),
            pick(1, 3),
            pick(1, 3),
            pick(1, 2),
            pick(1, 2),
            pick(0, 2),
            pick(0, 2),
            pick(0, 2),
            pick(0, 2)};
  result.in = Tensor(pick(5, 8), pick(5, 8), pick(1, 4));
  for (std::int8_t& x : result.in.data) {
    x = static_cast<std::int8_t>(rng());
  }
  ConvLayer& layer = result.layer;
  layer.out_channels = pick(1, 3);
  layer.zero_in = pick(-128, 127);
  const int weights = layer.out_channels * window.kernel_h * window.kernel_w * result.in.channels;
  layer.weights.resize(static_cast<std::size_t>(weights));
  for (Code& weight : layer.weights) {
    weight = DecodeCode(static_cast<unsigned>(rng()) % 16, 4);
  }
  for (int m = 0; m < layer.out_channels; ++m) {
    layer.bias.push_back(pick(-10000, 10000));
    layer.scale.push_back({static_cast<std::uint16_t>(pick(32768, 65535)), pick(20, 26)});
  }
  layer.output = {pick(-128, 127), pick(-128, 0), pick(0, 127)};
  return result;
}

// The image with its padding written out, so that no tap is outside.
Tensor Padded(const Tensor& in, const Window& window, int zero_in) {
  Tensor padded(in.height + window.pad_top + window.pad_bottom,
                in.width + window.pad_left + window.pad_right,
                in.channels);
  for (std::int8_t& x : padded.data) {
    x = static_cast<std::int8_t>(zero_in);
  }
  for (int h = 0; h < in.height; ++h) {
    for (int w = 0; w < in.width; ++w) {
      for (int c = 0; c < in.channels; ++c) {
        padded.At(h + window.pad_top, w + window.pad_left, c) = in.At(h, w, c);
      }
    }
  }
  return padded;
}

// The convolution the other way round: every pixel of the padded image adds its
// product to every output that sees it; zero point and bias are folded together.
Tensor ScatterConv(const ConvLayer& layer, const Tensor& in) {
  const Window& window = layer.window;
  const Tensor padded = Padded(in, window, layer.zero_in);
  Tensor out((padded.height - (window.kernel_h - 1) * window.dilation_h - 1) / window.stride_h + 1,
             (padded.width - (window.kernel_w - 1) * window.dilation_w - 1) / window.stride_w + 1,
             layer.out_channels);
  std::vector<std::int64_t> sums(out.data.size());
  for (std::size_t i = 0; i < layer.weights.size(); ++i) {
    const int index = static_cast<int>(i);
    const int c = index % in.channels;
    const int kx = index / in.channels % window.kernel_w;
    const int ky = index / in.channels / window.kernel_w % window.kernel_h;
    const int m = index / in.channels / window.kernel_w / window.kernel_h;
    const int w = layer.weights[i].Value();
    for (int y = ky * window.dilation_h; y < padded.height; ++y) {
      for (int x = kx * window.dilation_w; x < padded.width; ++x) {
        const int oh = (y - ky * window.dilation_h) / window.stride_h;
        const int ow = (x - kx * window.dilation_w) / window.stride_w;
        if (oh < out.height && ow < out.width &&
            oh * window.stride_h == y - ky * window.dilation_h &&
            ow * window.stride_w == x - kx * window.dilation_w) {
          sums[out.Index(oh, ow, m)] += w * padded.At(y, x, c) - w * layer.zero_in;
        }
      }
    }
  }
  for (std::size_t i = 0; i < sums.size(); ++i) {
    const std::size_t m = i % static_cast<std::size_t>(layer.out_channels);
    out.data[i] = Requantize(sums[i] + layer.bias[m],
                             layer.scale[m].multiplier,
                             layer.scale[m].shift,
                             layer.output.zero_out,
                             layer.output.lo,
                             layer.output.hi);
  }
  return out;
}

TEST(Conv, EqualsTheScatterFormulationForRandomLayers) {
  std::mt19937 rng(4);
  for (int trial = 0; trial < 300; ++trial) {
    const Case test = RandomCase(rng);
    const Tensor out = Conv(test.layer, test.in);
    const Tensor expected = ScatterConv(test.layer, test.in);
    ASSERT_EQ(out.height, expected.height);
    ASSERT_EQ(out.width, expected.width);
    ASSERT_EQ(out.data, expected.data) << "trial " << trial;
  }
}

TEST(Conv, RefusesShapesThatDisagree) {
  ConvLayer layer = PlainLayer({{false, 0}, {false, 0}});
  EXPECT_THROW((void)Conv(layer, Counting(2, 2, 1)), std::invalid_argument);
  layer = PlainLayer({{false, 0}});
  layer.bias = {0, 0};
  EXPECT_THROW((void)Conv(layer, Counting(2, 2, 1)), std::invalid_argument);
  layer = PlainLayer({{false, 0}});
  layer.scale.clear();
  EXPECT_THROW((void)Conv(layer, Counting(2, 2, 1)), std::invalid_argument);
  layer = PlainLayer(std::vector<Code>(3));
  layer.window.kernel_w = 3;
  EXPECT_THROW((void)Conv(layer, Counting(2, 2, 1)), std::invalid_argument);
  layer = PlainLayer({{false, 0}});
  layer.window.stride_h = 0;
  EXPECT_THROW((void)Conv(layer, Counting(2, 2, 1)), std::invalid_argument);
}

}  // namespace
}  // namespace denseshift::golden
