// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "golden/layers/pool.h"

#include <cstdint>
#include <random>
#include <stdexcept>
#include <vector>

#include <gtest/gtest.h>

namespace denseshift::golden {
namespace {

constexpr Scale kOne = {1, 0};

Tensor Image(int height, int width, int channels, const std::vector<std::int8_t>& data) {
  Tensor tensor(height, width, channels);
  tensor.data = data;
  return tensor;
}

Window Square(int kernel, int stride, int padding) {
  return {kernel, kernel, stride, stride, 1, 1, padding, padding, padding, padding};
}

TEST(MaxPool, TakesTheLargestOfEachChannel) {
  const Tensor in = Image(2, 2, 2, {1, -1, 2, -2, 3, -3, 4, -4});
  EXPECT_EQ(MaxPool(Square(2, 2, 0), in, 0, kOne, {}).data, (std::vector<std::int8_t>{4, -1}));
}

TEST(MaxPool, PaddingNeverWins) {
  const Tensor in = Image(2, 2, 1, {-128, -127, -126, -125});
  // Corner windows of 2x2, stride 3, one row and column of padding: one pixel each.
  EXPECT_EQ(MaxPool(Square(2, 2, 1), in, 0, kOne, {}).data, in.data);
}

TEST(MaxPool, SubtractsTheZeroPointAndRescales) {
  const Tensor in = Image(1, 2, 1, {10, 21});
  const Window window = {1, 2, 1, 1, 1, 1, 0, 0, 0, 0};
  // (21 - 4) / 2 = 8.5 -> 9, minus 100.
  EXPECT_EQ(MaxPool(window, in, 4, {1, 1}, {-100, -128, 127}).data,
            (std::vector<std::int8_t>{-91}));
}

TEST(MaxPool, DilationSkipsElements) {
  const Tensor in = Image(1, 5, 1, {0, 9, 1, 9, 2});
  const Window window = {1, 3, 1, 1, 1, 2, 0, 0, 0, 0};
  EXPECT_EQ(MaxPool(window, in, 0, kOne, {}).data, (std::vector<std::int8_t>{2}));
}

TEST(AveragePool, DividesByTheTapsInsideTheImage) {
  AveragePoolLayer layer;
  layer.window = Square(2, 1, 1);
  layer.scale = {{1, {32768, 15}}, {2, {32768, 16}}, {4, {32768, 17}}};
  const Tensor in = Image(2, 2, 1, {4, 8, 12, 16});
  EXPECT_EQ(AveragePool(layer, in).data,
            (std::vector<std::int8_t>{4, 6, 8, 8, 10, 12, 12, 14, 16}));
}

TEST(AveragePool, DividesByTheWholeWindowIfPaddingCounts) {
  AveragePoolLayer layer;
  layer.window = Square(2, 1, 1);
  layer.count = PoolCount::kWholeWindow;
  layer.zero_in = 4;
  layer.scale = {{4, {32768, 17}}};
  const Tensor in = Image(2, 2, 1, {4, 8, 12, 16});
  // Real values 0, 4, 8, 12; padding is a real 0.
  EXPECT_EQ(AveragePool(layer, in).data, (std::vector<std::int8_t>{0, 1, 1, 2, 6, 4, 2, 5, 3}));
}

TEST(AveragePool, KeepsTheMeanUnderAShiftOfTheZeroPoint) {
  std::mt19937 rng(5);
  Tensor in(5, 7, 3);
  for (std::int8_t& x : in.data) {
    x = static_cast<std::int8_t>(rng() % 64);
  }
  AveragePoolLayer layer;
  layer.window = {3, 2, 2, 1, 1, 1, 1, 0, 1, 1};
  for (int count = 1; count <= 6; ++count) {
    layer.scale[count] = {static_cast<std::uint16_t>(65536 / count / 2), 15};
  }
  const Tensor expected = AveragePool(layer, in);
  for (std::int8_t& x : in.data) {
    x = static_cast<std::int8_t>(x - 100);
  }
  layer.zero_in = -100;
  EXPECT_EQ(AveragePool(layer, in).data, expected.data);
}

TEST(AveragePool, RefusesACountWithoutScale) {
  AveragePoolLayer layer;
  layer.window = Square(2, 1, 1);
  layer.scale = {{4, kOne}};
  EXPECT_THROW((void)AveragePool(layer, Image(2, 2, 1, {1, 2, 3, 4})), std::invalid_argument);
}

TEST(GlobalAveragePool, AveragesEachChannelOverTheImage) {
  const Tensor in = Image(2, 2, 2, {1, 10, 2, 20, 3, 30, 5, 40});
  const Tensor out = GlobalAveragePool(in, 1, {1, 2}, {0, -128, 127});
  EXPECT_EQ(out.height, 1);
  EXPECT_EQ(out.width, 1);
  // (11 - 4) / 4 = 1.75, (100 - 4) / 4 = 24.
  EXPECT_EQ(out.data, (std::vector<std::int8_t>{2, 24}));
}

TEST(Pool, RefusesAWindowLargerThanThePaddedImage) {
  const Tensor in = Image(2, 2, 1, {1, 2, 3, 4});
  EXPECT_THROW((void)MaxPool(Square(3, 1, 0), in, 0, kOne, {}), std::invalid_argument);
}

}  // namespace
}  // namespace denseshift::golden
