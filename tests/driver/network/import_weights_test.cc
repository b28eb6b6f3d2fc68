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
#include "tests/driver/network/reference.h"

namespace denseshift::driver {
namespace {

using testing::ElementsAre;

constexpr int kInt8 = onnx::TensorProto::INT8;

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

// A convolution of one channel into three: 1x1 weight 2, dead, 1x1 weight -1, with a bias each.
OnnxBuilder DeadChannelModel(float dead_weight, float dead_bias) {
  OnnxBuilder model = ImageModel(1);
  model.Floats("w", {3, 1, 1, 1}, {2, dead_weight, -1}).Floats("b", {3}, {0, dead_bias, 3});
  model.Node("Conv", {"x", "w", "b"}, "conv");
  model.Pair("conv", "output", 3.0F, 5, kInt8);
  return model;
}

TEST(ImportWeights, DenseShiftFunctionOfFourBits) {
  OnnxBuilder model = ImageModel(1);
  model.Bytes("codes", {2}, {0x81, 0x5E});  // 1, 8, 14, 5
  model.Node("DenseShiftWeight", {"codes"}, "w")
      .Domain("org.denseshift")
      .Int("bits", 4)
      .Ints("shape", {1, 1, 2, 2});
  model.Node("Conv", {"x", "w"}, "conv");
  model.Pair("conv", "output", 101.0F, 0, kInt8);
  const Network network = ExpectMatchesFloat(&model);
  EXPECT_THAT(network.layers[0].codes, ElementsAre(1, 8, 14, 5));
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
