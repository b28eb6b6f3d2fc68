// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_GOLDEN_ARITHMETIC_CODE_H_
#define DENSESHIFT_GOLDEN_ARITHMETIC_CODE_H_

namespace denseshift::golden {

// One weight w = (-1)^negative * 2^exponent, never 0; docs/arithmetic.md section 1.
struct Code {
  bool negative = false;
  int exponent = 0;  // 0 .. 2^(n-1) - 1 for a code of n bits, so at most 7

  // |w|, 1 .. 128.
  [[nodiscard]] int Magnitude() const { return 1 << exponent; }

  // w, -128 .. 128.
  [[nodiscard]] int Value() const { return negative ? -Magnitude() : Magnitude(); }
};

// The weight of an n-bit code: top bit sign, low n-1 bits exponent.
//
// Errors    std::invalid_argument unless n is 2, 3 or 4 and code < 2^n.
[[nodiscard]] Code DecodeCode(unsigned code, int n);

// The n-bit code of a weight, the inverse of DecodeCode.
//
// Errors    std::invalid_argument unless n is 2, 3 or 4 and the exponent fits n-1 bits.
[[nodiscard]] unsigned EncodeCode(Code weight, int n);

}  // namespace denseshift::golden

#endif  // DENSESHIFT_GOLDEN_ARITHMETIC_CODE_H_
