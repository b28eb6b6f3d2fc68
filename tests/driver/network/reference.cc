// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "tests/driver/network/reference.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>

namespace denseshift::driver {
namespace {

const Tensor& At(const Network& network, int index) {
  return network.tensors.at(static_cast<std::size_t>(index));
}

// Section 3 from p = v * M on.
int Finish(std::int64_t p, int shift, const Layer& layer, const Tensor& out) {
  const std::int64_t half = shift > 0 ? std::int64_t{1} << (shift - 1) : 0;
  const std::int64_t y = ((p + half) >> shift) + out.zero_point;
  return static_cast<int>(std::min<std::int64_t>(layer.hi, std::max<std::int64_t>(layer.lo, y)));
}

int Requantize(std::int64_t v, const FixedPoint& scale, const Layer& layer, const Tensor& out) {
  return Finish(v * scale.multiplier, scale.shift, layer, out);
}

int Weight(const Layer& layer, std::size_t index) {
  const int code = layer.codes.at(index);
  const int magnitude = 1 << (code & ((1 << (layer.code_bits - 1)) - 1));
  return (code >> (layer.code_bits - 1)) != 0 ? -magnitude : magnitude;
}

// Calls visit(row, column, tap) for every tap of a window; outside the image as well.
template <typename Visit>
void VisitTaps(const Window& w, int y, int x, Visit visit) {
  for (int ky = 0; ky < w.kernel_h; ++ky) {
    for (int kx = 0; kx < w.kernel_w; ++kx) {
      visit(y * w.stride_h + ky * w.dilation_h - w.pad_top,
            x * w.stride_w + kx * w.dilation_w - w.pad_left,
            ky * w.kernel_w + kx);
    }
  }
}

// One output element of a layer with a window.
class WindowLayer {
 public:
  WindowLayer(const Network& network, const Layer& layer, const std::vector<int>& input)
      : layer_(layer),
        in_(At(network, layer.inputs.at(0))),
        out_(At(network, layer.output)),
        input_(input) {}

  [[nodiscard]] int Element(int y, int x, int c) const {
    switch (layer_.op) {
      case Operator::kConv:
        return Conv(y, x, c);
      case Operator::kMaxPool:
        return Max(y, x, c);
      default:
        return Average(y, x, c);
    }
  }

 private:
  [[nodiscard]] bool Inside(int y, int x) const {
    return y >= 0 && y < in_.height && x >= 0 && x < in_.width;
  }

  [[nodiscard]] int Read(int y, int x, int c) const {
    const int index = (y * in_.width + x) * in_.channels + c;
    return input_.at(static_cast<std::size_t>(index));
  }

  [[nodiscard]] int Conv(int y, int x, int o) const {
    const auto channel = static_cast<std::size_t>(o);
    const int taps = layer_.window.kernel_h * layer_.window.kernel_w;
    std::int64_t sum = layer_.bias.at(channel);
    VisitTaps(layer_.window, y, x, [&](int row, int column, int tap) {
      for (int c = 0; c < in_.channels && Inside(row, column); ++c) {
        const int k = (o * taps + tap) * in_.channels + c;
        sum += std::int64_t{Weight(layer_, static_cast<std::size_t>(k))} *
               (Read(row, column, c) - in_.zero_point);
      }
    });
    return Requantize(sum, layer_.scale.at(channel), layer_, out_);
  }

  [[nodiscard]] int Max(int y, int x, int c) const {
    int largest = -128;
    VisitTaps(layer_.window, y, x, [&](int row, int column, int) {
      largest = Inside(row, column) ? std::max(largest, Read(row, column, c)) : largest;
    });
    return Requantize(largest - in_.zero_point, layer_.pool_scale.at(1), layer_, out_);
  }

  [[nodiscard]] int Average(int y, int x, int c) const {
    std::int64_t sum = 0;
    int taps = 0;
    VisitTaps(layer_.window, y, x, [&](int row, int column, int) {
      if (Inside(row, column)) {
        sum += Read(row, column, c) - in_.zero_point;
        ++taps;
      }
    });
    const int all = layer_.window.kernel_h * layer_.window.kernel_w;
    const int divisor = layer_.count_include_pad ? all : taps;
    return Requantize(sum, layer_.pool_scale.at(divisor), layer_, out_);
  }

  const Layer& layer_;
  const Tensor& in_;
  const Tensor& out_;
  const std::vector<int>& input_;
};

std::vector<int> RunWindow(const Network& network,
                           const Layer& layer,
                           const std::vector<int>& input) {
  const Tensor& out = At(network, layer.output);
  const WindowLayer window(network, layer, input);
  std::vector<int> result;
  for (int y = 0; y < out.height; ++y) {
    for (int x = 0; x < out.width; ++x) {
      for (int c = 0; c < out.channels; ++c) {
        result.push_back(window.Element(y, x, c));
      }
    }
  }
  return result;
}

std::vector<int> RunAdd(const Network& network,
                        const Layer& layer,
                        const std::vector<int>& a,
                        const std::vector<int>& b) {
  const int zero_a = At(network, layer.inputs[0]).zero_point;
  const int zero_b = At(network, layer.inputs[1]).zero_point;
  std::vector<int> result;
  for (std::size_t i = 0; i < a.size(); ++i) {
    const std::int64_t p = std::int64_t{a[i] - zero_a} * layer.add_scale[0].multiplier +
                           std::int64_t{b[i] - zero_b} * layer.add_scale[1].multiplier;
    result.push_back(Finish(p, layer.add_scale[1].shift, layer, At(network, layer.output)));
  }
  return result;
}

}  // namespace

std::vector<std::vector<int>> RunReference(const Network& network, const std::vector<int>& input) {
  std::vector<std::vector<int>> values(network.tensors.size());
  values.at(static_cast<std::size_t>(network.input)) = input;
  for (const Layer& layer : network.layers) {
    const std::vector<int>& first = values.at(static_cast<std::size_t>(layer.inputs.at(0)));
    values.at(static_cast<std::size_t>(layer.output)) =
        layer.op == Operator::kAdd
            ? RunAdd(network, layer, first, values.at(static_cast<std::size_t>(layer.inputs.at(1))))
            : RunWindow(network, layer, first);
  }
  return values;
}

}  // namespace denseshift::driver
