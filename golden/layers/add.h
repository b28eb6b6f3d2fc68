// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_GOLDEN_LAYERS_ADD_H_
#define DENSESHIFT_GOLDEN_LAYERS_ADD_H_

#include <cstdint>

#include "golden/arithmetic/requantize.h"
#include "golden/tensor.h"

namespace denseshift::golden {

// The addition of two tensors with scales of their own. Both products share one shift.
struct AddLayer {
  int zero_a = 0;
  int zero_b = 0;
  std::uint16_t multiplier_a = 0;
  std::uint16_t multiplier_b = 0;
  int shift = 0;  // 0 .. 63
  OutputRange output;
};

// Adds two tensors:
//
//   y = Clamp((((a - zero_a) * multiplier_a + (b - zero_b) * multiplier_b + half) >> shift) +
//   zero_out)
//
// Shapes    a [H, W, C], b [H, W, C] -> [H, W, C].
// Rounding  half up, once.
// Errors    std::invalid_argument if the shapes differ or shift is not 0 .. 63.
// Source    docs/arithmetic.md section 5.
[[nodiscard]] Tensor Add(const AddLayer& layer, const Tensor& a, const Tensor& b);

}  // namespace denseshift::golden

#endif  // DENSESHIFT_GOLDEN_LAYERS_ADD_H_
