// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/check/layer_check.h"

#include <stdexcept>

#include <gtest/gtest.h>

namespace denseshift::sim {
namespace {

driver::Tensor MakeTensor(const char* name, int height, int width, int channels, int zero) {
  driver::Tensor tensor;
  tensor.name = name;
  tensor.height = height;
  tensor.width = width;
  tensor.channels = channels;
  tensor.zero_point = zero;
  return tensor;
}

// x 2x2x1 -> "double" (1x1 conv to two channels, weights 2 and -1) -> "pool" (2x2 maximum).
driver::Network TwoLayers() {
  driver::Network network;
  network.tensors = {
      MakeTensor("x", 2, 2, 1, 3), MakeTensor("y", 2, 2, 2, -5), MakeTensor("z", 1, 1, 2, -5)};
  driver::Layer conv;
  conv.name = "double";
  conv.onnx_type = "Conv";
  conv.inputs = {0};
  conv.output = 1;
  conv.code_bits = 3;
  conv.codes = {1, 4};  // 2^1, -2^0
  conv.bias = {0, 1};
  conv.scale = {{32768, 15}, {32768, 15}};
  driver::Layer pool;
  pool.name = "pool";
  pool.onnx_type = "MaxPool";
  pool.op = driver::Operator::kMaxPool;
  pool.inputs = {1};
  pool.output = 2;
  pool.window.kernel_h = pool.window.kernel_w = 2;
  pool.pool_scale[1] = {32768, 15};
  network.layers = {conv, pool};
  network.output = 2;
  return network;
}

using Values = std::vector<std::int8_t>;

const Values kInput = {3, 4, 5, 10};

// y = 2 * (x - 3) - 5, -(x - 3) + 1 - 5, by hand.
const Values kConv = {-5, -4, -3, -5, -1, -6, 9, -11};
const Values kPool = {9, -4};

std::optional<LayerDifference> Check(const Values& conv, const Values& pool) {
  const driver::Network network = TwoLayers();
  return LayerCheck(network).Check(
      7, kInput, [&](std::size_t tensor) { return tensor == 1 ? conv : pool; });
}

TEST(LayerCheck, AcceptsRightResults) {
  EXPECT_FALSE(Check(kConv, kPool).has_value());
}

TEST(LayerCheck, FindsEveryWrongValueOfEveryLayer) {
  for (std::size_t i = 0; i < kConv.size() + kPool.size(); ++i) {
    Values conv = kConv;
    Values pool = kPool;
    const bool in_conv = i < kConv.size();
    std::int8_t& value = in_conv ? conv[i] : pool[i - kConv.size()];
    value = static_cast<std::int8_t>(value ^ 1);
    const std::optional<LayerDifference> difference = Check(conv, pool);
    ASSERT_TRUE(difference.has_value()) << i;
    EXPECT_EQ(difference->layer, in_conv ? "double" : "pool");
    EXPECT_EQ(difference->count, 1U);
    EXPECT_EQ(difference->actual, value);
    EXPECT_EQ(difference->expected, value ^ 1);
  }
}

TEST(LayerCheck, SaysWhere) {
  Values conv = kConv;
  conv[3] = 100;
  conv[6] = 101;
  EXPECT_EQ(Check(conv, kPool)->Description(),
            "layer double (Conv), image 7: channel 1, row 0, column 1 is 100, expected -5; 2 of 8 "
            "values differ");
  conv = kConv;
  conv[6] = 101;
  EXPECT_EQ(Check(conv, kPool)->Description(),
            "layer double (Conv), image 7: channel 0, row 1, column 1 is 101, expected 9; 1 of 8 "
            "values differ");
}

TEST(LayerCheck, RefusesTensorsOfTheWrongSize) {
  EXPECT_THROW((void)Check(Values(7), kPool), std::invalid_argument);
}

}  // namespace
}  // namespace denseshift::sim
