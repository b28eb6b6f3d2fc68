// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "driver/compiler/pool_borders.h"

namespace denseshift::driver {
namespace {

// Geometry of a window along one axis.
struct Axis {
  int in = 1;
  int out = 1;
  int kernel = 1;
  int stride = 1;
  int dilation = 1;
  int pad = 0;

  [[nodiscard]] int TapsInside(int position) const {
    int taps = 0;
    for (int tap = 0; tap < kernel; ++tap) {
      const int at = position * stride - pad + tap * dilation;
      taps += at >= 0 && at < in ? 1 : 0;
    }
    return taps;
  }
};

std::vector<BorderClass> CutBorders(const Axis& axis) {
  std::vector<BorderClass> classes;
  for (int position = 0; position < axis.out; ++position) {
    const int taps = axis.TapsInside(position);
    if (classes.empty() || classes.back().taps != taps) {
      classes.push_back({position, 0, taps});
    }
    ++classes.back().count;
  }
  return classes;
}

}  // namespace

PoolBorders CutPoolBorders(const Layer& layer, const WindowShape& shape) {
  const Window& w = shape.window;
  if (layer.op == Operator::kMaxPool || layer.count_include_pad) {
    return {{{0, shape.out_rows, w.kernel_h}}, {{0, shape.out_columns, w.kernel_w}}};
  }
  const Axis rows{shape.in_rows, shape.out_rows, w.kernel_h, w.stride_h, w.dilation_h, w.pad_top};
  const Axis columns{
      shape.in_columns, shape.out_columns, w.kernel_w, w.stride_w, w.dilation_w, w.pad_left};
  return {CutBorders(rows), CutBorders(columns)};
}

}  // namespace denseshift::driver
