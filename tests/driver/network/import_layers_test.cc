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
using testing::HasSubstr;

constexpr int kInt8 = onnx::TensorProto::INT8;

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

}  // namespace
}  // namespace denseshift::driver
