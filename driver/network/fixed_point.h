// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_DRIVER_NETWORK_FIXED_POINT_H_
#define DENSESHIFT_DRIVER_NETWORK_FIXED_POINT_H_

#include <array>

#include "driver/network/network.h"

namespace denseshift::driver {

// A scale as multiplier * 2^-shift, docs/arithmetic.md section 3.
//
//   multiplier = Round(factor * 2^shift) in [2^15, 2^16)
//
// Range     [2^-48, 2^16); smaller factors, zero included, give multiplier 0, shift 0.
// Rounding  to nearest, ties away from zero: relative error at most 2^-16.
// Errors    std::invalid_argument for a negative factor, NaN, or one that rounds to 2^16 or more.
[[nodiscard]] FixedPoint ToFixedPoint(double factor);

// The scales of the two inputs of an addition, docs/arithmetic.md section 5: they share the shift,
// which puts the multiplier of the larger one into [2^15, 2^16).
// Errors  as ToFixedPoint.
[[nodiscard]] std::array<FixedPoint, 2> ToSharedFixedPoint(double factor_a, double factor_b);

}  // namespace denseshift::driver

#endif  // DENSESHIFT_DRIVER_NETWORK_FIXED_POINT_H_
