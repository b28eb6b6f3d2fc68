// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "driver/network/frontend/onnx_tensor.h"

#include <cmath>
#include <cstring>
#include <limits>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace denseshift::driver::frontend {
namespace {

using testing::ElementsAre;

constexpr double kInfinity = std::numeric_limits<double>::infinity();

onnx::TensorProto Empty(int data_type, std::int64_t count) {
  onnx::TensorProto tensor;
  tensor.set_name("t");
  tensor.set_data_type(data_type);
  tensor.add_dims(count);
  return tensor;
}

template <typename T>
std::vector<double> FromRaw(int data_type, const std::vector<T>& values) {
  onnx::TensorProto tensor = Empty(data_type, static_cast<std::int64_t>(values.size()));
  std::string raw(values.size() * sizeof(T), '\0');
  std::memcpy(raw.data(), values.data(), raw.size());
  tensor.set_raw_data(raw);
  return ReadTensor(tensor).values;
}

TEST(ReadTensor, RawDataOfEveryType) {
  using Proto = onnx::TensorProto;
  EXPECT_THAT(FromRaw<float>(Proto::FLOAT, {1.5F, -0.1F}), ElementsAre(1.5, double{-0.1F}));
  EXPECT_THAT(FromRaw<double>(Proto::DOUBLE, {0.1, -1e300}), ElementsAre(0.1, -1e300));
  EXPECT_THAT(FromRaw<std::int8_t>(Proto::INT8, {-128, 127}), ElementsAre(-128, 127));
  EXPECT_THAT(FromRaw<std::uint8_t>(Proto::UINT8, {0, 255}), ElementsAre(0, 255));
  EXPECT_THAT(FromRaw<std::int16_t>(Proto::INT16, {-32768}), ElementsAre(-32768));
  EXPECT_THAT(FromRaw<std::uint16_t>(Proto::UINT16, {65535}), ElementsAre(65535));
  EXPECT_THAT(FromRaw<std::int32_t>(Proto::INT32, {-2147483647}), ElementsAre(-2147483647));
  EXPECT_THAT(FromRaw<std::uint32_t>(Proto::UINT32, {4294967295U}), ElementsAre(4294967295.0));
  EXPECT_THAT(FromRaw<std::int64_t>(Proto::INT64, {-1, 1LL << 40}), ElementsAre(-1, 0x1p40));
  EXPECT_THAT(FromRaw<std::uint64_t>(Proto::UINT64, {7}), ElementsAre(7));
  EXPECT_THAT(FromRaw<std::uint8_t>(Proto::BOOL, {0, 1}), ElementsAre(0, 1));
}

TEST(ReadTensor, HalfPrecision) {
  const std::vector<double> half = FromRaw<std::uint16_t>(
      onnx::TensorProto::FLOAT16,
      {0x3C00, 0xC500, 0x0001, 0x83FF, 0x0400, 0x7BFF, 0x7C00, 0xFC00, 0x8000, 0x7E00});
  ASSERT_EQ(half.size(), 10U);
  EXPECT_TRUE(std::isnan(half.back()));
  EXPECT_TRUE(std::signbit(half[8]));
  EXPECT_THAT(
      std::vector<double>(half.begin(), half.end() - 1),
      ElementsAre(
          1.0, -5.0, 0x1p-24, -1023 * 0x1p-24, 0x1p-14, 65504.0, kInfinity, -kInfinity, 0.0));
  EXPECT_THAT(FromRaw<std::uint16_t>(onnx::TensorProto::BFLOAT16, {0x3F80, 0xC040, 0x0001}),
              ElementsAre(1.0, -3.0, 0x1p-133));
}

TEST(ReadTensor, TypedFields) {
  onnx::TensorProto half = Empty(onnx::TensorProto::FLOAT16, 2);
  half.add_int32_data(0x3C00);
  half.add_int32_data(0xC500);
  EXPECT_THAT(ReadTensor(half).values, ElementsAre(1.0, -5.0));
  onnx::TensorProto brain = Empty(onnx::TensorProto::BFLOAT16, 1);
  brain.add_int32_data(0xC040);
  EXPECT_THAT(ReadTensor(brain).values, ElementsAre(-3.0));
  onnx::TensorProto wide = Empty(onnx::TensorProto::DOUBLE, 1);
  wide.add_double_data(0.1);
  EXPECT_THAT(ReadTensor(wide).values, ElementsAre(0.1));
  onnx::TensorProto word = Empty(onnx::TensorProto::UINT32, 1);
  word.add_uint64_data(4294967295U);
  EXPECT_THAT(ReadTensor(word).values, ElementsAre(4294967295.0));
  onnx::TensorProto byte = Empty(onnx::TensorProto::INT8, 2);
  byte.add_int32_data(-128);
  byte.add_int32_data(300);  // damaged: saturates
  EXPECT_THAT(ReadTensor(byte).values, ElementsAre(-128, 127));
}

TEST(RoundTo, FloatsRoundToNearestEven) {
  EXPECT_EQ(RoundTo(ElementType::kFloat32, 0.1), double{0.1F});
  EXPECT_EQ(RoundTo(ElementType::kFloat32, 1e39), kInfinity);
  EXPECT_EQ(RoundTo(ElementType::kFloat16, 2049.0), 2048.0);
  EXPECT_EQ(RoundTo(ElementType::kFloat16, 2051.0), 2052.0);
  EXPECT_EQ(RoundTo(ElementType::kFloat16, 65519.0), 65504.0);
  EXPECT_EQ(RoundTo(ElementType::kFloat16, -65520.0), -kInfinity);
  EXPECT_EQ(RoundTo(ElementType::kFloat16, 0x1.8p-24), 0x1p-23);
  EXPECT_EQ(RoundTo(ElementType::kBfloat16, 257.0), 256.0);
  EXPECT_EQ(RoundTo(ElementType::kFloat64, 0.1), 0.1);
}

TEST(RoundTo, IntegersTruncateAndSaturate) {
  EXPECT_EQ(RoundTo(ElementType::kInt8, -1.9), -1.0);
  EXPECT_EQ(RoundTo(ElementType::kUint8, 256.0), 255.0);
  EXPECT_EQ(RoundTo(ElementType::kInt64, 1e30), 0x1p53);
  EXPECT_EQ(RoundTo(ElementType::kInt32, std::nan("")), 0.0);
}

}  // namespace
}  // namespace denseshift::driver::frontend
