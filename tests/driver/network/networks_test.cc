// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0
//
// The shipped networks, docs/networks.md.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>

#include <gtest/gtest.h>

#include "driver/network/import.h"

namespace denseshift::driver {
namespace {

struct Shipped {
  const char* file;
  int bits;
  std::size_t layers;
  std::size_t weights;
  std::uint64_t macs;
};

void PrintTo(const Shipped& shipped, std::ostream* out) {
  *out << shipped.file;
}

class ShippedNetwork : public testing::TestWithParam<Shipped> {};

TEST_P(ShippedNetwork, ImportsAsDocumented) {
  const Shipped& expected = GetParam();
  const Network network =
      ImportOnnx(std::filesystem::path(DS_TEST_DATA) / "networks" / expected.file);
  EXPECT_EQ(network.layers.size(), expected.layers);
  EXPECT_TRUE(network.notes.empty());
  std::size_t weights = 0;
  std::uint64_t macs = 0;
  int bits = 0;
  for (const Layer& layer : network.layers) {
    weights += layer.codes.size();
    macs += layer.Macs(network.tensors);
    bits = std::max(bits, layer.code_bits);
  }
  EXPECT_EQ(weights, expected.weights);
  EXPECT_EQ(macs, expected.macs);
  EXPECT_EQ(bits, expected.bits);
  const Tensor& in = network.tensors.at(static_cast<std::size_t>(network.input));
  EXPECT_EQ(in.name, "input");
  EXPECT_EQ(in.Elements(), 28U * 28U);
  EXPECT_EQ(in.scale, double{1.0F / 255.0F});
  EXPECT_EQ(in.zero_point, -128);
  const Tensor& out = network.tensors.at(static_cast<std::size_t>(network.output));
  EXPECT_EQ(out.name, "logits");
  EXPECT_EQ(out.channels, 10);
  EXPECT_EQ(out.onnx_rank, 2);
  EXPECT_FALSE(out.is_unsigned);
}

INSTANTIATE_TEST_SUITE_P(Files,
                         ShippedNetwork,
                         testing::Values(Shipped{"fashion_cnn_2bit.onnx", 2, 7, 224528, 2120576},
                                         Shipped{"fashion_cnn_3bit.onnx", 3, 7, 224528, 2120576},
                                         Shipped{"fashion_cnn_4bit.onnx", 4, 7, 224528, 2120576},
                                         Shipped{
                                             "fashion_resnet_3bit.onnx", 3, 14, 146192, 9345920}));

}  // namespace
}  // namespace denseshift::driver
