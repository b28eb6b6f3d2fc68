// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_GOLDEN_LAYERS_CONV_H_
#define DENSESHIFT_GOLDEN_LAYERS_CONV_H_

#include <cstdint>
#include <vector>

#include "golden/arithmetic/code.h"
#include "golden/arithmetic/requantize.h"
#include "golden/layers/window.h"
#include "golden/tensor.h"

namespace denseshift::golden {

// A convolution in integers. A Gemm is one whose kernel is the whole input.
struct ConvLayer {
  Window window;
  int out_channels = 1;
  std::vector<Code> weights;       // [out channel, kernel row, kernel column, in channel]
  std::vector<std::int32_t> bias;  // [out channel], units of scale_in * scale_weight
  std::vector<Scale> scale;        // [out channel]
  int zero_in = 0;                 // zero point of the input, int8 domain
  OutputRange output;
};

// Convolves one image:
//
//   v(oh, ow, m) = bias(m) + SUM over (ky, kx, c) of w(m, ky, kx, c) * (x(oh, ow, ky, kx, c) -
//   zero_in) y(oh, ow, m) = Requantize(v, scale(m), output)
//
// A tap outside the image reads x = zero_in.
//
// Shapes    in [H, W, C], weights [M, KH, KW, C], bias [M], scale [M] -> [OH, OW, M].
// Errors    std::invalid_argument if shapes disagree, the window does not fit, or a v
//           does not fit 32 bits.
// Source    docs/arithmetic.md sections 2 and 3.
[[nodiscard]] Tensor Conv(const ConvLayer& layer, const Tensor& in);

}  // namespace denseshift::golden

#endif  // DENSESHIFT_GOLDEN_LAYERS_CONV_H_
