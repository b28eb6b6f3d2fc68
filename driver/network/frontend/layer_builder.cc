// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "driver/network/frontend/layer_builder.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <fmt/format.h>
#include <set>
#include <stdexcept>

#include "driver/network/fixed_point.h"
#include "driver/network/frontend/window.h"

namespace denseshift::driver::frontend {
namespace {

constexpr double kInputSteps = 256.0;  // bound of |x - zero_in|
constexpr double kConstantSpread = 0x1p-17;
constexpr double kConstantUnit = 1024.0;  // sum units per output step and weight, constant channels

const Tensor& At(const std::vector<Tensor>& tensors, int index) {
  return tensors.at(static_cast<std::size_t>(index));
}

// A real clamp bound in output steps relative to zero: half up, kept within twice the int8 range.
int BoundSteps(double bound, double scale) {
  return static_cast<int>(std::clamp(std::floor(bound / scale + 0.5), -512.0, 512.0));
}

int ClampToInt8(int value) {
  return std::clamp(value, -128, 127);
}

FixedPoint Scale(const Draft& draft, double factor, const std::string& where) {
  try {
    return ToFixedPoint(factor);
  } catch (const std::invalid_argument& error) {
    FailAt(*draft.node, where + error.what() + "; choose a larger output scale");
  }
}

// Fills codes, bias and scale of a convolution, one channel after the other.
class ConvBuilder {
 public:
  ConvBuilder(const Draft& draft, const Tensor& out, Layer* layer)
      : draft_(draft),
        out_(out),
        layer_(layer),
        count_(draft.weights->codes.size() / draft.weights->alpha.size()) {
    layer_->code_bits = draft.weights->code_bits;
    layer_->codes = draft.weights->codes;
    for (std::size_t c = 0; c < draft.weights->alpha.size(); ++c) {
      Build(c);
    }
  }

 private:
  void Build(std::size_t c) {
    const double factor = std::fabs(draft_.factor[c]);
    const double offset = draft_.offset[c];
    const double scale = factor / out_.scale;
    if (!std::isfinite(scale) || !std::isfinite(offset)) {
      Fail(c, "its scale or bias is not finite");
    }
    if (draft_.weights->alpha[c] == 0.0 || scale * Magnitude(c) * kInputSteps < kConstantSpread) {
      BuildConstant(c, offset);
      return;
    }
    if (draft_.factor[c] < 0.0) {
      const auto sign = static_cast<std::uint8_t>(1U << (layer_->code_bits - 1));
      for (std::size_t k = 0; k < count_; ++k) {
        layer_->codes[c * count_ + k] ^= sign;
      }
    }
    AddChannel(c, std::round(offset / factor), scale);
  }

  // The channel's output is the same for every input.
  void BuildConstant(std::size_t c, double offset) {
    std::fill_n(layer_->codes.begin() + static_cast<std::ptrdiff_t>(c * count_), count_, 0);
    const int steps =
        std::clamp(BoundSteps(offset, out_.scale) + out_.zero_point, layer_->lo, layer_->hi) -
        out_.zero_point;
    if (steps == 0) {
      layer_->bias.push_back(0);
      layer_->scale.push_back({});
      return;
    }
    const double unit = kConstantUnit * static_cast<double>(count_);
    AddChannel(c, steps * unit, 1.0 / unit);
  }

  void AddChannel(std::size_t c, double bias, double scale) {
    if (std::fabs(bias) > 2147483647.0) {
      Fail(c,
           fmt::format("its bias is {:.0f} in units of input scale * weight scale and does not fit "
                       "32 bits; the channel's weights are too small for its bias",
                       bias));
    }
    layer_->bias.push_back(static_cast<std::int32_t>(bias));
    layer_->scale.push_back(Scale(draft_, scale, fmt::format("output channel {}: ", c)));
  }

  // Sum of |weight| of a channel, in integers.
  [[nodiscard]] double Magnitude(std::size_t c) const {
    const unsigned mask = (1U << (draft_.weights->code_bits - 1)) - 1U;
    double sum = 0.0;
    for (std::size_t k = 0; k < count_; ++k) {
      sum += std::ldexp(1.0, static_cast<int>(draft_.weights->codes[c * count_ + k] & mask));
    }
    return sum;
  }

  [[noreturn]] void Fail(std::size_t c, const std::string& why) const {
    FailAt(*draft_.node, fmt::format("output channel {}: {}", c, why));
  }

  const Draft& draft_;
  const Tensor& out_;
  Layer* layer_;
  std::size_t count_;  // weights per channel
};

// The numbers of taps inside the image that occur in one direction.
std::set<int> TapCounts(int positions, int kernel, int stride, int dilation, int pad, int size) {
  std::set<int> counts;
  for (int position = 0; position < positions; ++position) {
    counts.insert(TapsInside(position, kernel, stride, dilation, pad, size));
  }
  return counts;
}

void BuildPool(const Draft& draft, const Tensor& in, const Tensor& out, Layer* layer) {
  const Window& w = draft.window;
  const std::set<int> rows =
      TapCounts(out.height, w.kernel_h, w.stride_h, w.dilation_h, w.pad_top, in.height);
  const std::set<int> columns =
      TapCounts(out.width, w.kernel_w, w.stride_w, w.dilation_w, w.pad_left, in.width);
  if (rows.count(0) != 0 || columns.count(0) != 0) {
    FailAt(*draft.node, "a window lies entirely in the padding");
  }
  const double scale = draft.factor[0] * in.scale / out.scale;
  if (draft.op == Operator::kMaxPool) {
    layer->pool_scale[1] = Scale(draft, scale, "");
  } else if (draft.count_include_pad) {
    const int taps = w.kernel_h * w.kernel_w;
    layer->pool_scale[taps] = Scale(draft, scale / taps, "");
  } else {
    for (const int row_taps : rows) {
      for (const int column_taps : columns) {
        const int taps = row_taps * column_taps;
        layer->pool_scale[taps] = Scale(draft, scale / taps, "");
      }
    }
  }
}

}  // namespace

Layer BuildLayer(const Draft& draft, const std::vector<Tensor>& tensors, int output) {
  const Tensor& in = At(tensors, draft.inputs.at(0));
  const Tensor& out = At(tensors, output);
  Layer layer;
  layer.name = draft.node->Label();
  layer.onnx_type = draft.node->op_type;
  layer.op = draft.op;
  layer.inputs = draft.inputs;
  layer.output = output;
  layer.window = draft.window;
  layer.count_include_pad = draft.count_include_pad;
  layer.lo = ClampToInt8(BoundSteps(draft.low, out.scale) + out.zero_point);
  layer.hi = ClampToInt8(BoundSteps(draft.high, out.scale) + out.zero_point);
  if (draft.op == Operator::kConv && draft.weights->codes.empty()) {
    layer.code_bits = draft.weights->code_bits;
  } else if (draft.op == Operator::kConv) {
    const ConvBuilder builder(draft, out, &layer);
  } else if (draft.op == Operator::kAdd) {
    const Tensor& in_b = At(tensors, draft.inputs.at(1));
    const double gain = draft.factor[0] / out.scale;
    try {
      const auto scales = ToSharedFixedPoint(gain * in.scale, gain * in_b.scale);
      std::copy(scales.begin(), scales.end(), layer.add_scale);
    } catch (const std::invalid_argument& error) {
      FailAt(*draft.node, error.what());
    }
  } else {
    BuildPool(draft, in, out, &layer);
  }
  return layer;
}

}  // namespace denseshift::driver::frontend
