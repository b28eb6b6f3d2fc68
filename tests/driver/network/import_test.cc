// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "driver/network/import.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numeric>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/driver/network/float_check.h"
#include "tests/driver/network/onnx_builder.h"
#include "tests/driver/network/reference.h"

namespace denseshift::driver {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

constexpr int kInt8 = onnx::TensorProto::INT8;

// Input [N, channels, 6, 5] with integer real values, quantized to "x".
OnnxBuilder ImageModel(std::int64_t channels) {
  OnnxBuilder model;
  model.Input({-1, channels, 6, 5}).Pair("input", "x", 1.0F, 3, kInt8);
  return model;
}

// Convolution 3 -> 4 channels, 3x3, of "x" into "conv".
OnnxBuilder ConvModel(int bits = 3) {
  OnnxBuilder model = ImageModel(3);
  model.Floats("w", {4, 3, 3, 3}, RandomWeights(108, bits, 1));
  model.Node("Conv", {"x", "w"}, "conv").Ints("pads", {1, 1, 1, 1});
  return model;
}

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

TEST(ImportWeights, DequantizedPerChannel) {
  OnnxBuilder model = ImageModel(1);
  model.Bytes("codes", {3, 1, 2, 2}, {1, -2, 4, 1, -64, 32, 16, -8, 2, 2, -4, 8}, kInt8);
  model.Floats("s", {3}, {0.5F, 0.25F, 4.0F}).Bytes("z", {3}, {0, 0, 0}, kInt8);
  model.Node("DequantizeLinear", {"codes", "s", "z"}, "w").Int("axis", 0);
  model.Node("Conv", {"x", "w"}, "conv");
  model.Pair("conv", "output", 12.5F, 0, kInt8);
  EXPECT_EQ(ExpectMatchesFloat(&model).layers[0].code_bits, 3);
}

TEST(ImportWeights, ComputedFromConstants) {
  // Weights [2, 1, 2, 2], built by Constant, Slice, Concat, Mul, Transpose, Reshape, Cast.
  OnnxBuilder model = ImageModel(1);
  NodeBuilder constant = model.Node("Constant", {}, "raw");
  onnx::AttributeProto* value = constant->add_attribute();
  value->set_name("value");
  value->set_type(onnx::AttributeProto::TENSOR);
  value->mutable_t()->set_data_type(onnx::TensorProto::INT32);
  value->mutable_t()->add_dims(3);
  value->mutable_t()->add_dims(2);
  for (const int element : {1, -2, 4, 8, 9, 9}) {
    value->mutable_t()->add_int32_data(element);
  }
  model.Int64s("begin", {1}, {0}).Int64s("end", {1}, {2}).Int64s("axes", {1}, {0});
  model.Node("Slice", {"raw", "begin", "end", "axes"}, "part");
  model.Node("Cast", {"part"}, "floats").Int("to", onnx::TensorProto::FLOAT);
  model.Node("Concat", {"floats", "floats"}, "both").Int("axis", 1);
  model.Floats("gain", {2, 1}, {0.5F, 1.0F});
  model.Node("Mul", {"both", "gain"}, "scaled");
  model.Node("Transpose", {"scaled"}, "turned");
  model.Node("Transpose", {"turned"}, "back").Ints("perm", {1, 0});
  model.Int64s("shape", {4}, {2, 1, 2, -1});
  model.Node("Reshape", {"back", "shape"}, "w");
  model.Node("Conv", {"x", "w"}, "conv");
  model.Pair("conv", "output", 3.5F, 0, kInt8);
  const Network network = ExpectMatchesFloat(&model);
  EXPECT_THAT(network.layers[0].codes, ElementsAre(0, 3, 0, 3, 0, 1, 0, 1));
  EXPECT_EQ(network.layers[0].scale[0].shift, network.layers[0].scale[1].shift + 3);
}

TEST(ImportWeights, DenseShiftFunction) {
  // Codes 0b101, 0b010, 0b111, 0b000: weights -2, +4, -8, +1, the example of docs/networks.md.
  OnnxBuilder model = ImageModel(1);
  model.Bytes("codes", {2}, {0xD5, 0x01});
  model.Node("DenseShiftWeight", {"codes"}, "w")
      .Domain("org.denseshift")
      .Int("bits", 3)
      .Ints("shape", {1, 1, 2, 2});
  model.Node("Conv", {"x", "w"}, "conv");
  model.Pair("conv", "output", 13.0F, 0, kInt8);
  const Network network = ImportOnnx(model.Save());
  EXPECT_EQ(network.layers[0].code_bits, 3);
  EXPECT_THAT(network.layers[0].codes, ElementsAre(5, 2, 7, 0));
}

TEST(ImportGemm, FlattenedImageKeepsItsLayoutOnTheDevice) {
  OnnxBuilder model = ImageModel(3);
  model.Floats("w", {5, 90}, RandomWeights(450, 3, 5)).Floats("b", {5}, {6, 5, 4, 3, -60});
  model.Node("Flatten", {"x"}, "flat");
  model.Node("Gemm", {"flat", "w", "b"}, "gemm").Int("transB", 1);
  model.Pair("gemm", "output", 97.0F, 0, kInt8);
  const Network network = ExpectMatchesFloat(&model);
  ASSERT_EQ(network.layers.size(), 1U);
  EXPECT_EQ(network.layers[0].window.kernel_h, 6);
  EXPECT_EQ(network.layers[0].window.kernel_w, 5);
  EXPECT_EQ(network.layers[0].Macs(network.tensors), 450U);
  EXPECT_EQ(network.tensors[1].onnx_rank, 2);
  EXPECT_EQ(network.tensors[1].channels, 5);
}

TEST(ImportGemm, EveryWayToFlatten) {
  for (const std::string way : {"Reshape", "ReshapeZero", "Shape", "Conv"}) {
    OnnxBuilder model = ImageModel(3);
    model.Floats("w", {5, 90}, RandomWeights(450, 3, 5));
    if (way == "Reshape" || way == "ReshapeZero") {
      model.Int64s("shape", {2}, {way == "Reshape" ? -1 : 0, 90});
      model.Node("Reshape", {"x", "shape"}, "flat");
    } else {
      // torch: x.view(x.shape[0], -1)
      model.Int64s("zero", {}, {0}).Int64s("axis", {1}, {0}).Int64s("rest", {1}, {-1});
      model.Node("Shape", {"x"}, "dims");
      model.Node("Gather", {"dims", "zero"}, "batch");
      model.Node("Unsqueeze", {"batch", "axis"}, "batch1");
      model.Node("Concat", {"batch1", "rest"}, "shape").Int("axis", 0);
      model.Node("Reshape", {"x", "shape"}, "flat");
    }
    if (way == "Conv") {
      model.Int64s("image", {4}, {0, 90, 1, 1}).Int64s("kernel", {4}, {5, 90, 1, 1});
      model.Node("Reshape", {"flat", "image"}, "columns");
      model.Node("Reshape", {"w", "kernel"}, "kernels");
      model.Node("Conv", {"columns", "kernels"}, "product");
    } else {
      model.Node("Gemm", {"flat", "w"}, "product").Int("transB", 1);
    }
    model.Pair("product", "output", 97.0F, 0, kInt8);
    EXPECT_EQ(ExpectMatchesFloat(&model).layers.size(), 1U) << way;
  }
}

TEST(ImportGemm, AlphaBetaAndPlainB) {
  OnnxBuilder model;
  model.Input({-1, 6}).Pair("input", "x", 1.0F, -7, kInt8);
  model.Floats("w", {6, 2}, {1, 2, 4, 8, -1, -2, -4, -8, 2, 2, 1, 4}).Floats("b", {1, 2}, {3, -9});
  model.Node("Gemm", {"x", "w", "b"}, "gemm").Float("alpha", -0.5F).Float("beta", 2.0F);
  model.Pair("gemm", "output", 3.5F, 0, kInt8);
  const Network network = ExpectMatchesFloat(&model);
  EXPECT_EQ(network.tensors[0].onnx_rank, 2);
  EXPECT_THAT(network.layers[0].bias, ElementsAre(12, -18));
}

TEST(ImportGemm, MatMulWithBatchNormalization) {
  OnnxBuilder model;
  model.Input({-1, 6}).Pair("input", "x", 1.0F, 0);
  model.Floats("w", {2, 6}, {1, 2, 4, 8, -1, -2, -4, -8, 2, 2, 1, 4});
  model.Node("Transpose", {"w"}, "wt");
  model.Node("MatMul", {"x", "wt"}, "mm");
  model.Floats("gamma", {2}, {2, 1}).Floats("beta", {2}, {0, 8});
  model.Floats("mean", {2}, {3, 4}).Floats("var", {2}, {1, 4});
  model.Node("BatchNormalization", {"mm", "gamma", "beta", "mean", "var"}, "bn")
      .Float("epsilon", 0.0F);
  model.Pair("bn", "output", 6.5F, 0, kInt8);
  EXPECT_THAT(ExpectMatchesFloat(&model).layers[0].bias, ElementsAre(-3, 12));
}

TEST(ImportPool, MaxPoolKeepsScaleAndFeedsTheNextLayer) {
  OnnxBuilder model = ImageModel(2);
  model.Node("MaxPool", {"x"}, "pool").Ints("kernel_shape", {2, 2}).Ints("strides", {2, 2});
  model.Floats("w", {3, 2, 1, 1}, {1, 2, -1, 4, 2, 8});
  model.Node("Conv", {"pool", "w"}, "conv");
  model.Pair("conv", "output", 13.0F, 0, kInt8);
  const Network network = ExpectMatchesFloat(&model);
  ASSERT_EQ(network.layers.size(), 2U);
  const Tensor& pooled = network.tensors[static_cast<std::size_t>(network.layers[0].output)];
  EXPECT_EQ(pooled.scale, 1.0);
  EXPECT_EQ(pooled.zero_point, 3);
  EXPECT_EQ(network.layers[0].pool_scale.at(1).multiplier, 32768);
  EXPECT_EQ(network.layers[0].pool_scale.at(1).shift, 15);
}

TEST(ImportPool, MaxPoolPadsDilationsAndCeilMode) {
  OnnxBuilder model = ImageModel(2);
  model.Node("MaxPool", {"x"}, "pool")
      .Ints("kernel_shape", {3, 2})
      .Ints("strides", {2, 3})
      .Ints("dilations", {1, 2})
      .Ints("pads", {1, 0, 0, 1})
      .Int("ceil_mode", 1);
  model.Pair("pool", "output", 3.0F, 0, kInt8);
  const Network network = ExpectMatchesFloat(&model);
  ASSERT_EQ(network.layers.size(), 1U);
  EXPECT_EQ(network.tensors[1].height, 3);
  EXPECT_EQ(network.tensors[1].width, 2);
}

TEST(ImportPool, CeilModeDropsAWindowThatStartsInThePadding) {
  OnnxBuilder model;
  model.Input({1, 1, 4, 4}).Pair("input", "x", 1.0F, 0, kInt8);
  model.Node("MaxPool", {"x"}, "pool")
      .Ints("kernel_shape", {1, 1})
      .Ints("strides", {3, 2})
      .Ints("pads", {0, 0, 0, 0})
      .Int("ceil_mode", 1);
  model.Pair("pool", "output", 3.0F, 0, kInt8);
  const Network network = ExpectMatchesFloat(&model);
  EXPECT_EQ(network.tensors[1].height, 2);
  EXPECT_EQ(network.tensors[1].width, 2);
}

TEST(ImportPool, AveragePoolCountsTheTapsInsideTheImage) {
  OnnxBuilder model = ImageModel(2);
  model.Node("AveragePool", {"x"}, "pool").Ints("kernel_shape", {3, 3}).Ints("pads", {1, 1, 1, 1});
  model.Pair("pool", "output", 1.0F / 12.0F, 4, kInt8);
  const Network network = ExpectMatchesFloat(&model, 10);
  std::vector<int> counts;
  for (const auto& [count, scale] : network.layers[0].pool_scale) {
    counts.push_back(count);
  }
  EXPECT_THAT(counts, ElementsAre(4, 6, 9));
}

TEST(ImportPool, AveragePoolThatCountsPadding) {
  OnnxBuilder model = ImageModel(2);
  model.Node("AveragePool", {"x"}, "pool")
      .Ints("kernel_shape", {2, 3})
      .Ints("pads", {0, 1, 1, 0})
      .Ints("strides", {2, 2})
      .Int("count_include_pad", 1);
  model.Pair("pool", "output", 0.5F, -4, kInt8);
  const Network network = ExpectMatchesFloat(&model, 60);
  EXPECT_TRUE(network.layers[0].count_include_pad);
  ASSERT_EQ(network.layers[0].pool_scale.size(), 1U);
  EXPECT_EQ(network.layers[0].pool_scale.count(6), 1U);
}

TEST(ImportPool, GlobalAverages) {
  for (const std::string type : {"GlobalAveragePool", "ReduceMean"}) {
    OnnxBuilder model = ImageModel(7);
    NodeBuilder node = model.Node(type, {"x"}, "pool");
    if (type == "ReduceMean") {
      node.Ints("axes", {-2, -1}).Int("keepdims", 0);
    }
    model.Pair("pool", "output", 0.1F, 0, kInt8);
    const Network network = ExpectMatchesFloat(&model, 50);
    EXPECT_EQ(network.layers[0].op, Operator::kAveragePool);
    EXPECT_EQ(network.layers[0].onnx_type, type);
    EXPECT_EQ(network.layers[0].pool_scale.count(30), 1U);
    EXPECT_EQ(network.tensors[1].onnx_rank, type == "ReduceMean" ? 2 : 4);
  }
}

TEST(ImportAdd, ResidualBlockWithDifferentScales) {
  OnnxBuilder model = ImageModel(3);
  model.Floats("w", {3, 3, 1, 1}, RandomWeights(9, 3, 7));
  model.Node("Conv", {"x", "w"}, "conv");
  model.Pair("conv", "main", 13.0F, -9, kInt8);
  model.Node("Add", {"main", "x"}, "sum");
  model.Node("Relu", {"sum"}, "relu");
  model.Pair("relu", "output", 9.0F);
  const Network network = ExpectMatchesFloat(&model);
  ASSERT_EQ(network.layers.size(), 2U);
  const Layer& add = network.layers[1];
  EXPECT_EQ(add.op, Operator::kAdd);
  EXPECT_THAT(add.inputs, ElementsAre(1, 0));
  EXPECT_EQ(add.add_scale[0].shift, add.add_scale[1].shift);
  EXPECT_GE(add.add_scale[0].multiplier, 32768);
  EXPECT_LT(add.add_scale[1].multiplier, 32768);
}

TEST(ImportAdd, ATensorWithItself) {
  OnnxBuilder model = ImageModel(1);
  model.Node("Add", {"x", "x"}, "sum");
  model.Pair("sum", "output", 3.0F, 0, kInt8);
  EXPECT_THAT(ExpectMatchesFloat(&model).layers[0].inputs, ElementsAre(0, 0));
}

TEST(ImportLayout, IdentityDropoutSqueezeAndUnsqueeze) {
  OnnxBuilder model = ImageModel(3);
  model.Node("GlobalAveragePool", {"x"}, "pool");
  model.Pair("pool", "p", 0.1F, 0, kInt8);
  model.Node("Identity", {"p"}, "t1");
  model.Node("Dropout", {"t1"}, "t2");
  model.Int64s("axes", {2}, {2, 3});
  model.Node("Squeeze", {"t2", "axes"}, "t3");
  model.Node("Unsqueeze", {"t3", "axes"}, "t4");
  model.Int64s("last", {1}, {-1});
  model.Node("Squeeze", {"t4", "last"}, "t5");
  model.Node("Squeeze", {"t5", "last"}, "t6");
  model.Floats("w", {2, 3}, {1, 2, 4, -1, 1, 1});
  model.Node("Gemm", {"t6", "w"}, "gemm").Int("transB", 1);
  model.Pair("gemm", "output", 0.3F, 0, kInt8);
  EXPECT_EQ(ExpectMatchesFloat(&model, 50).layers.size(), 2U);
}

TEST(ImportSoftmax, FinalOneIsDroppedWithANote) {
  OnnxBuilder model;
  model.Input({-1, 2}).Pair("input", "x", 1.0F, 0);
  model.Floats("w", {2, 2}, {1, 2, 4, 8});
  model.Node("Gemm", {"x", "w"}, "gemm");
  model.Pair("gemm", "logits", 13.0F, 0, kInt8);
  model.Node("Softmax", {"logits"}, "output");
  const Network network = ImportOnnx(model.Save());
  ASSERT_EQ(network.notes.size(), 1U);
  EXPECT_THAT(network.notes[0], HasSubstr("'output' (Softmax) is left out"));
  EXPECT_EQ(network.tensors.back().name, "logits");
}

TEST(ImportUnused, NodesThatDoNotReachTheOutputAreIgnored) {
  OnnxBuilder model = ConvModel();
  model.Node("Erf", {"conv"}, "unused");
  model.Pair("conv", "output", 25.0F, 0, kInt8);
  EXPECT_EQ(ImportOnnx(model.Save()).layers.size(), 1U);
}

// A convolution of one channel into three: 1x1 weight 2, dead, 1x1 weight -1, with a bias each.
OnnxBuilder DeadChannelModel(float dead_weight, float dead_bias) {
  OnnxBuilder model = ImageModel(1);
  model.Floats("w", {3, 1, 1, 1}, {2, dead_weight, -1}).Floats("b", {3}, {0, dead_bias, 3});
  model.Node("Conv", {"x", "w", "b"}, "conv");
  model.Pair("conv", "output", 3.0F, 5, kInt8);
  return model;
}

TEST(ImportDeadChannel, WithoutBiasHasMultiplierZero) {
  OnnxBuilder model = DeadChannelModel(0.0F, 1.0F);  // a third of a step: rounds to zero
  const Network network = ExpectMatchesFloat(&model);
  EXPECT_EQ(network.layers[0].scale[1].multiplier, 0);
  EXPECT_EQ(network.layers[0].codes[1], 0);
  EXPECT_EQ(network.layers[0].bias[1], 0);
}

TEST(ImportDeadChannel, ConstantOutputsAreExact) {
  for (const float bias : {3.0F, -3.0F, 100.0F, 1e6F, -1e6F, 364.0F}) {
    for (const float weight : {0.0F, 1e-20F}) {
      OnnxBuilder model = DeadChannelModel(weight, bias);
      const Network network = ExpectMatchesFloat(&model);
      EXPECT_NE(network.layers[0].scale[1].multiplier, 0) << bias;
    }
  }
}

TEST(ImportDeadChannel, ManyInputsAtTheirExtremes) {
  constexpr std::size_t kInputs = 4000;
  OnnxBuilder model;
  model.Input({-1, kInputs}).Pair("input", "x", 1.0F, -128, kInt8);
  std::vector<float> weights(2 * kInputs, 0.0F);
  std::fill(weights.begin() + kInputs, weights.end(), 1.0F);
  model.Floats("w", {2, kInputs}, weights).Floats("b", {2}, {381, 0});
  model.Node("Gemm", {"x", "w", "b"}, "gemm").Int("transB", 1);
  model.Pair("gemm", "output", 3.0F, -20, kInt8);
  const Network network = ImportOnnx(model.Save());
  for (const int value : {-128, 127}) {
    const std::vector<int> input(kInputs, value);
    EXPECT_EQ(RunReference(network, input).back()[0], 127 - 20) << value;
  }
}

}  // namespace
}  // namespace denseshift::driver
