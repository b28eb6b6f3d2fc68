// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_DRIVER_COMPILER_INTEGERS_H_
#define DENSESHIFT_DRIVER_COMPILER_INTEGERS_H_

#include <cstdint>

namespace denseshift::driver {

// Quotient towards plus infinity, for positive b.
constexpr std::int64_t CeilDivide(std::int64_t a, std::int64_t b) {
  return a > 0 ? (a + b - 1) / b : a / b;
}

constexpr std::int64_t RoundUp(std::int64_t a, std::int64_t multiple) {
  return CeilDivide(a, multiple) * multiple;
}

}  // namespace denseshift::driver

#endif  // DENSESHIFT_DRIVER_COMPILER_INTEGERS_H_
