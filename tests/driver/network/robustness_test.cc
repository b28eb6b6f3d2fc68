// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0
//
// Damaged and foreign files: each must import or be refused with a message, never crash.

#include <cstddef>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <stdexcept>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "driver/network/import.h"
#include "tests/driver/network/float_check.h"
#include "tests/driver/network/onnx_builder.h"

namespace denseshift::driver {
namespace {

namespace fs = std::filesystem;

// True if the file imports; false if it is refused with a message that names it.
bool ImportsOrIsRefused(const fs::path& path, ImportWeights weights = ImportWeights::kExact) {
  ImportOptions options;
  options.weights = weights;
  try {
    (void)ImportOnnx(path, options);
    return true;
  } catch (const std::runtime_error& error) {
    const std::string text = error.what();
    EXPECT_EQ(text.rfind(path.string() + ": ", 0), 0U) << text;
    EXPECT_GT(text.size(), path.string().size() + 10) << text;
    return false;
  }
}

// A small model that has every kind of part: both weight forms, attributes, a branch.
std::string SmallModel() {
  OnnxBuilder model;
  model.Input({-1, 1, 4, 4}).Pair("input", "x", 1.0F, 3, onnx::TensorProto::INT8);
  model.Bytes("codes", {2}, {0xD5, 0x01});
  model.Node("DenseShiftWeight", {"codes"}, "w")
      .Domain("org.denseshift")
      .Int("bits", 3)
      .Ints("shape", {1, 1, 2, 2});
  model.Node("Conv", {"x", "w"}, "conv").String("auto_pad", "SAME_UPPER");
  model.Pair("conv", "c", 13.0F, 0, onnx::TensorProto::INT8);
  model.Node("Add", {"c", "x"}, "sum");
  model.Node("Relu", {"sum"}, "relu");
  model.Pair("relu", "r", 5.0F);
  model.Node("AveragePool", {"r"}, "pool").Ints("kernel_shape", {2, 2}).Ints("pads", {1, 1, 0, 0});
  model.Pair("pool", "p", 5.0F);
  model.Node("Flatten", {"p"}, "flat");
  model.Floats("v", {16, 2}, RandomWeights(32, 2, 1)).Floats("b", {2}, {1, 2});
  model.Node("Gemm", {"flat", "v", "b"}, "gemm");
  model.Pair("gemm", "output", 9.0F, 0, onnx::TensorProto::INT8);
  return model.Model().SerializeAsString();
}

TEST(Robustness, SmallModelImports) {
  const fs::path path = TemporaryFile(".onnx");
  WriteFile(path, SmallModel());
  EXPECT_EQ(ImportOnnx(path).layers.size(), 4U);
}

TEST(Robustness, TruncatedAtEveryLength) {
  const std::string whole = SmallModel();
  const fs::path path = TemporaryFile(".onnx");
  for (std::size_t length = 0; length < whole.size(); ++length) {
    WriteFile(path, whole.substr(0, length));
    // The last field is the opset import: without it, or with half of it, nothing is complete.
    EXPECT_FALSE(ImportsOrIsRefused(path)) << "length " << length;
  }
}

TEST(Robustness, EveryByteFlipped) {
  const std::string whole = SmallModel();
  const fs::path path = TemporaryFile(".onnx");
  int refused = 0;
  for (std::size_t at = 0; at < whole.size(); ++at) {
    for (const int mask : {0x01, 0x08, 0x80, 0xFF}) {
      std::string damaged = whole;
      damaged[at] = static_cast<char>(damaged[at] ^ mask);
      WriteFile(path, damaged);
      refused += ImportsOrIsRefused(path) ? 0 : 1;
    }
  }
  EXPECT_GT(refused, static_cast<int>(whole.size()));
}

TEST(Robustness, RandomDamage) {
  const std::string whole = SmallModel();
  const fs::path path = TemporaryFile(".onnx");
  std::mt19937 rng(1);
  for (int trial = 0; trial < 3000; ++trial) {
    std::string damaged = whole;
    for (int i = 0; i < 1 + trial % 8; ++i) {
      damaged[rng() % damaged.size()] = static_cast<char>(rng() & 0xFFU);
    }
    WriteFile(path, damaged);
    (void)ImportsOrIsRefused(path);
    (void)ImportsOrIsRefused(path, ImportWeights::kShapesOnly);
  }
}

// All models of Debian's libonnx-testdata: about 1,000 operators that are mostly not supported.
TEST(Robustness, EveryModelOfTheOnnxTestData) {
  int models = 0;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(DS_ONNX_TEST_DATA)) {
    if (entry.path().extension() == ".onnx") {
      (void)ImportsOrIsRefused(entry.path());
      (void)ImportsOrIsRefused(entry.path(), ImportWeights::kShapesOnly);
      ++models;
    }
  }
  EXPECT_GT(models, 900);
}

}  // namespace
}  // namespace denseshift::driver
