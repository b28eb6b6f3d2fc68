// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_GOLDEN_ARITHMETIC_DOT_H_
#define DENSESHIFT_GOLDEN_ARITHMETIC_DOT_H_

#include <cstdint>
#include <vector>

#include "golden/arithmetic/code.h"

namespace denseshift::golden {

// w * x for one weight and one activation. Exact.
[[nodiscard]] std::int64_t Product(Code weight, int x);

// SUM over k of w(k) * (x(k) - zero_in), docs/arithmetic.md section 2. Exact.
//
// Shapes    weights [K], x [K] -> scalar.
// Errors    std::invalid_argument if the lengths differ.
[[nodiscard]] std::int64_t Dot(const std::vector<Code>& weights,
                               const std::vector<std::int8_t>& x,
                               int zero_in);

}  // namespace denseshift::golden

#endif  // DENSESHIFT_GOLDEN_ARITHMETIC_DOT_H_
