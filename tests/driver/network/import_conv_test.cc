// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <cstddef>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "driver/network/import.h"
#include "tests/driver/network/float_check.h"
#include "tests/driver/network/image_model.h"
#include "tests/driver/network/onnx_builder.h"

namespace denseshift::driver {
namespace {

using testing::ElementsAre;

constexpr int kInt8 = onnx::TensorProto::INT8;

TEST(ImportConv, EveryCodeWidth) {
  for (int bits = 2; bits <= 4; ++bits) {
    OnnxBuilder model = ConvModel(bits);
    model.Pair("conv", "output", static_cast<float>(15 + 10 * bits * bits), -5, kInt8);
    const Network network = ExpectMatchesFloat(&model);
    ASSERT_EQ(network.layers.size(), 1U);
    EXPECT_EQ(network.layers[0].code_bits, bits);
    EXPECT_EQ(network.layers[0].onnx_type, "Conv");
    EXPECT_EQ(network.layers[0].Macs(network.tensors), 4U * 3U * 9U * 30U);
  }
}

TEST(ImportConv, TensorsCarryNamesShapesAndScales) {
  OnnxBuilder model = ConvModel();
  model.Pair("conv", "output", 25.0F, 100);
  const Network network = ImportOnnx(model.Save());
  ASSERT_EQ(network.tensors.size(), 2U);
  const Tensor& in = network.tensors[0];
  EXPECT_EQ(in.name, "input");
  EXPECT_EQ(in.zero_point, 3);
  EXPECT_FALSE(in.is_unsigned);
  const Tensor& out = network.tensors[1];
  EXPECT_EQ(out.name, "output");
  EXPECT_EQ(out.scale, 25.0);
  EXPECT_EQ(out.zero_point, 100 - 128);
  EXPECT_TRUE(out.is_unsigned);
  EXPECT_EQ(out.height, 6);
  EXPECT_EQ(out.width, 5);
  EXPECT_EQ(out.channels, 4);
  EXPECT_EQ(out.onnx_rank, 4);
}

TEST(ImportConv, StridesDilationsAndUnevenPads) {
  OnnxBuilder model = ImageModel(2);
  model.Floats("w", {3, 2, 2, 3}, RandomWeights(36, 3, 2)).Floats("b", {3}, {10, -20, 300});
  model.Node("Conv", {"x", "w", "b"}, "conv")
      .Ints("kernel_shape", {2, 3})
      .Ints("strides", {2, 1})
      .Ints("dilations", {3, 2})
      .Ints("pads", {2, 0, 1, 3});
  model.Pair("conv", "output", 13.0F, 0, kInt8);
  const Network network = ExpectMatchesFloat(&model);
  EXPECT_THAT(network.layers[0].bias, ElementsAre(10, -20, 300));
}

TEST(ImportConv, AutoPad) {
  for (const std::string mode : {"SAME_UPPER", "SAME_LOWER", "VALID"}) {
    OnnxBuilder model = ImageModel(1);
    model.Floats("w", {2, 1, 2, 4}, RandomWeights(16, 3, 3));
    model.Node("Conv", {"x", "w"}, "conv").String("auto_pad", mode).Ints("strides", {1, 2});
    model.Pair("conv", "output", 7.0F, 0, kInt8);
    const Network network = ExpectMatchesFloat(&model);
    const Window& window = network.layers[0].window;
    EXPECT_EQ(window.pad_top, mode == "SAME_LOWER" ? 1 : 0);
    EXPECT_EQ(window.pad_bottom, mode == "SAME_UPPER" ? 1 : 0);
  }
}

TEST(ImportConv, BatchNormalizationIsFolded) {
  OnnxBuilder model = ConvModel();
  model.Floats("gamma", {4}, {1, -2, 4, -0.5F}).Floats("beta", {4}, {0, 32, -64, 16});
  model.Floats("mean", {4}, {8, 0, -16, 4}).Floats("var", {4}, {4, 4, 16, 1});
  model.Node("BatchNormalization", {"conv", "gamma", "beta", "mean", "var"}, "bn")
      .Float("epsilon", 0.0F);
  model.Node("Relu", {"bn"}, "relu");
  model.Pair("relu", "output", 3.5F);
  const Network network = ExpectMatchesFloat(&model);
  ASSERT_EQ(network.layers.size(), 1U);
  // beta / gamma * sqrt(var) - mean, with the signs of negative gammas moved into the weights.
  EXPECT_THAT(network.layers[0].bias, ElementsAre(-8, 32, -48, 36));
  EXPECT_EQ(network.layers[0].lo, -128);
}

TEST(ImportConv, NegativeGammaFlipsTheSigns) {
  OnnxBuilder plain = ConvModel();
  plain.Pair("conv", "output", 25.0F, 0, kInt8);
  OnnxBuilder negated = ConvModel();
  negated.Floats("minus", {}, {-1});
  negated.Node("Mul", {"minus", "conv"}, "product");
  negated.Pair("product", "output", 25.0F, 0, kInt8);
  const Network a = ImportOnnx(plain.Save());
  const Network b = ExpectMatchesFloat(&negated);
  for (std::size_t i = 0; i < a.layers[0].codes.size(); ++i) {
    ASSERT_EQ(a.layers[0].codes[i] ^ 4, b.layers[0].codes[i]) << i;
  }
}

TEST(ImportConv, PerChannelConstantsAreFolded) {
  OnnxBuilder model = ConvModel();
  model.Floats("c1", {4, 1, 1}, {1, 2, -4, 1}).Floats("c2", {1, 4, 1, 1}, {2, 2, 1, 4});
  model.Floats("c3", {}, {5}).Floats("c4", {1}, {32});
  model.Node("Mul", {"conv", "c1"}, "t1");
  model.Node("Div", {"t1", "c2"}, "t2");
  model.Node("Sub", {"c3", "t2"}, "t3");
  model.Node("Add", {"c4", "t3"}, "t4");
  model.Node("Sub", {"t4", "c2"}, "t5");
  model.Pair("t5", "output", 6.25F, 0, kInt8);
  EXPECT_EQ(ExpectMatchesFloat(&model).layers.size(), 1U);
}

TEST(ImportConv, ChannelScalesInTheWeights) {
  std::vector<float> weights = RandomWeights(108, 3, 1);
  const std::vector<float> alpha = {0.5F, 2.0F, -1.0F, 0.25F};
  for (std::size_t i = 0; i < weights.size(); ++i) {
    weights[i] *= alpha[i / 27];
  }
  OnnxBuilder model = ImageModel(3);
  model.Floats("w", {4, 3, 3, 3}, weights);
  model.Node("Conv", {"x", "w"}, "conv");
  model.Pair("conv", "output", 6.25F, 0, kInt8);
  EXPECT_EQ(ExpectMatchesFloat(&model).layers[0].code_bits, 3);
}

TEST(ImportConv, ClampsBecomeLoAndHi) {
  OnnxBuilder model = ConvModel();
  model.Floats("low", {}, {-75}).Floats("high", {}, {250});
  model.Node("Clip", {"conv", "low", "high"}, "clip");
  model.Pair("clip", "output", 25.0F, 10, kInt8);
  const Network network = ExpectMatchesFloat(&model);
  EXPECT_EQ(network.layers[0].lo, 10 - 3);
  EXPECT_EQ(network.layers[0].hi, 10 + 10);
}

TEST(ImportConv, ClipWithAttributesAndOmittedBounds) {
  OnnxBuilder attributes = ConvModel();
  attributes.Node("Clip", {"conv"}, "clip").Float("min", 0.0F).Float("max", 150.0F);
  attributes.Pair("clip", "output", 25.0F);
  EXPECT_EQ(ExpectMatchesFloat(&attributes).layers[0].hi, -128 + 6);
  OnnxBuilder upper = ConvModel();
  upper.Floats("high", {}, {50});
  upper.Node("Clip", {"conv", "", "high"}, "clip");
  upper.Pair("clip", "output", 25.0F, 0, kInt8);
  EXPECT_EQ(ExpectMatchesFloat(&upper).layers[0].lo, -128);
}

TEST(ImportConv, NegativeFactorAfterAClampSwapsTheBounds) {
  OnnxBuilder model = ConvModel();
  model.Floats("low", {}, {-75}).Floats("high", {}, {250}).Floats("factor", {}, {-2});
  model.Node("Clip", {"conv", "low", "high"}, "clip");
  model.Node("Mul", {"clip", "factor"}, "product");
  model.Pair("product", "output", 25.0F, 10, kInt8);
  const Network network = ExpectMatchesFloat(&model);
  EXPECT_EQ(network.layers[0].lo, 10 - 20);
  EXPECT_EQ(network.layers[0].hi, 10 + 6);
}

TEST(ImportConv, ConstantAfterAClampMovesTheBounds) {
  OnnxBuilder model = ConvModel();
  model.Floats("shift", {}, {-100}).Floats("each", {4, 1, 1}, {1, 2, 1, 4});
  model.Node("Relu", {"conv"}, "relu");
  model.Node("Mul", {"relu", "each"}, "scaled");
  model.Node("Add", {"scaled", "shift"}, "moved");
  model.Pair("moved", "output", 25.0F, 10, kInt8);
  EXPECT_EQ(ExpectMatchesFloat(&model).layers[0].lo, 10 - 4);
}

TEST(ImportConv, ReluAfterThePairIsFoldedIntoTheLayer) {
  OnnxBuilder model = ConvModel();
  model.Pair("conv", "q", 25.0F, 7, kInt8);
  model.Node("Relu", {"q"}, "output");
  const Network network = ExpectMatchesFloat(&model);
  ASSERT_EQ(network.layers.size(), 1U);
  EXPECT_EQ(network.tensors.size(), 2U);
  EXPECT_EQ(network.layers[0].lo, 7);
}

TEST(ImportConv, ReluOfATensorThatOthersReadIsALayer) {
  OnnxBuilder model = ConvModel();
  model.Pair("conv", "q", 25.0F, 7, kInt8);
  model.Node("Relu", {"q"}, "relu");
  model.Node("Add", {"relu", "q"}, "sum");
  model.Pair("sum", "output", 75.0F, 7, kInt8);
  const Network network = ExpectMatchesFloat(&model);
  ASSERT_EQ(network.layers.size(), 3U);
  EXPECT_EQ(network.layers[1].op, Operator::kMaxPool);
  EXPECT_EQ(network.layers[1].onnx_type, "Relu");
}

TEST(ImportConv, SecondPairWithAnotherScaleRescales) {
  OnnxBuilder model = ConvModel();
  model.Pair("conv", "a", 25.0F, 7, kInt8).Pair("a", "output", 75.0F, 100);
  const Network network = ExpectMatchesFloat(&model);
  ASSERT_EQ(network.layers.size(), 2U);
  EXPECT_EQ(network.layers[1].onnx_type, "QuantizeLinear");
}

TEST(ImportConv, SecondPairWithTheSameScaleDoesNothing) {
  OnnxBuilder model = ConvModel();
  model.Pair("conv", "a", 25.0F, 7, kInt8).Pair("a", "output", 25.0F, 7, kInt8);
  EXPECT_EQ(ExpectMatchesFloat(&model).layers.size(), 1U);
}

TEST(ImportConv, IntegerInputAndOutput) {
  OnnxBuilder model;
  model.Input({1, 2, 4, 4}, onnx::TensorProto::UINT8);
  model.Floats("s", {}, {0.5F}).Bytes("z", {}, {9});
  model.Node("DequantizeLinear", {"input", "s", "z"}, "x");
  model.Floats("w", {2, 2, 1, 1}, {1, 2, -4, 8});
  model.Node("Conv", {"x", "w"}, "conv");
  model.Floats("s2", {}, {6.5F}).Bytes("z2", {}, {5}, kInt8);
  model.Node("QuantizeLinear", {"conv", "s2", "z2"}, "output");
  const Network network = ExpectMatchesFloat(&model);
  EXPECT_EQ(network.tensors[0].zero_point, 9 - 128);
  EXPECT_EQ(network.tensors[1].zero_point, 5);
}

TEST(ImportConv, ZeroPointMayBeOmitted) {
  OnnxBuilder model = ConvModel();
  model.Floats("s", {}, {25.0F});
  model.Node("QuantizeLinear", {"conv", "s"}, "q");
  model.Node("DequantizeLinear", {"q", "s"}, "output");
  EXPECT_TRUE(ExpectMatchesFloat(&model).tensors[1].is_unsigned);
}

}  // namespace
}  // namespace denseshift::driver
