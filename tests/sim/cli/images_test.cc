// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/cli/images.h"

#include <cmath>
#include <limits>

#include <gtest/gtest.h>

#include "tests/sim/temporary_folder.h"

namespace denseshift::sim {
namespace {

driver::Tensor Input(int height, int width, int channels, bool is_unsigned) {
  driver::Tensor tensor;
  tensor.name = "x";
  tensor.height = height;
  tensor.width = width;
  tensor.channels = channels;
  tensor.is_unsigned = is_unsigned;
  return tensor;
}

TEST(Images, UnsignedCodesAreShiftedBy128) {
  const NpyArray array = {{2, 1, 2, 1}, std::vector<std::uint8_t>{0, 255, 128, 1}};
  const std::vector<driver::Image> expected = {{-128, 127}, {0, -127}};
  EXPECT_EQ(MakeImages(array, Input(1, 2, 1, true)), expected);
}

TEST(Images, BothLayoutsGiveTheSameImage) {
  const driver::Tensor input = Input(1, 2, 3, false);
  const NpyArray nhwc = {{1, 1, 2, 3}, std::vector<std::int8_t>{0, 1, 2, 3, 4, 5}};
  const NpyArray nchw = {{1, 3, 1, 2}, std::vector<std::int8_t>{0, 3, 1, 4, 2, 5}};
  const std::vector<driver::Image> expected = {{0, 1, 2, 3, 4, 5}};
  EXPECT_EQ(MakeImages(nhwc, input), expected);
  EXPECT_EQ(MakeImages(nchw, input), expected);
  EXPECT_NE(ErrorOf([&] { (void)MakeImages(nchw, input, Layout::kNhwc); }), "");
}

TEST(Images, AShapeThatFitsBothLayoutsNeedsTheOption) {
  const driver::Tensor input = Input(2, 2, 2, false);
  const NpyArray array = {{1, 2, 2, 2}, std::vector<std::int8_t>{0, 1, 2, 3, 4, 5, 6, 7}};
  EXPECT_EQ(ErrorOf([&] { (void)MakeImages(array, input); }),
            "shape (1, 2, 2, 2) fits both layouts; say which with --layout nhwc or --layout nchw");
  EXPECT_EQ(MakeImages(array, input, Layout::kNhwc)[0], (driver::Image{0, 1, 2, 3, 4, 5, 6, 7}));
  EXPECT_EQ(MakeImages(array, input, Layout::kNchw)[0], (driver::Image{0, 4, 1, 5, 2, 6, 3, 7}));
}

TEST(Images, RealValuesAreRoundedHalfToEvenAndClamped) {
  driver::Tensor input = Input(1, 1, 8, true);
  input.scale = 0.5;
  input.zero_point = -128;  // 0 in the graph
  const NpyArray array = {
      {1, 8}, std::vector<float>{0.0F, 0.25F, 0.75F, 1.25F, -1.0F, 63.5F, 127.5F, 1e30F}};
  const driver::Image expected = {-128, -128, -126, -126, -128, -1, 127, 127};
  EXPECT_EQ(MakeImages(array, input)[0], expected);
  const NpyArray bad = {{1, 8}, std::vector<float>(8, std::numeric_limits<float>::quiet_NaN())};
  EXPECT_EQ(ErrorOf([&] { (void)MakeImages(bad, input); }),
            "input 'x' holds a value that is not a number");
}

TEST(Images, TellsExpectedAndActual) {
  const driver::Tensor input = Input(28, 28, 1, true);
  const std::string expected =
      "input 'x' of the network takes uint8 quantized or float32 real values of shape (N, 28, 28, "
      "1) "
      "or (N, 1, 28, 28) or (N, 28, 28), got ";
  const auto complaint = [&](const NpyArray& array) {
    return ErrorOf([&] { (void)MakeImages(array, input); });
  };
  EXPECT_EQ(complaint({{1, 32, 32, 1}, std::vector<std::uint8_t>(1024)}),
            expected + "uint8 (1, 32, 32, 1)");
  EXPECT_EQ(complaint({{784}, std::vector<std::uint8_t>(784)}), expected + "uint8 (784,)");
  EXPECT_EQ(complaint({{1, 28, 28}, std::vector<std::int8_t>(784)}), expected + "int8 (1, 28, 28)");
  EXPECT_EQ(complaint({{1, 28, 28}, std::vector<std::int32_t>(784)}),
            expected + "int32 (1, 28, 28)");
  EXPECT_EQ(complaint({{0, 28, 28}, std::vector<std::uint8_t>()}), "there are no images");
}

TEST(Images, LabelsAreCheckedOneByOne) {
  EXPECT_EQ(MakeLabels({{3}, std::vector<std::int64_t>{0, 9, 4}}, 3, 10),
            (std::vector<int>{0, 9, 4}));
  EXPECT_EQ(ErrorOf([] {
              (void)MakeLabels({{2}, std::vector<std::int32_t>{1, 10}}, 2, 10);
            }),
            "label 10 of image 1 is not a class, 0..9");
  EXPECT_EQ(ErrorOf([] {
              (void)MakeLabels({{2}, std::vector<std::uint8_t>{1, 2}}, 3, 10);
            }),
            "labels must be integers of shape (3,), one for each image, got uint8 (2,)");
  EXPECT_EQ(ErrorOf([] {
              (void)MakeLabels({{1}, std::vector<float>{1}}, 1, 10);
            }),
            "labels must be integers of shape (1,), one for each image, got float32 (1,)");
}

TEST(Images, OutputsHaveTypeAndOrderOfTheGraph) {
  driver::Tensor tensor = Input(1, 2, 2, true);
  const NpyArray array = ImagesToArray({{-128, 0, 1, 127}}, tensor);
  EXPECT_EQ(array.Description(), "uint8 (1, 2, 1, 2)");
  EXPECT_EQ(std::get<0>(array.values), (std::vector<std::uint8_t>{0, 129, 128, 255}));
  tensor = Input(1, 1, 2, false);
  tensor.onnx_rank = 2;
  EXPECT_EQ(ImagesToArray({{5, 6}}, tensor).Description(), "int8 (1, 2)");
}

TEST(Images, ThePredictionIsTheFirstLargestValue) {
  EXPECT_EQ(LargestIndex({-5, 7, 7, -128}), 1);
}

}  // namespace
}  // namespace denseshift::sim
