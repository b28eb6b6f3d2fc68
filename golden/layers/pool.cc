// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "golden/layers/pool.h"

#include <algorithm>
#include <cstdint>
#include <stdexcept>
#include <string>

namespace denseshift::golden {
namespace {

std::int8_t RequantizeTo(const OutputRange& output, std::int64_t v, Scale scale) {
  return Requantize(v, scale.multiplier, scale.shift, output.zero_out, output.lo, output.hi);
}

// Largest x under the window at (oh, ow), channel c.
int WindowMaximum(const Window& window, const Tensor& in, int oh, int ow, int c) {
  int maximum = -128;
  for (int ky = 0; ky < window.kernel_h; ++ky) {
    for (int kx = 0; kx < window.kernel_w; ++kx) {
      const int h = InputRow(window, oh, ky);
      const int w = InputColumn(window, ow, kx);
      if (IsInside(in, h, w)) {
        maximum = std::max<int>(maximum, in.At(h, w, c));
      }
    }
  }
  return maximum;
}

// SUM of x - zero_in under the window at (oh, ow), channel c.
std::int64_t WindowSum(const AveragePoolLayer& layer, const Tensor& in, int oh, int ow, int c) {
  std::int64_t sum = 0;
  for (int ky = 0; ky < layer.window.kernel_h; ++ky) {
    for (int kx = 0; kx < layer.window.kernel_w; ++kx) {
      const int h = InputRow(layer.window, oh, ky);
      const int w = InputColumn(layer.window, ow, kx);
      if (IsInside(in, h, w)) {
        sum += in.At(h, w, c) - layer.zero_in;
      }
    }
  }
  return sum;
}

// The number of taps the average at (oh, ow) is divided by.
int TapCount(const AveragePoolLayer& layer, const Tensor& in, int oh, int ow) {
  if (layer.count == PoolCount::kWholeWindow) {
    return layer.window.kernel_h * layer.window.kernel_w;
  }
  int inside = 0;
  for (int ky = 0; ky < layer.window.kernel_h; ++ky) {
    for (int kx = 0; kx < layer.window.kernel_w; ++kx) {
      const bool is_inside =
          IsInside(in, InputRow(layer.window, oh, ky), InputColumn(layer.window, ow, kx));
      inside += is_inside ? 1 : 0;
    }
  }
  return inside;
}

Scale ScaleFor(const AveragePoolLayer& layer, int count) {
  const auto found = layer.scale.find(count);
  if (found == layer.scale.end()) {
    throw std::invalid_argument("average pool has no scale for a window of " +
                                std::to_string(count) + " taps");
  }
  return found->second;
}

}  // namespace

Tensor MaxPool(
    const Window& window, const Tensor& in, int zero_in, Scale scale, const OutputRange& output) {
  Tensor out(OutputHeight(window, in), OutputWidth(window, in), in.channels);
  for (int oh = 0; oh < out.height; ++oh) {
    for (int ow = 0; ow < out.width; ++ow) {
      for (int c = 0; c < out.channels; ++c) {
        const int v = WindowMaximum(window, in, oh, ow, c) - zero_in;
        out.At(oh, ow, c) = RequantizeTo(output, v, scale);
      }
    }
  }
  return out;
}

Tensor AveragePool(const AveragePoolLayer& layer, const Tensor& in) {
  Tensor out(OutputHeight(layer.window, in), OutputWidth(layer.window, in), in.channels);
  for (int oh = 0; oh < out.height; ++oh) {
    for (int ow = 0; ow < out.width; ++ow) {
      const Scale scale = ScaleFor(layer, TapCount(layer, in, oh, ow));
      for (int c = 0; c < out.channels; ++c) {
        const std::int64_t v = WindowSum(layer, in, oh, ow, c);
        out.At(oh, ow, c) = RequantizeTo(layer.output, v, scale);
      }
    }
  }
  return out;
}

Tensor GlobalAveragePool(const Tensor& in, int zero_in, Scale scale, const OutputRange& output) {
  AveragePoolLayer layer;
  layer.window.kernel_h = in.height;
  layer.window.kernel_w = in.width;
  layer.zero_in = zero_in;
  layer.scale[in.height * in.width] = scale;
  layer.output = output;
  return AveragePool(layer, in);
}

}  // namespace denseshift::golden
