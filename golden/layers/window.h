// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_GOLDEN_LAYERS_WINDOW_H_
#define DENSESHIFT_GOLDEN_LAYERS_WINDOW_H_

#include "golden/tensor.h"

namespace denseshift::golden {

// Kernel window of a convolution or pool, in input elements.
struct Window {
  int kernel_h = 1;
  int kernel_w = 1;
  int stride_h = 1;
  int stride_w = 1;
  int dilation_h = 1;
  int dilation_w = 1;
  int pad_top = 0;
  int pad_left = 0;
  int pad_bottom = 0;
  int pad_right = 0;
};

// Output height: positions at which the window fits the padded input.
//
// Errors    std::invalid_argument if a field of the window is out of range
//           (kernel, stride, dilation at least 1; padding at least 0) or the
//           window is larger than the padded input.
[[nodiscard]] int OutputHeight(const Window& window, const Tensor& in);

// Output width, as OutputHeight.
[[nodiscard]] int OutputWidth(const Window& window, const Tensor& in);

// Row of the input under kernel row ky at output row oh; outside the image if
// negative or not below the input's height.
[[nodiscard]] int InputRow(const Window& window, int oh, int ky);

// Column of the input under kernel column kx at output column ow, as InputRow.
[[nodiscard]] int InputColumn(const Window& window, int ow, int kx);

// Whether (h, w) is a pixel of the image.
[[nodiscard]] bool IsInside(const Tensor& in, int h, int w);

}  // namespace denseshift::golden

#endif  // DENSESHIFT_GOLDEN_LAYERS_WINDOW_H_
