// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "golden/arithmetic/dot.h"

#include <cstddef>
#include <stdexcept>
#include <string>

namespace denseshift::golden {

std::int64_t Product(Code weight, int x) {
  return static_cast<std::int64_t>(weight.Value()) * x;
}

std::int64_t Dot(const std::vector<Code>& weights, const std::vector<std::int8_t>& x, int zero_in) {
  if (weights.size() != x.size()) {
    throw std::invalid_argument("dot product of " + std::to_string(weights.size()) +
                                " weights and " + std::to_string(x.size()) + " activations");
  }
  std::int64_t sum = 0;
  for (std::size_t k = 0; k < x.size(); ++k) {
    sum += Product(weights[k], x[k] - zero_in);
  }
  return sum;
}

}  // namespace denseshift::golden
