// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "driver/network/frontend/window.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <string>
#include <vector>

namespace denseshift::driver::frontend {
namespace {

constexpr std::int64_t kMaxExtent = 1 << 20;  // of images, kernels, strides, paddings

// One direction of a window.
struct Axis {
  std::int64_t size = 0;
  std::int64_t kernel = 1;
  std::int64_t stride = 1;
  std::int64_t dilation = 1;
  std::int64_t pad_begin = 0;
  std::int64_t pad_end = 0;
  std::int64_t out = 0;

  [[nodiscard]] std::int64_t Reach() const { return (kernel - 1) * dilation + 1; }
};

void CheckRange(const Node& node, const char* what, std::int64_t value, std::int64_t low) {
  if (value < low || value > kMaxExtent) {
    FailAt(node, fmt::format("{} is {}; it must lie in {} .. {}", what, value, low, kMaxExtent));
  }
}

void ApplyAutoPad(const Node& node, Axis* axis) {
  const std::string mode = node.String("auto_pad", "NOTSET");
  if (mode == "NOTSET") {
    return;
  }
  if (mode == "VALID") {
    axis->pad_begin = 0;
    axis->pad_end = 0;
    return;
  }
  if (mode != "SAME_UPPER" && mode != "SAME_LOWER") {
    FailAt(node,
           fmt::format("auto_pad is '{}'; NOTSET, VALID, SAME_UPPER and SAME_LOWER are supported",
                       mode));
  }
  const std::int64_t out = (axis->size + axis->stride - 1) / axis->stride;
  const std::int64_t total =
      std::max<std::int64_t>(0, (out - 1) * axis->stride + axis->Reach() - axis->size);
  const std::int64_t smaller = total / 2;
  axis->pad_begin = mode == "SAME_UPPER" ? smaller : total - smaller;
  axis->pad_end = total - axis->pad_begin;
}

// Number of window positions; ceil_mode adds padding at the end.
void CountPositions(const Node& node, Axis* axis) {
  const std::int64_t room = axis->size + axis->pad_begin + axis->pad_end - axis->Reach();
  if (room < 0) {
    FailAt(node,
           fmt::format("the window reaches over {} elements, the padded image has {}",
                       axis->Reach(),
                       axis->size + axis->pad_begin + axis->pad_end));
  }
  axis->out = room / axis->stride + 1;
  const bool last_starts_inside = axis->out * axis->stride < axis->size + axis->pad_begin;
  if (node.Int("ceil_mode", 0) == 0 || room % axis->stride == 0 || !last_starts_inside) {
    return;
  }
  if (node.Int("count_include_pad", 0) != 0) {
    FailAt(node,
           "ceil_mode together with count_include_pad is not supported where a window reaches "
           "over the padding; use explicit pads");
  }
  axis->pad_end += axis->stride - room % axis->stride;
  ++axis->out;
}

std::vector<std::int64_t> Pair(const Node& node, const char* key, std::int64_t fallback) {
  std::vector<std::int64_t> values = node.Ints(key, {fallback, fallback});
  if (values.size() != 2) {
    FailAt(node,
           fmt::format("attribute '{}' has {} values; only two spatial dimensions are supported",
                       key,
                       values.size()));
  }
  return values;
}

}  // namespace

PlacedWindow PlaceWindow(const Node& node,
                         std::int64_t kernel_height,
                         std::int64_t kernel_width,
                         std::int64_t height,
                         std::int64_t width) {
  const std::vector<std::int64_t> strides = Pair(node, "strides", 1);
  const std::vector<std::int64_t> dilations = Pair(node, "dilations", 1);
  const std::vector<std::int64_t> pads = node.Ints("pads", {0, 0, 0, 0});
  if (pads.size() != 4) {
    FailAt(node, fmt::format("attribute 'pads' has {} values; four are needed", pads.size()));
  }
  std::array<Axis, 2> axes = {
      Axis{height, kernel_height, strides[0], dilations[0], pads[0], pads[2]},
      Axis{width, kernel_width, strides[1], dilations[1], pads[1], pads[3]}};
  for (Axis& axis : axes) {
    CheckRange(node, "image size", axis.size, 1);
    CheckRange(node, "kernel size", axis.kernel, 1);
    CheckRange(node, "stride", axis.stride, 1);
    CheckRange(node, "dilation", axis.dilation, 1);
    ApplyAutoPad(node, &axis);
    CheckRange(node, "padding", axis.pad_begin, 0);
    CheckRange(node, "padding", axis.pad_end, 0);
    CountPositions(node, &axis);
  }
  const auto narrow = [](std::int64_t value) { return static_cast<int>(value); };
  PlacedWindow placed;
  placed.window.kernel_h = narrow(axes[0].kernel);
  placed.window.kernel_w = narrow(axes[1].kernel);
  placed.window.stride_h = narrow(axes[0].stride);
  placed.window.stride_w = narrow(axes[1].stride);
  placed.window.dilation_h = narrow(axes[0].dilation);
  placed.window.dilation_w = narrow(axes[1].dilation);
  placed.window.pad_top = narrow(axes[0].pad_begin);
  placed.window.pad_left = narrow(axes[1].pad_begin);
  placed.window.pad_bottom = narrow(axes[0].pad_end);
  placed.window.pad_right = narrow(axes[1].pad_end);
  placed.out_height = narrow(axes[0].out);
  placed.out_width = narrow(axes[1].out);
  return placed;
}

PlacedWindow PlaceWindow(const Node& node, std::int64_t height, std::int64_t width) {
  if (!node.HasAttribute("kernel_shape")) {
    FailAt(node, "attribute 'kernel_shape' is missing");
  }
  const std::vector<std::int64_t> kernel = Pair(node, "kernel_shape", 1);
  return PlaceWindow(node, kernel[0], kernel[1], height, width);
}

int TapsInside(int position, int kernel, int stride, int dilation, int pad, int size) {
  // Tap t is inside if 0 <= start + t * dilation < size.
  const std::int64_t start = std::int64_t{position} * stride - pad;
  const auto taps_below = [&](std::int64_t limit) {
    const std::int64_t distance = limit - start;
    const std::int64_t taps = distance <= 0 ? 0 : (distance + dilation - 1) / dilation;
    return std::min<std::int64_t>(taps, kernel);
  };
  return static_cast<int>(taps_below(size) - taps_below(0));
}

}  // namespace denseshift::driver::frontend
