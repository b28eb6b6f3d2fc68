// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "golden/arithmetic/code.h"

#include <stdexcept>
#include <string>

namespace denseshift::golden {
namespace {

void CheckWidth(int n) {
  if (n < 2 || n > 4) {
    throw std::invalid_argument("a code has 2, 3 or 4 bits, not " + std::to_string(n));
  }
}

}  // namespace

Code DecodeCode(unsigned code, int n) {
  CheckWidth(n);
  if (code >= (1U << n)) {
    throw std::invalid_argument("code " + std::to_string(code) + " does not fit " +
                                std::to_string(n) + " bits");
  }
  const unsigned sign_bit = 1U << (n - 1);
  return {(code & sign_bit) != 0, static_cast<int>(code & (sign_bit - 1))};
}

unsigned EncodeCode(Code weight, int n) {
  CheckWidth(n);
  const unsigned sign_bit = 1U << (n - 1);
  if (weight.exponent < 0 || static_cast<unsigned>(weight.exponent) >= sign_bit) {
    throw std::invalid_argument("exponent " + std::to_string(weight.exponent) +
                                " does not fit a code of " + std::to_string(n) + " bits");
  }
  return static_cast<unsigned>(weight.exponent) + (weight.negative ? sign_bit : 0);
}

}  // namespace denseshift::golden
