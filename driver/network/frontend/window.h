// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_DRIVER_NETWORK_FRONTEND_WINDOW_H_
#define DENSESHIFT_DRIVER_NETWORK_FRONTEND_WINDOW_H_

#include <cstdint>

#include "driver/network/frontend/graph.h"
#include "driver/network/network.h"

namespace denseshift::driver::frontend {

// A kernel window on an image, with all padding explicit.
struct PlacedWindow {
  Window window;
  int out_height = 0;
  int out_width = 0;
};

// Places the window of a Conv, MaxPool or AveragePool node on an image.
//
// auto_pad (NOTSET, VALID, SAME_UPPER, SAME_LOWER) becomes explicit padding. ceil_mode becomes
// additional padding at the bottom and right, as long as the last window starts inside the image
// or its padding at the top or left.
//
// Errors  std::runtime_error naming the node: other than two spatial dimensions, values out of
//         range, a window larger than the padded image, ceil_mode where the additional padding
//         would change an average (count_include_pad).
[[nodiscard]] PlacedWindow PlaceWindow(const Node& node,
                                       std::int64_t kernel_height,
                                       std::int64_t kernel_width,
                                       std::int64_t height,
                                       std::int64_t width);

// As above, with the kernel size from the node's kernel_shape.
[[nodiscard]] PlacedWindow PlaceWindow(const Node& node, std::int64_t height, std::int64_t width);

// Taps of one row or column of windows that lie inside the image.
//
// position  of the window, in windows; kernel, stride, dilation, pad: of one direction.
[[nodiscard]] int TapsInside(int position, int kernel, int stride, int dilation, int pad, int size);

}  // namespace denseshift::driver::frontend

#endif  // DENSESHIFT_DRIVER_NETWORK_FRONTEND_WINDOW_H_
