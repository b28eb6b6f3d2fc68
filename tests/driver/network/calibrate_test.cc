// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "driver/network/frontend/calibrate.h"

#include <cmath>
#include <cstddef>
#include <random>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "driver/network/frontend/onnx_reader.h"
#include "driver/network/import.h"
#include "tests/driver/network/float_check.h"
#include "tests/driver/network/onnx_builder.h"
#include "tests/driver/network/reference.h"

namespace denseshift::driver {
namespace {

using frontend::Calibration;
using frontend::Quantization;

// input [N, 4] -> Relu -> output.
OnnxBuilder ReluModel() {
  OnnxBuilder model;
  model.Input({-1, 4});
  model.Node("Relu", {"input"}, "output");
  return model;
}

Calibration CalibrateRelu(const ImportOptions& options) {
  OnnxBuilder model = ReluModel();
  return frontend::Calibrate(frontend::ReadOnnx(model.Save()), options);
}

TEST(Calibrate, WithoutSamplesThereIsNothing) {
  EXPECT_TRUE(CalibrateRelu({}).empty());
}

TEST(Calibrate, AsymmetricRangeSpansTheWholeOfInt8) {
  ImportOptions options;
  options.calibration = {{-1.0F, 0.0F, 2.0F, 1.0F}, {0.0F, 4.1F, -0.5F, 0.0F}};
  Calibration calibration = CalibrateRelu(options);
  EXPECT_EQ(calibration["input"].scale, double{static_cast<float>((double{4.1F} + 1.0) / 255.0)});
  EXPECT_EQ(calibration["input"].zero_point, -128 + 50);
  EXPECT_FALSE(calibration["input"].is_unsigned);
  EXPECT_EQ(calibration["output"].scale, double{static_cast<float>(double{4.1F} / 255.0)});
  EXPECT_EQ(calibration["output"].zero_point, -128);
}

TEST(Calibrate, RangeAlwaysHoldsZero) {
  ImportOptions options;
  options.calibration = {{51.0F, 30.0F, 25.5F, 40.0F}};
  EXPECT_EQ(CalibrateRelu(options)["input"].zero_point, -128);
  EXPECT_NEAR(CalibrateRelu(options)["input"].scale, 0.2, 1e-7);
  options.calibration = {{-51.0F, -30.0F, -25.5F, -40.0F}};
  EXPECT_EQ(CalibrateRelu(options)["input"].zero_point, 127);
}

TEST(Calibrate, SymmetricTakesTheLargerBound) {
  ImportOptions options;
  options.calibration_symmetric = true;
  options.calibration = {{-254.0F, 0.0F, 2.0F, 127.0F}};
  Calibration calibration = CalibrateRelu(options);
  EXPECT_EQ(calibration["input"].scale, 2.0);
  EXPECT_EQ(calibration["input"].zero_point, 0);
  EXPECT_EQ(calibration["output"].scale, 1.0);
}

TEST(Calibrate, ZerosGetScaleOne) {
  ImportOptions options;
  options.calibration = {{0.0F, 0.0F, 0.0F, 0.0F}};
  EXPECT_EQ(CalibrateRelu(options)["input"].scale, 1.0);
}

TEST(Calibrate, PercentileCutsOutliers) {
  // 0 .. 999 evenly, and one outlier at 1e6 and at -1e6 in 4000 values.
  std::vector<float> sample(4000);
  for (std::size_t i = 0; i < sample.size(); ++i) {
    sample[i] = static_cast<float>(i) / 4.0F;
  }
  sample[17] = 5000.0F;
  sample[18] = -5000.0F;
  ImportOptions options;
  options.calibration = {sample};
  EXPECT_NEAR(CalibrateRelu(options)["input"].scale, 10000.0 / 255.0, 1e-4);
  options.calibration_percentile = 99.9;  // 4 values on each side
  const Quantization cut = CalibrateRelu(options)["input"];
  EXPECT_NEAR(cut.scale, 999.0 / 255.0, 0.02);
  EXPECT_EQ(cut.zero_point, -128);
}

TEST(Calibrate, PercentileCutsAsManyValuesAsItSays) {
  ImportOptions options;
  options.calibration_percentile = 75.0;  // one value of four on each side
  options.calibration = {{0.0F, 1.0F, 2.0F, 100.0F}};
  EXPECT_NEAR(CalibrateRelu(options)["input"].scale * 255.0, 2.0, 0.02);
  options.calibration = {{0.0F, -1.0F, -2.0F, -100.0F}};
  EXPECT_NEAR(CalibrateRelu(options)["input"].scale * 255.0, 2.0, 0.02);
}

TEST(Calibrate, RefusesValuesThatAreNotFinite) {
  ImportOptions options;
  options.calibration = {{1.0F, 2.0F, std::nanf(""), 0.0F}};
  EXPECT_THROW((void)CalibrateRelu(options), std::invalid_argument);
}

// Conv BN Relu MaxPool Conv, Add, GlobalAveragePool, Flatten, Gemm, Softmax; no pair anywhere.
OnnxBuilder PlainModel() {
  OnnxBuilder model;
  model.Input({-1, 2, 8, 8});
  model.Floats("w1", {4, 2, 3, 3}, RandomWeights(72, 3, 1));
  model.Node("Conv", {"input", "w1"}, "conv1").Ints("pads", {1, 1, 1, 1});
  model.Floats("gamma", {4}, {0.5F, -0.25F, 1, 2}).Floats("beta", {4}, {0.1F, 0.2F, -0.3F, 0});
  model.Floats("mean", {4}, {1, -2, 0.5F, 0}).Floats("var", {4}, {2, 3, 4, 5});
  model.Node("BatchNormalization", {"conv1", "gamma", "beta", "mean", "var"}, "bn");
  model.Node("Relu", {"bn"}, "relu");
  model.Node("MaxPool", {"relu"}, "pool").Ints("kernel_shape", {2, 2}).Ints("strides", {2, 2});
  model.Floats("w2", {4, 4, 1, 1}, RandomWeights(16, 2, 2));
  model.Node("Conv", {"pool", "w2"}, "conv2");
  model.Node("Add", {"conv2", "pool"}, "sum");
  model.Node("Relu", {"sum"}, "relu2");
  model.Node("GlobalAveragePool", {"relu2"}, "mean2");
  model.Node("Flatten", {"mean2"}, "flat");
  model.Floats("w3", {4, 3}, RandomWeights(12, 3, 3)).Floats("b3", {3}, {0.5F, -1, 2});
  model.Node("Gemm", {"flat", "w3", "b3"}, "logits");
  model.Node("Softmax", {"logits"}, "output");
  return model;
}

std::vector<std::vector<float>> RandomImages(std::size_t count, std::size_t size) {
  std::mt19937 rng(5);
  std::normal_distribution<float> normal(0.0F, 1.0F);
  std::vector<std::vector<float>> images(count, std::vector<float>(size));
  for (std::vector<float>& image : images) {
    for (float& value : image) {
      value = normal(rng);
    }
  }
  return images;
}

TEST(ImportCalibrated, PlainModelGetsAScaleWhereOneIsNeeded) {
  OnnxBuilder model = PlainModel();
  ImportOptions options;
  options.calibration = RandomImages(20, 128);
  const Network network = ImportOnnx(model.Save(), options);
  std::vector<std::string> names;
  for (const Tensor& tensor : network.tensors) {
    names.push_back(tensor.name);
  }
  EXPECT_THAT(names,
              testing::ElementsAre("input", "relu", "pool", "conv2", "relu2", "flat", "logits"));
  EXPECT_EQ(network.tensors[1].scale, network.tensors[2].scale);  // the pool inherits it
  EXPECT_EQ(network.tensors[1].zero_point, -128);
}

TEST(ImportCalibrated, IntegersFollowTheFloatNetwork) {
  OnnxBuilder model = PlainModel();
  const std::filesystem::path path = model.Save();
  for (const bool symmetric : {false, true}) {
    ImportOptions options;
    options.calibration = RandomImages(50, 128);
    options.calibration_symmetric = symmetric;
    const Network network = ImportOnnx(path, options);
    const frontend::Graph graph = frontend::ReadOnnx(path);
    const Tensor& in = network.tensors.front();
    const Tensor& out = network.tensors.back();
    double error = 0.0;
    double signal = 0.0;
    for (const std::vector<float>& image : options.calibration) {
      frontend::Array real(frontend::ElementType::kFloat32, {1, 2, 8, 8});
      real.values.assign(image.begin(), image.end());
      std::vector<int> integers(image.size());
      for (std::size_t i = 0; i < image.size(); ++i) {  // [H, W, C] from [C, H, W]
        const double value = std::nearbyint(real.values[i % 2 * 64 + i / 2] / in.scale);
        integers[i] = std::min(127, std::max(-128, static_cast<int>(value) + in.zero_point));
      }
      const std::vector<int> actual = RunReference(network, integers).back();
      const auto compare = [&](const std::string& name, const frontend::Array& value) {
        for (std::size_t i = 0; name == "logits" && i < actual.size(); ++i) {
          error += std::pow((actual[i] - out.zero_point) * out.scale - value.values[i], 2);
          signal += std::pow(value.values[i], 2);
        }
      };
      // The graph without its Softmax, which the executor does not know.
      frontend::Graph logits = graph;
      logits.nodes.pop_back();
      frontend::Execute(logits, {{"input", real}}, compare);
    }
    // 8-bit activations through four layers: about 1 % noise; wrong scales give far more.
    EXPECT_LT(std::sqrt(error / signal), 0.04) << "symmetric " << symmetric;
    EXPECT_GT(signal, 0.0);
  }
}

TEST(ImportCalibrated, PairsOfTheGraphComeFirst) {
  OnnxBuilder model;
  model.Input({-1, 2}).Pair("input", "x", 0.5F, 1, onnx::TensorProto::INT8);
  model.Floats("w", {2, 2}, {1, 2, 4, 8});
  model.Node("Gemm", {"x", "w"}, "output");
  ImportOptions options;
  options.calibration = {{1.0F, 1.0F}};
  const Network network = ImportOnnx(model.Save(), options);
  EXPECT_EQ(network.tensors[0].scale, 0.5);
  EXPECT_EQ(network.tensors[0].zero_point, 1);
  EXPECT_NEAR(network.tensors[1].scale, 10.0 / 255.0, 1e-6);  // 1 * 2 + 1 * 8
}

}  // namespace
}  // namespace denseshift::driver
