// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <fmt/format.h>
#include <limits>
#include <vector>

#include "driver/network/frontend/kernels.h"
#include "driver/network/frontend/window.h"

namespace denseshift::driver::frontend {
namespace {

// Image dimensions of an [N, C, H, W] input.
struct Image {
  std::int64_t batch = 0;
  std::int64_t channels = 0;
  std::int64_t height = 0;
  std::int64_t width = 0;
};

Image ImageOf(const Node& node, const Array& input) {
  if (input.Rank() != 4) {
    FailAt(node, fmt::format("input has shape {}; [N, C, H, W] is needed", DimsText(input.dims)));
  }
  return {input.dims[0], input.dims[1], input.dims[2], input.dims[3]};
}

// Calls visit(input row, input column, tap) for each tap of one window inside the image.
template <typename Visit>
void VisitTaps(const PlacedWindow& placed,
               const Image& image,
               std::int64_t out_y,
               std::int64_t out_x,
               Visit visit) {
  const Window& window = placed.window;
  for (std::int64_t ky = 0; ky < window.kernel_h; ++ky) {
    const std::int64_t y = out_y * window.stride_h + ky * window.dilation_h - window.pad_top;
    if (y < 0 || y >= image.height) {
      continue;
    }
    for (std::int64_t kx = 0; kx < window.kernel_w; ++kx) {
      const std::int64_t x = out_x * window.stride_w + kx * window.dilation_w - window.pad_left;
      if (x >= 0 && x < image.width) {
        visit(y, x, ky * window.kernel_w + kx);
      }
    }
  }
}

// Applies `reduce(taps inside the image)` to every window of every plane.
template <typename Reduce>
Array Pool(const Node& node, const Array& input, const PlacedWindow& placed, Reduce reduce) {
  const Image image = ImageOf(node, input);
  Array result(input.type, {image.batch, image.channels, placed.out_height, placed.out_width});
  std::vector<double> taps;
  auto to = result.values.begin();
  for (std::int64_t plane = 0; plane < image.batch * image.channels; ++plane) {
    for (std::int64_t out_y = 0; out_y < placed.out_height; ++out_y) {
      for (std::int64_t out_x = 0; out_x < placed.out_width; ++out_x) {
        taps.clear();
        VisitTaps(placed, image, out_y, out_x, [&](std::int64_t y, std::int64_t x, std::int64_t) {
          const std::int64_t from = (plane * image.height + y) * image.width + x;
          taps.push_back(input.values[static_cast<std::size_t>(from)]);
        });
        *to++ = RoundTo(input.type, reduce(taps));
      }
    }
  }
  return result;
}

double Sum(const std::vector<double>& values) {
  double sum = 0.0;
  for (const double value : values) {
    sum += value;
  }
  return sum;
}

}  // namespace

Array AveragePool(const Node& node, const Inputs& inputs) {
  const Image image = ImageOf(node, *inputs[0]);
  const PlacedWindow placed = PlaceWindow(node, image.height, image.width);
  const bool count_padding = node.Int("count_include_pad", 0) != 0;
  const auto whole =
      static_cast<double>(placed.window.kernel_h) * static_cast<double>(placed.window.kernel_w);
  return Pool(node, *inputs[0], placed, [&](const std::vector<double>& taps) {
    const double count = count_padding ? whole : static_cast<double>(taps.size());
    return Sum(taps) / std::max(1.0, count);
  });
}

Array Conv(const Node& node, const Inputs& inputs) {
  const Array& weight = *inputs[1];
  const Image image = ImageOf(node, *inputs[0]);
  const Image kernel = ImageOf(node, weight);
  const Array* bias = inputs.size() > 2 ? inputs[2] : nullptr;
  if (node.Int("group", 1) != 1) {
    FailAt(node, fmt::format("group is {}; only 1 is supported", node.Int("group", 1)));
  }
  if (kernel.channels != image.channels ||
      (bias != nullptr && bias->values.size() != static_cast<std::size_t>(kernel.batch))) {
    FailAt(node,
           fmt::format("weight {} does not fit the input {} or the bias",
                       DimsText(weight.dims),
                       DimsText(inputs[0]->dims)));
  }
  const PlacedWindow placed =
      PlaceWindow(node, kernel.height, kernel.width, image.height, image.width);
  Array result(inputs[0]->type, {image.batch, kernel.batch, placed.out_height, placed.out_width});
  auto to = result.values.begin();
  const std::int64_t taps = kernel.height * kernel.width;
  for (std::int64_t n = 0; n < image.batch; ++n) {
    for (std::int64_t o = 0; o < kernel.batch; ++o) {
      for (std::int64_t at = 0; at < std::int64_t{placed.out_height} * placed.out_width; ++at) {
        double sum = bias == nullptr ? 0.0 : bias->values[static_cast<std::size_t>(o)];
        VisitTaps(placed,
                  image,
                  at / placed.out_width,
                  at % placed.out_width,
                  [&](std::int64_t y, std::int64_t x, std::int64_t tap) {
                    for (std::int64_t c = 0; c < image.channels; ++c) {
                      const std::int64_t from =
                          ((n * image.channels + c) * image.height + y) * image.width + x;
                      const std::int64_t by = (o * image.channels + c) * taps + tap;
                      sum += inputs[0]->values[static_cast<std::size_t>(from)] *
                             weight.values[static_cast<std::size_t>(by)];
                    }
                  });
        *to++ = RoundTo(result.type, sum);
      }
    }
  }
  return result;
}

Array Gemm(const Node& node, const Inputs& inputs) {
  const Array& a = *inputs[0];
  const Array& b = *inputs[1];
  const Array* c = inputs.size() > 2 ? inputs[2] : nullptr;
  if (node.Int("transA", 0) != 0) {
    FailAt(node, "transA is set; only transA = 0 is supported");
  }
  const bool transposed = node.Int("transB", 0) != 0;
  if (a.Rank() != 2 || b.Rank() != 2 || a.dims[1] != b.dims[transposed ? 1 : 0]) {
    FailAt(node, fmt::format("cannot multiply {} by {}", DimsText(a.dims), DimsText(b.dims)));
  }
  const auto rows = static_cast<std::size_t>(a.dims[0]);
  const auto depth = static_cast<std::size_t>(a.dims[1]);
  const auto columns = static_cast<std::size_t>(b.dims[transposed ? 0 : 1]);
  const std::size_t bias_size = c == nullptr ? 1 : c->values.size();
  const bool bias_per_element = c != nullptr && bias_size == rows * columns;
  if (bias_size != 1 && bias_size != columns && !bias_per_element) {
    FailAt(node, fmt::format("bias of shape {} for {} columns", DimsText(c->dims), columns));
  }
  Array result(a.type, {a.dims[0], static_cast<std::int64_t>(columns)});
  for (std::size_t i = 0; i < rows; ++i) {
    for (std::size_t j = 0; j < columns; ++j) {
      double sum = 0.0;
      for (std::size_t k = 0; k < depth; ++k) {
        const std::size_t at = transposed ? j * depth + k : k * columns + j;
        sum += a.values[i * depth + k] * b.values[at];
      }
      sum *= node.Float("alpha", 1.0);
      if (c != nullptr) {
        const std::size_t at = bias_per_element ? i * columns + j : j % bias_size;
        sum += node.Float("beta", 1.0) * c->values[at];
      }
      result.values[i * columns + j] = RoundTo(a.type, sum);
    }
  }
  return result;
}

Array GlobalAveragePool(const Node& node, const Inputs& inputs) {
  const Image image = ImageOf(node, *inputs[0]);
  const PlacedWindow placed =
      PlaceWindow(node, image.height, image.width, image.height, image.width);
  return Pool(node, *inputs[0], placed, [](const std::vector<double>& taps) {
    return Sum(taps) / static_cast<double>(taps.size());
  });
}

Array MatMul(const Node& node, const Inputs& inputs) {
  if (inputs[0]->Rank() != 2 || inputs[1]->Rank() != 2) {
    FailAt(node,
           fmt::format("cannot multiply {} by {}; both must have rank 2",
                       DimsText(inputs[0]->dims),
                       DimsText(inputs[1]->dims)));
  }
  return Gemm(node, inputs);
}

Array MaxPool(const Node& node, const Inputs& inputs) {
  const Image image = ImageOf(node, *inputs[0]);
  if (node.Int("storage_order", 0) != 0) {
    FailAt(node, "storage_order is set; only 0 is supported");
  }
  return Pool(node,
              *inputs[0],
              PlaceWindow(node, image.height, image.width),
              [](const std::vector<double>& taps) {
                const double lowest = -std::numeric_limits<double>::infinity();
                return taps.empty() ? lowest : *std::max_element(taps.begin(), taps.end());
              });
}

Array ReduceMean(const Node& node, const Inputs& inputs) {
  const Array& input = *inputs[0];
  std::vector<std::int64_t> axes = node.Ints("axes", {});
  if (inputs.size() > 1 && inputs[1] != nullptr) {
    axes = ToIntegers(*inputs[1]);
  }
  std::vector<bool> seen(input.Rank(), false);
  for (const std::int64_t axis : axes) {
    seen[NormalizeAxis(node, axis, input.Rank())] = true;
  }
  if (seen != std::vector<bool>{false, false, true, true}) {
    FailAt(node, "is only supported over axes 2 and 3 of an [N, C, H, W] tensor");
  }
  Array result = GlobalAveragePool(node, inputs);
  if (node.Int("keepdims", 1) == 0) {
    result.dims.resize(2);
  }
  return result;
}

}  // namespace denseshift::driver::frontend
