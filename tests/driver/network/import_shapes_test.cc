// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0
//
// Import of networks whose weights are not looked at.

#include <filesystem>
#include <fmt/format.h>
#include <random>
#include <stdexcept>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "driver/network/import.h"
#include "tests/driver/network/error_case.h"
#include "tests/driver/network/float_check.h"
#include "tests/driver/network/image_model.h"
#include "tests/driver/network/onnx_builder.h"

namespace denseshift::driver {
namespace {

constexpr int kInt8 = onnx::TensorProto::INT8;

ImportOptions ShapesOnly(int code_bits = 3) {
  ImportOptions options;
  options.weights = ImportWeights::kShapesOnly;
  options.code_bits = code_bits;
  return options;
}

// All that does not come from weights or scales.
std::vector<std::string> StructureOf(const Network& network) {
  std::vector<std::string> lines = {
      fmt::format("{}: {} -> {}", network.name, network.input, network.output)};
  for (const Tensor& t : network.tensors) {
    lines.push_back(fmt::format(
        "tensor {} {}x{}x{} rank {}", t.name, t.height, t.width, t.channels, t.onnx_rank));
  }
  for (const Layer& layer : network.layers) {
    const Window& w = layer.window;
    std::string inputs;
    for (const int input : layer.inputs) {
      inputs += fmt::format(" {}", input);
    }
    lines.push_back(fmt::format("layer {} {} {}{} -> {}",
                                layer.name,
                                layer.onnx_type,
                                static_cast<int>(layer.op),
                                inputs,
                                layer.output));
    lines.push_back(fmt::format("kernel {}x{} stride {}x{} dilation {}x{} pads {} {} {} {}",
                                w.kernel_h,
                                w.kernel_w,
                                w.stride_h,
                                w.stride_w,
                                w.dilation_h,
                                w.dilation_w,
                                w.pad_top,
                                w.pad_left,
                                w.pad_bottom,
                                w.pad_right));
    std::string counts;
    for (const auto& [count, scale] : layer.pool_scale) {
      counts += fmt::format(" {}", count);
    }
    lines.push_back(fmt::format("pool counts{} pads {}", counts, layer.count_include_pad));
  }
  return lines;
}

void ExpectNoWeights(const Network& network, int code_bits) {
  for (const Layer& layer : network.layers) {
    EXPECT_TRUE(layer.codes.empty() && layer.bias.empty() && layer.scale.empty()) << layer.name;
    EXPECT_EQ(layer.code_bits, layer.op == Operator::kConv ? code_bits : 0) << layer.name;
  }
}

std::vector<float> NormalWeights(std::size_t count) {
  std::mt19937 rng(7);
  std::normal_distribution<float> normal(0.0F, 1.0F);
  std::vector<float> weights(count);
  for (float& weight : weights) {
    weight = normal(rng);
  }
  return weights;
}

// Conv BN Relu MaxPool, Conv dilated, Add, Relu, AveragePool, Flatten, Gemm, Softmax; no pair
// anywhere. The weights are DenseShift's or any.
OnnxBuilder PlainModel(bool denseshift) {
  const auto weights = [denseshift](std::size_t count) {
    return denseshift ? RandomWeights(count, 3, 1) : NormalWeights(count);
  };
  OnnxBuilder model;
  model.Input({-1, 2, 8, 9}).Floats("w1", {4, 2, 3, 3}, weights(72));
  model.Node("Conv", {"input", "w1"}, "conv1").Ints("pads", {1, 1, 0, 1}).Ints("strides", {1, 2});
  model.Floats("gamma", {4}, {0.5F, -0.25F, 1, 2}).Floats("beta", {4}, {0.1F, 0.2F, -0.3F, 0});
  model.Floats("mean", {4}, {1, -2, 0.5F, 0}).Floats("var", {4}, {2, 3, 4, 5});
  model.Node("BatchNormalization", {"conv1", "gamma", "beta", "mean", "var"}, "bn");
  model.Node("Relu", {"bn"}, "relu");
  model.Node("MaxPool", {"relu"}, "pool").Ints("kernel_shape", {2, 2});
  model.Floats("w2", {4, 4, 3, 3}, weights(144)).Floats("b2", {4}, {1, 2, 3, 4});
  model.Node("Conv", {"pool", "w2", "b2"}, "conv2")
      .Ints("pads", {2, 2, 2, 2})
      .Ints("dilations", {2, 2});
  model.Node("Add", {"conv2", "pool"}, "sum");
  model.Node("Relu", {"sum"}, "relu2");
  model.Node("AveragePool", {"relu2"}, "mean2")
      .Ints("kernel_shape", {2, 2})
      .Ints("pads", {1, 0, 0, 0});
  model.Node("Flatten", {"mean2"}, "flat");
  model.Floats("w3", {72, 3}, weights(216)).Floats("b3", {3}, {0.5F, -1, 2});
  model.Node("Gemm", {"flat", "w3", "b3"}, "logits");
  model.Node("Softmax", {"logits"}, "output");
  return model;
}

class ShippedShapes : public testing::TestWithParam<const char*> {};

TEST_P(ShippedShapes, AreThoseOfTheExactImport) {
  const std::filesystem::path file = std::filesystem::path(DS_TEST_DATA) / "networks" / GetParam();
  const Network exact = ImportOnnx(file);
  const Network shapes = ImportOnnx(file, ShapesOnly(2));
  EXPECT_EQ(StructureOf(shapes), StructureOf(exact));
  ExpectNoWeights(shapes, 2);
  ASSERT_EQ(shapes.tensors.size(), exact.tensors.size());
  for (std::size_t i = 0; i < exact.tensors.size(); ++i) {
    EXPECT_EQ(shapes.tensors[i].scale, exact.tensors[i].scale);
    EXPECT_EQ(shapes.tensors[i].zero_point, exact.tensors[i].zero_point);
  }
}

INSTANTIATE_TEST_SUITE_P(Files,
                         ShippedShapes,
                         testing::Values("fashion_cnn_2bit.onnx",
                                         "fashion_cnn_3bit.onnx",
                                         "fashion_cnn_4bit.onnx",
                                         "fashion_resnet_3bit.onnx"));

TEST(ImportShapes, FloatNetworkHasTheLayersOfTheCalibratedOne) {
  ImportOptions calibrated;
  calibrated.calibration = {NormalWeights(144)};
  const Network exact = ImportOnnx(PlainModel(true).Save(), calibrated);
  const Network shapes = ImportOnnx(PlainModel(false).Save(), ShapesOnly());
  EXPECT_EQ(StructureOf(shapes), StructureOf(exact));
  EXPECT_EQ(shapes.layers.size(), 6U);
  EXPECT_EQ(shapes.notes, exact.notes);
  ExpectNoWeights(shapes, 3);
  for (const Tensor& tensor : shapes.tensors) {
    EXPECT_EQ(tensor.scale, 1.0) << tensor.name;
    EXPECT_EQ(tensor.zero_point, 0) << tensor.name;
  }
}

TEST(ImportShapes, WeightsMayHaveAnyValues) {
  OnnxBuilder model = ConvModel();
  Finish(&model, "conv");
  const std::vector<std::string> structure = StructureOf(ImportOnnx(model.Save(), ShapesOnly()));
  TensorOf(&model, "w").set_float_data(0, 0.0F);
  TensorOf(&model, "w").set_float_data(1, 0.3F);
  EXPECT_NE(ErrorOf(&model).find("not DenseShift"), std::string::npos);
  EXPECT_EQ(StructureOf(ImportOnnx(model.Save(), ShapesOnly())), structure);
  TensorOf(&model, "w").clear_float_data();
  TensorOf(&model, "w").set_data_type(kInt8);
  TensorOf(&model, "w").set_raw_data(std::string(108, '\x85'));
  EXPECT_EQ(StructureOf(ImportOnnx(model.Save(), ShapesOnly())), structure);
}

TEST(ImportShapes, WeightsMayBeInAnotherFileOrMissing) {
  OnnxBuilder model = PlainModel(false);
  const std::vector<std::string> structure = StructureOf(ImportOnnx(model.Save(), ShapesOnly()));
  for (const char* name : {"w1", "gamma", "var", "w2", "b2", "w3"}) {
    const onnx::TensorProto whole = TensorOf(&model, name);
    TensorOf(&model, name).set_data_location(onnx::TensorProto::EXTERNAL);
    EXPECT_EQ(StructureOf(ImportOnnx(model.Save(), ShapesOnly())), structure) << name;
    TensorOf(&model, name) = whole;
    TensorOf(&model, name).clear_float_data();
    EXPECT_EQ(StructureOf(ImportOnnx(model.Save(), ShapesOnly())), structure) << name;
    TensorOf(&model, name).set_data_location(onnx::TensorProto::EXTERNAL);
    EXPECT_EQ(StructureOf(ImportOnnx(model.Save(), ShapesOnly())), structure) << name;
  }
  EXPECT_NE(ErrorOf(&model).find("in another file"), std::string::npos);
}

TEST(ImportShapes, QuantizedWeightsMayBeMissing) {
  OnnxBuilder model = ImageModel(1);
  model.Bytes("codes", {3, 1, 2, 2}, {}, kInt8).Bytes("z", {3}, {}, kInt8).Floats("s", {3}, {});
  model.Node("DequantizeLinear", {"codes", "s", "z"}, "w").Int("axis", 0);
  model.Node("Conv", {"x", "w"}, "conv");
  model.Bytes("packed", {2}, {});
  model.Node("DenseShiftWeight", {"packed"}, "v")
      .Domain("org.denseshift")
      .Int("bits", 3)
      .Ints("shape", {1, 3, 1, 1});
  model.Node("Conv", {"conv", "v"}, "output");
  const Network network = ImportOnnx(model.Save(), ShapesOnly());
  ASSERT_EQ(network.layers.size(), 2U);
  EXPECT_EQ(network.tensors[1].channels, 3);
  EXPECT_EQ(network.tensors[2].channels, 1);
}

TEST(ImportShapes, DataThatSayShapesMustBeThere) {
  OnnxBuilder model = ImageModel(1);
  model.Floats("w", {2, 30}, NormalWeights(60)).Int64s("shape", {2}, {-1, 30});
  model.Node("Reshape", {"x", "shape"}, "flat");
  model.Node("Gemm", {"flat", "w"}, "output").Int("transB", 1);
  EXPECT_EQ(ErrorOf(&model, ShapesOnly()), "no error");
  TensorOf(&model, "shape").set_data_location(onnx::TensorProto::EXTERNAL);
  EXPECT_NE(ErrorOf(&model, ShapesOnly()).find("'shape': its data are in another file"),
            std::string::npos);
  TensorOf(&model, "shape").clear_data_location();
  TensorOf(&model, "shape").clear_int64_data();
  EXPECT_NE(ErrorOf(&model, ShapesOnly()).find("'shape': 0 values for shape [2]"),
            std::string::npos);
}

TEST(ImportShapes, WhatTheArrayCannotRunIsStillRefused) {
  OnnxBuilder grouped = ImageModel(2);
  grouped.Floats("w", {4, 1, 1, 1}, NormalWeights(4));
  grouped.Node("Conv", {"x", "w"}, "output").Int("group", 2);
  EXPECT_NE(ErrorOf(&grouped, ShapesOnly()).find("group is 2"), std::string::npos);
  OnnxBuilder none = ImageModel(2);
  none.Floats("w", {0, 2, 1, 1}, {});
  none.Node("Conv", {"x", "w"}, "output");
  EXPECT_NE(ErrorOf(&none, ShapesOnly()).find("weights of shape [0, 2, 1, 1] are empty"),
            std::string::npos);
  OnnxBuilder part = ConvModel();
  Finish(&part, "conv");
  TensorOf(&part, "w").mutable_float_data()->RemoveLast();
  EXPECT_NE(ErrorOf(&part, ShapesOnly()).find("107 values for shape"), std::string::npos);
}

TEST(ImportShapes, OptionsAreChecked) {
  const std::filesystem::path file = PlainModel(false).Save();
  EXPECT_THROW((void)ImportOnnx(file, ShapesOnly(1)), std::invalid_argument);
  EXPECT_THROW((void)ImportOnnx(file, ShapesOnly(5)), std::invalid_argument);
  ImportOptions calibrated = ShapesOnly();
  calibrated.calibration = {NormalWeights(144)};
  EXPECT_THROW((void)ImportOnnx(file, calibrated), std::invalid_argument);
}

}  // namespace
}  // namespace denseshift::driver
