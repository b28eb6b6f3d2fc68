// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "golden/arithmetic/offset_binary.h"

#include <cstddef>
#include <cstdint>
#include <random>
#include <stdexcept>
#include <vector>

#include <gtest/gtest.h>

#include "golden/arithmetic/accumulator.h"
#include "golden/arithmetic/dot.h"

namespace denseshift::golden {
namespace {

TEST(OffsetBinary, FlipsTheTopBitOfEveryActivation) {
  for (int x = -128; x <= 127; ++x) {
    const unsigned bits = static_cast<std::uint8_t>(x);
    EXPECT_EQ(ToOffsetBinary(static_cast<std::int8_t>(x)), bits ^ 0x80U);
  }
}

TEST(OffsetBinary, TermIsTheProductPlusAConstantOfTheWeight) {
  for (unsigned code = 0; code < 16; ++code) {
    const Code weight = DecodeCode(code, 4);
    for (int x = -128; x <= 127; ++x) {
      const unsigned term = Term(weight, ToOffsetBinary(static_cast<std::int8_t>(x)));
      const int constant = (weight.negative ? 127 : 128) * weight.Magnitude();
      ASSERT_EQ(term, Product(weight, x) + constant) << "code " << code << " x " << x;
      ASSERT_LT(term, 1U << 15);
    }
  }
}

TEST(OffsetBinary, UnusedLanesAddNothing) {
  for (int n = 2; n <= 4; ++n) {
    EXPECT_EQ(Term(DecodeCode(0, n), 0), 0U);
  }
}

TEST(OffsetBinary, RefusesOperandsWiderThanAByte) {
  EXPECT_THROW((void)Term({false, 0}, 256), std::invalid_argument);
}

TEST(FoldBias, OfOneWeightByHand) {
  // bias - zero_in * w - 128 * |w| + (2^e if negative)
  EXPECT_EQ(FoldBias({{false, 2}}, 10, 3, 32), 10 - 12 - 512);
  EXPECT_EQ(FoldBias({{true, 2}}, 10, 3, 32), 10 + 12 - 512 + 4);
  EXPECT_EQ(FoldBias({}, -9, 77, 16), -9);
}

TEST(FoldBias, WrapsToTheAccumulator) {
  // -128 * 128 * 3 = -49152, which is 16384 modulo 2^16.
  EXPECT_EQ(FoldBias({{false, 7}, {false, 7}, {false, 7}}, 0, 0, 16), 16384);
}

// SUM t + B = SUM w * (x - zero_in) + bias modulo 2^acc_bits.
void ExpectIdentity(const std::vector<Code>& weights,
                    const std::vector<std::int8_t>& x,
                    std::int32_t bias,
                    int zero_in,
                    int acc_bits) {
  std::int64_t terms = 0;
  for (std::size_t k = 0; k < x.size(); ++k) {
    terms += Term(weights[k], ToOffsetBinary(x[k]));
  }
  const std::int64_t array = terms + FoldBias(weights, bias, zero_in, acc_bits);
  const std::int64_t plain = Dot(weights, x, zero_in) + bias;
  ASSERT_EQ(WrapToAccumulator(array, acc_bits), WrapToAccumulator(plain, acc_bits));
}

TEST(FoldBias, MakesTheTermsTheDotProductForEveryLaneStateAndZeroPoint) {
  for (unsigned code = 0; code < 16; ++code) {
    for (int zero_in = -128; zero_in <= 127; ++zero_in) {
      for (int x = -128; x <= 127; ++x) {
        ExpectIdentity({DecodeCode(code, 4)}, {static_cast<std::int8_t>(x)}, 1234, zero_in, 24);
      }
    }
  }
}

TEST(FoldBias, MakesTheTermsTheDotProductForRandomChannels) {
  std::mt19937 rng(2);
  for (int trial = 0; trial < 2000; ++trial) {
    const int n = 2 + static_cast<int>(rng() % 3);
    std::vector<Code> weights(rng() % 300);
    std::vector<std::int8_t> x(weights.size());
    for (std::size_t k = 0; k < x.size(); ++k) {
      weights[k] = DecodeCode(static_cast<unsigned>(rng()) % (1U << n), n);
      x[k] = static_cast<std::int8_t>(rng());
    }
    const auto bias = static_cast<std::int32_t>(rng());
    const int zero_in = static_cast<std::int8_t>(rng());
    ExpectIdentity(weights, x, bias, zero_in, 16 + static_cast<int>(rng() % 17));
  }
}

}  // namespace
}  // namespace denseshift::golden
