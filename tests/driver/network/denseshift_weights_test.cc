// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "driver/network/frontend/denseshift_weights.h"

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <fmt/format.h>
#include <limits>
#include <random>
#include <stdexcept>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace denseshift::driver::frontend {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

Array Floats(std::int64_t channels, const std::vector<float>& values) {
  return {ElementType::kFloat32,
          {channels, static_cast<std::int64_t>(values.size()) / channels},
          {values.begin(), values.end()}};
}

// The value a code stands for.
double Decode(const DenseShiftTensor& tensor, std::size_t index) {
  const std::size_t count = tensor.codes.size() / tensor.alpha.size();
  const int code = tensor.codes[index];
  const int exponent = code & ((1 << (tensor.code_bits - 1)) - 1);
  const double sign = (code >> (tensor.code_bits - 1)) != 0 ? -1.0 : 1.0;
  return std::ldexp(sign, exponent) * tensor.alpha[index / count];
}

void ExpectExact(const Array& weight, int bits) {
  const DenseShiftTensor tensor = RecognizeDenseShift("w", weight, 4);
  EXPECT_EQ(tensor.code_bits, bits);
  for (std::size_t i = 0; i < weight.values.size(); ++i) {
    ASSERT_EQ(Decode(tensor, i), weight.values[i]) << i;
  }
}

std::string ErrorOf(const Array& weight, int max_bits = 4) {
  try {
    (void)RecognizeDenseShift("w", weight, max_bits);
  } catch (const std::runtime_error& error) {
    return error.what();
  }
  return "no error";
}

TEST(RecognizeDenseShift, CodesOfPlainPowers) {
  const DenseShiftTensor tensor = RecognizeDenseShift("w", Floats(1, {1, -2, 4, -8}), 4);
  EXPECT_EQ(tensor.code_bits, 3);
  EXPECT_THAT(tensor.alpha, ElementsAre(1.0));
  EXPECT_THAT(tensor.codes, ElementsAre(0, 5, 2, 7));
}

TEST(RecognizeDenseShift, SmallestWidthThatFitsTheTensor) {
  ExpectExact(Floats(1, {1, -1, 1}), 2);
  ExpectExact(Floats(1, {1, 2}), 2);
  ExpectExact(Floats(1, {1, 4}), 3);
  ExpectExact(Floats(1, {1, 8}), 3);
  ExpectExact(Floats(1, {1, 16}), 4);
  ExpectExact(Floats(1, {1, 128}), 4);
  ExpectExact(Floats(2, {1, 2, 1, 128}), 4);
}

TEST(RecognizeDenseShift, EachChannelHasItsOwnFactor) {
  const DenseShiftTensor tensor =
      RecognizeDenseShift("w", Floats(3, {0.3F, -0.6F, 7.5F, 7.5F, -0.001F, 0.004F}), 4);
  EXPECT_EQ(tensor.code_bits, 3);
  EXPECT_THAT(tensor.alpha, ElementsAre(double{0.3F}, double{7.5F}, double{0.001F}));
  EXPECT_THAT(tensor.codes, ElementsAre(0, 5, 0, 0, 4, 2));
}

TEST(RecognizeDenseShift, SurvivesChainsOfFloat32Scalings) {
  std::mt19937 rng(1);
  std::normal_distribution<float> factor(0.0F, 1.0F);  // negative ones, too: flipped signs
  for (int bits = 2; bits <= 4; ++bits) {
    constexpr std::size_t kPerChannel = 27;
    std::vector<float> weights;
    for (std::size_t c = 0; c < 64; ++c) {
      const float first = factor(rng);
      const float second = factor(rng);
      for (std::size_t k = 0; k < kPerChannel; ++k) {
        const std::size_t exponents = std::size_t{1} << (bits - 1);
        const std::size_t exponent = k < exponents ? k : rng() % exponents;
        const float power =
            std::ldexp((rng() & 1U) != 0 ? -1.0F : 1.0F, static_cast<int>(exponent));
        weights.push_back(power * first * second);
      }
    }
    ExpectExact(Floats(64, weights), bits);
  }
}

TEST(RecognizeDenseShift, DeadChannelsHaveFactorZero) {
  const DenseShiftTensor tensor =
      RecognizeDenseShift("w", Floats(2, {0.0F, -0.0F, 0.5F, -1.0F}), 4);
  EXPECT_THAT(tensor.alpha, ElementsAre(0.0, 0.5));
  EXPECT_THAT(tensor.codes, ElementsAre(0, 0, 0, 3));
}

TEST(RecognizeDenseShift, RefusesZeroInALiveChannel) {
  EXPECT_THAT(ErrorOf(Floats(2, {1, 2, 1, 0})),
              HasSubstr("tensor 'w', output channel 1: not DenseShift weights: element 1 is zero"));
  EXPECT_THAT(ErrorOf(Floats(1, {0, 2, 1, 1})), HasSubstr("element 0 is zero"));
}

TEST(RecognizeDenseShift, RefusesDifferentMantissas) {
  const float next = std::nextafter(2.0F, 3.0F);
  EXPECT_THAT(ErrorOf(Floats(1, {1, 4, next})), HasSubstr("mantissas differ at element 2"));
  const float before = std::nextafter(2.0F, 1.0F);
  EXPECT_THAT(ErrorOf(Floats(1, {2, before})), HasSubstr("mantissas differ at element 1"));
  EXPECT_THAT(ErrorOf(Floats(1, {3, 4})), HasSubstr("mantissas differ at element 1"));
  EXPECT_THAT(ErrorOf(Floats(1, {1, 3})), HasSubstr("(3 against 1 at element 0)"));
}

TEST(RecognizeDenseShift, RefusesTooLargeASpan) {
  EXPECT_THAT(ErrorOf(Floats(1, {1, 256})), HasSubstr("exponent span 8 needs 5 bits"));
  EXPECT_THAT(ErrorOf(Floats(1, {1, 4096})), HasSubstr("exponent span 12 needs 5 bits"));
  EXPECT_THAT(ErrorOf(Floats(1, {1, 16}), 3), HasSubstr("needs 4 bits, codes have at most 3"));
  EXPECT_EQ(ErrorOf(Floats(1, {1, 8}), 3), "no error");
}

TEST(RecognizeDenseShift, RefusesSubnormalInfiniteAndNan) {
  const float subnormal = std::ldexp(1.0F, -127);
  EXPECT_THAT(ErrorOf(Floats(1, {subnormal, subnormal})), HasSubstr("element 0 is subnormal"));
  const float infinity = std::numeric_limits<float>::infinity();
  EXPECT_THAT(ErrorOf(Floats(1, {1, infinity})), HasSubstr("element 1 is inf"));
  EXPECT_THAT(ErrorOf(Floats(1, {1, std::nanf("")})), HasSubstr("element 1 is nan"));
}

TEST(RecognizeDenseShift, SubnormalDependsOnTheStoredType) {
  const Array half(ElementType::kFloat16, {1, 2}, {0x1p-15, 0x1p-14});
  EXPECT_THAT(ErrorOf(half), HasSubstr("subnormal"));
  const Array wide(ElementType::kFloat64, {1, 2}, {0x1p-140, 0x1p-139});
  ExpectExact(wide, 2);
}

TEST(RecognizeDenseShift, RefusesRandomWeights) {
  std::mt19937 rng(1);
  std::normal_distribution<float> normal(0.0F, 1.0F);
  std::vector<float> weights(576);
  for (float& weight : weights) {
    weight = normal(rng);
  }
  EXPECT_THAT(ErrorOf(Floats(64, weights)), HasSubstr("mantissas differ"));
}

TEST(RecognizeDenseShift, RefusesAnEmptyTensor) {
  EXPECT_THAT(ErrorOf(Array(ElementType::kFloat32, {0, 3})), HasSubstr("empty"));
  EXPECT_THAT(ErrorOf(Array(ElementType::kFloat32, {2, 0})), HasSubstr("empty"));
}

}  // namespace
}  // namespace denseshift::driver::frontend
