// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "golden/layers/add.h"

#include <cstddef>
#include <stdexcept>

namespace denseshift::golden {

Tensor Add(const AddLayer& layer, const Tensor& a, const Tensor& b) {
  if (a.height != b.height || a.width != b.width || a.channels != b.channels) {
    throw std::invalid_argument("the two tensors of an addition must have the same shape");
  }
  Tensor out(a.height, a.width, a.channels);
  for (std::size_t i = 0; i < out.data.size(); ++i) {
    const std::int64_t v_a = a.data[i] - layer.zero_a;
    const std::int64_t v_b = b.data[i] - layer.zero_b;
    const std::int64_t product = v_a * layer.multiplier_a + v_b * layer.multiplier_b;
    const std::int64_t rescaled = ShiftHalfUp(product, layer.shift) + layer.output.zero_out;
    out.data[i] = Clamp(rescaled, layer.output.lo, layer.output.hi);
  }
  return out;
}

}  // namespace denseshift::golden
