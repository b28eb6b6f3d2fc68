// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "tests/driver/reference.h"

#include <algorithm>
#include <cstddef>

namespace denseshift::driver::testing {
namespace {

using Values = std::vector<std::int8_t>;

// An output element.
struct Place {
  int y = 0;
  int x = 0;
  int c = 0;
};

// Element at (y, x, c), or `outside` if there is none.
int At(const Values& values, const Tensor& t, int y, int x, int c, int outside) {
  if (y < 0 || y >= t.height || x < 0 || x >= t.width) {
    return outside;
  }
  return values[(static_cast<std::size_t>(y) * static_cast<std::size_t>(t.width) +
                 static_cast<std::size_t>(x)) *
                    static_cast<std::size_t>(t.channels) +
                static_cast<std::size_t>(c)];
}

std::int8_t Finish(std::int64_t product, int shift, const Tensor& out, const Layer& layer) {
  const std::int64_t half = shift > 0 ? std::int64_t{1} << (shift - 1) : 0;
  const std::int64_t result = ((product + half) >> shift) + out.zero_point;
  return static_cast<std::int8_t>(std::clamp<std::int64_t>(result, layer.lo, layer.hi));
}

int WeightOf(unsigned code, int bits) {
  const auto sign = static_cast<unsigned>(bits - 1);
  const int power = 1 << (code & ((1U << sign) - 1U));
  return (code >> sign & 1U) != 0 ? -power : power;
}

// Calls visit(y, x, tap) for each tap of the window of output (oy, ox).
template <typename Visit>
void ForEachTap(const Window& w, int oy, int ox, Visit visit) {
  for (int ky = 0; ky < w.kernel_h; ++ky) {
    for (int kx = 0; kx < w.kernel_w; ++kx) {
      visit(oy * w.stride_h - w.pad_top + ky * w.dilation_h,
            ox * w.stride_w - w.pad_left + kx * w.dilation_w,
            ky * w.kernel_w + kx);
    }
  }
}

std::int8_t ConvAt(
    const Layer& layer, const Values& x, const Tensor& in, const Tensor& out, const Place& at) {
  const int taps = layer.window.kernel_h * layer.window.kernel_w;
  const auto channels = static_cast<std::size_t>(in.channels);
  std::int64_t sum = layer.bias[static_cast<std::size_t>(at.c)];
  ForEachTap(layer.window, at.y, at.x, [&](int y, int xx, int tap) {
    for (int c = 0; c < in.channels; ++c) {
      const std::size_t index =
          static_cast<std::size_t>(at.c * taps + tap) * channels + static_cast<std::size_t>(c);
      sum += std::int64_t{WeightOf(layer.codes[index], layer.code_bits)} *
             (At(x, in, y, xx, c, in.zero_point) - in.zero_point);
    }
  });
  const FixedPoint scale = layer.scale[static_cast<std::size_t>(at.c)];
  return Finish(sum * scale.multiplier, scale.shift, out, layer);
}

std::int8_t PoolAt(
    const Layer& layer, const Values& x, const Tensor& in, const Tensor& out, const Place& at) {
  const bool is_max = layer.op == Operator::kMaxPool;
  std::int64_t best = -128;
  std::int64_t sum = 0;
  int inside = 0;
  int all = 0;
  ForEachTap(layer.window, at.y, at.x, [&](int y, int xx, int /*tap*/) {
    ++all;
    inside += y >= 0 && y < in.height && xx >= 0 && xx < in.width ? 1 : 0;
    best = std::max<std::int64_t>(best, At(x, in, y, xx, at.c, -128));
    sum += At(x, in, y, xx, at.c, in.zero_point) - in.zero_point;
  });
  const int count = layer.count_include_pad ? all : inside;
  const FixedPoint scale = layer.pool_scale.at(is_max ? 1 : count);
  return Finish((is_max ? best - in.zero_point : sum) * scale.multiplier, scale.shift, out, layer);
}

std::int8_t AddAt(const Layer& layer,
                  const std::vector<Tensor>& tensors,
                  const std::vector<Values>& values,
                  std::size_t at) {
  std::int64_t sum = 0;
  for (std::size_t i = 0; i < 2; ++i) {
    const auto input = static_cast<std::size_t>(layer.inputs[i]);
    sum +=
        std::int64_t{values[input][at] - tensors[input].zero_point} * layer.add_scale[i].multiplier;
  }
  return Finish(
      sum, layer.add_scale[1].shift, tensors[static_cast<std::size_t>(layer.output)], layer);
}

}  // namespace

std::vector<std::vector<std::int8_t>> RunReference(const Network& network,
                                                   const std::vector<std::int8_t>& input) {
  std::vector<Values> values(network.tensors.size());
  values[static_cast<std::size_t>(network.input)] = input;
  for (const Layer& layer : network.layers) {
    const auto in_index = static_cast<std::size_t>(layer.inputs[0]);
    const Tensor& in = network.tensors[in_index];
    const Tensor& out = network.tensors[static_cast<std::size_t>(layer.output)];
    Values result;
    for (int y = 0; y < out.height; ++y) {
      for (int x = 0; x < out.width; ++x) {
        for (int c = 0; c < out.channels; ++c) {
          switch (layer.op) {
            case Operator::kConv:
              result.push_back(ConvAt(layer, values[in_index], in, out, {y, x, c}));
              break;
            case Operator::kMaxPool:
            case Operator::kAveragePool:
              result.push_back(PoolAt(layer, values[in_index], in, out, {y, x, c}));
              break;
            case Operator::kAdd:
              result.push_back(AddAt(layer, network.tensors, values, result.size()));
              break;
          }
        }
      }
    }
    values[static_cast<std::size_t>(layer.output)] = std::move(result);
  }
  return values;
}

}  // namespace denseshift::driver::testing
