// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "driver/network/fixed_point.h"

#include <cmath>
#include <cstdint>
#include <fmt/format.h>
#include <stdexcept>

namespace denseshift::driver {
namespace {

constexpr double kMultiplierLimit = 65536.0;  // 2^16
constexpr double kSmallestFactor = 0x1p-48;

}  // namespace

FixedPoint ToFixedPoint(double factor) {
  if (!(factor >= 0.0)) {
    throw std::invalid_argument(fmt::format("scale {} is negative", factor));
  }
  if (factor < kSmallestFactor) {
    return {};
  }
  const int exponent = std::isfinite(factor) ? std::ilogb(factor) : 1024;
  int shift = 15 - exponent;
  double multiplier = std::round(std::ldexp(factor, shift));
  if (multiplier >= kMultiplierLimit) {
    multiplier /= 2.0;
    --shift;
  }
  if (shift < 0) {
    throw std::invalid_argument(
        fmt::format("scale {} is 2^16 or more and does not fit a 16-bit multiplier", factor));
  }
  return {static_cast<std::uint16_t>(multiplier), static_cast<std::uint8_t>(shift)};
}

std::array<FixedPoint, 2> ToSharedFixedPoint(double factor_a, double factor_b) {
  const FixedPoint a = ToFixedPoint(factor_a);
  const FixedPoint b = ToFixedPoint(factor_b);
  const std::uint8_t shift = factor_a >= factor_b ? a.shift : b.shift;
  const auto with_shift = [shift](double factor) {
    return FixedPoint{static_cast<std::uint16_t>(std::round(std::ldexp(factor, shift))), shift};
  };
  return factor_a >= factor_b ? std::array<FixedPoint, 2>{a, with_shift(factor_b)}
                              : std::array<FixedPoint, 2>{with_shift(factor_a), b};
}

}  // namespace denseshift::driver
