// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "golden/layers/conv.h"

#include <cstddef>
#include <stdexcept>
#include <string>

#include "golden/arithmetic/dot.h"

namespace denseshift::golden {
namespace {

void CheckShapes(const ConvLayer& layer, const Tensor& in) {
  const auto channels = static_cast<std::size_t>(layer.out_channels);
  const std::size_t expected = channels * static_cast<std::size_t>(layer.window.kernel_h) *
                               static_cast<std::size_t>(layer.window.kernel_w) *
                               static_cast<std::size_t>(in.channels);
  if (layer.weights.size() != expected) {
    throw std::invalid_argument("conv has " + std::to_string(layer.weights.size()) +
                                " weights, its shape asks for " + std::to_string(expected));
  }
  if (layer.bias.size() != channels || layer.scale.size() != channels) {
    throw std::invalid_argument("conv needs one bias and one scale for each of its " +
                                std::to_string(channels) + " output channels");
  }
}

// SUM over the window of w * (x - zero_in).
std::int64_t WindowSum(const ConvLayer& layer, const Tensor& in, int oh, int ow, int m) {
  const Window& window = layer.window;
  std::int64_t sum = 0;
  for (int ky = 0; ky < window.kernel_h; ++ky) {
    for (int kx = 0; kx < window.kernel_w; ++kx) {
      const int h = InputRow(window, oh, ky);
      const int w = InputColumn(window, ow, kx);
      for (int c = 0; c < in.channels; ++c) {
        const int x = IsInside(in, h, w) ? in.At(h, w, c) : layer.zero_in;
        const int index = ((m * window.kernel_h + ky) * window.kernel_w + kx) * in.channels + c;
        sum += Product(layer.weights[static_cast<std::size_t>(index)], x - layer.zero_in);
      }
    }
  }
  return sum;
}

}  // namespace

Tensor Conv(const ConvLayer& layer, const Tensor& in) {
  CheckShapes(layer, in);
  const OutputRange& output = layer.output;
  Tensor out(OutputHeight(layer.window, in), OutputWidth(layer.window, in), layer.out_channels);
  for (int oh = 0; oh < out.height; ++oh) {
    for (int ow = 0; ow < out.width; ++ow) {
      for (int m = 0; m < out.channels; ++m) {
        const auto channel = static_cast<std::size_t>(m);
        const std::int64_t v = WindowSum(layer, in, oh, ow, m) + layer.bias[channel];
        const Scale& scale = layer.scale[channel];
        out.At(oh, ow, m) =
            Requantize(v, scale.multiplier, scale.shift, output.zero_out, output.lo, output.hi);
      }
    }
  }
  return out;
}

}  // namespace denseshift::golden
