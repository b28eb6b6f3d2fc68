// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "golden/layers/window.h"

#include <stdexcept>
#include <string>

namespace denseshift::golden {
namespace {

// One dimension of the window over one dimension of the input.
struct Extent {
  int in = 0;
  int kernel = 1;
  int stride = 1;
  int dilation = 1;
  int pad_before = 0;
  int pad_after = 0;
};

int OutputExtent(const Extent& extent, const char* dimension) {
  if (extent.kernel < 1 || extent.stride < 1 || extent.dilation < 1 || extent.pad_before < 0 ||
      extent.pad_after < 0) {
    throw std::invalid_argument(std::string("window ") + dimension +
                                ": kernel, stride and dilation must be at least 1, padding 0");
  }
  const int padded = extent.in + extent.pad_before + extent.pad_after;
  const int covered = (extent.kernel - 1) * extent.dilation + 1;
  if (covered > padded) {
    throw std::invalid_argument(std::string("window ") + dimension + " covers " +
                                std::to_string(covered) + " elements, the padded input has " +
                                std::to_string(padded));
  }
  return (padded - covered) / extent.stride + 1;
}

}  // namespace

int OutputHeight(const Window& window, const Tensor& in) {
  return OutputExtent({in.height,
                       window.kernel_h,
                       window.stride_h,
                       window.dilation_h,
                       window.pad_top,
                       window.pad_bottom},
                      "height");
}

int OutputWidth(const Window& window, const Tensor& in) {
  return OutputExtent({in.width,
                       window.kernel_w,
                       window.stride_w,
                       window.dilation_w,
                       window.pad_left,
                       window.pad_right},
                      "width");
}

int InputRow(const Window& window, int oh, int ky) {
  return oh * window.stride_h + ky * window.dilation_h - window.pad_top;
}

int InputColumn(const Window& window, int ow, int kx) {
  return ow * window.stride_w + kx * window.dilation_w - window.pad_left;
}

bool IsInside(const Tensor& in, int h, int w) {
  return h >= 0 && h < in.height && w >= 0 && w < in.width;
}

}  // namespace denseshift::golden
