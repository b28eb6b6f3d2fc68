// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_GOLDEN_LAYERS_POOL_H_
#define DENSESHIFT_GOLDEN_LAYERS_POOL_H_

#include <map>

#include "golden/arithmetic/requantize.h"
#include "golden/layers/window.h"
#include "golden/tensor.h"

namespace denseshift::golden {

// What an average over a window divides by.
enum class PoolCount {
  kInside,       // the taps inside the image
  kWholeWindow,  // all taps, padding counted (ONNX count_include_pad = 1)
};

// Maximum over a window, rescaled:
//
//   v(oh, ow, c) = max over (ky, kx) of x(oh, ow, ky, kx, c) - zero_in
//
// A tap outside the image reads -128.
//
// Shapes    in [H, W, C] -> [OH, OW, C].
// Errors    std::invalid_argument if the window does not fit.
// Source    docs/arithmetic.md section 4.
[[nodiscard]] Tensor MaxPool(
    const Window& window, const Tensor& in, int zero_in, Scale scale, const OutputRange& output);

// An average over a window in integers.
struct AveragePoolLayer {
  Window window;
  PoolCount count = PoolCount::kInside;
  int zero_in = 0;
  // Scale by the number of taps divided by: it holds scale_in / (scale_out * count).
  std::map<int, Scale> scale;
  OutputRange output;
};

// Average over a window, rescaled:
//
//   v(oh, ow, c) = SUM over (ky, kx) of (x(oh, ow, ky, kx, c) - zero_in)
//   y = Requantize(v, scale[count], output)
//
// A tap outside the image reads zero_in.
//
// Shapes    in [H, W, C] -> [OH, OW, C].
// Errors    std::invalid_argument if the window does not fit or a count has no scale.
// Source    docs/arithmetic.md section 4.
[[nodiscard]] Tensor AveragePool(const AveragePoolLayer& layer, const Tensor& in);

// Average over the whole image, [H, W, C] -> [1, 1, C]; `scale` holds 1 / (H * W).
[[nodiscard]] Tensor GlobalAveragePool(const Tensor& in,
                                       int zero_in,
                                       Scale scale,
                                       const OutputRange& output);

}  // namespace denseshift::golden

#endif  // DENSESHIFT_GOLDEN_LAYERS_POOL_H_
