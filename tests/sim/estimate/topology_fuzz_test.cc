// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0
//
// Damaged topology files: each must be read or refused with a message, never crash.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <random>
#include <stdexcept>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "sim/estimate/topology/topology.h"
#include "tests/sim/estimate/topology_file.h"

namespace denseshift::sim {
namespace {

constexpr int kFiles = 4000;

const std::vector<std::string>& Seeds() {
  static const std::vector<std::string> kSeeds = {
      kConvHeader +
          "Conv1, 224, 224, 11, 11, 3, 96, 4,\nDP2,27,27,5,5,6,1,1,1:1,\nFC,1,1,1,1,9,9,1,\n",
      "\xEF\xBB\xBFLayer,IFMAP Height,IFMAP Width,Filter Height,Filter Width,Channels,Num Filter,"
      "Stride,,Pad Top,Pad Left,Pad Bottom,Pad Right,Stride W,Dilation H,Dilation W,Groups,Batch,"
      "Bits\r\n\"a, b\",20,21,3,3,8,8,2,1:1,1,1,1,1,1,2,2,4,3,2\r\n",
      "Layer Name, M, N, K,\nQKT,1024,1024,64,\n\"two\",5,6,7,1:1,\n"};
  return kSeeds;
}

const std::vector<std::string>& Tokens() {
  static const std::vector<std::string> kTokens = {",",
                                                   ",,",
                                                   "\n",
                                                   "\r",
                                                   "\r\n",
                                                   "\"",
                                                   "\"\"",
                                                   "0",
                                                   "-1",
                                                   "1",
                                                   "2147483647",
                                                   "2147483648",
                                                   "9223372036854775808",
                                                   "1e9",
                                                   ".",
                                                   ":",
                                                   "1:1",
                                                   "2:4",
                                                   "#",
                                                   "DP",
                                                   " ",
                                                   "\t",
                                                   "M",
                                                   "K",
                                                   "Groups",
                                                   "Strides",
                                                   "\xEF\xBB\xBF",
                                                   "\xC2\xA0",
                                                   "\xFF",
                                                   "\x80",
                                                   std::string(1, '\0')};
  return kTokens;
}

std::size_t Below(std::mt19937& random, std::size_t limit) {
  return random() % std::max<std::size_t>(limit, 1);
}

// Inserts, removes, repeats or overwrites a few pieces.
std::string Damaged(std::string text, std::mt19937& random) {
  // Most of them below the header, which few survive.
  const std::size_t rows = text.find('\n');
  for (std::size_t edits = 1 + Below(random, 2); edits > 0; --edits) {
    const std::size_t first = Below(random, 5) == 0 ? 0 : std::min(rows, text.size());
    const std::size_t at = first + Below(random, text.size() - first + 1);
    const std::string& token = Tokens()[Below(random, Tokens().size())];
    const std::size_t length = std::min(Below(random, 4), text.size() - at);
    switch (Below(random, 5)) {
      case 0:
        text.insert(at, token);
        break;
      case 1:
        text.erase(at, length);
        break;
      case 2:
        text.insert(first + Below(random, text.size() - first + 1), text.substr(at, length));
        break;
      case 3:
        text.replace(at, length, token);
        break;
      default:
        text.resize(at);
    }
  }
  return text;
}

void CheckLayer(const TopologyLayer& layer) {
  const driver::Network network = MakeNetwork(layer);
  const driver::Layer& conv = network.layers.front();
  EXPECT_FALSE(layer.name.empty());
  EXPECT_EQ(layer.Macs(),
            conv.Macs(network.tensors) * static_cast<std::uint64_t>(layer.groups) *
                static_cast<std::uint64_t>(layer.batch));
  EXPECT_GT(layer.Macs(), 0U);
  const driver::Window& w = layer.window;
  const std::int64_t bottom =
      std::int64_t{layer.out_h - 1} * w.stride_h + std::int64_t{w.kernel_h - 1} * w.dilation_h + 1;
  EXPECT_LE(bottom, std::int64_t{layer.in_h} + w.pad_top + w.pad_bottom);
  const std::int64_t right =
      std::int64_t{layer.out_w - 1} * w.stride_w + std::int64_t{w.kernel_w - 1} * w.dilation_w + 1;
  EXPECT_LE(right, std::int64_t{layer.in_w} + w.pad_left + w.pad_right);
}

TEST(TopologyFuzz, DamagedFilesAreReadOrRefused) {
  const auto seed = static_cast<unsigned>(testing::UnitTest::GetInstance()->random_seed());
  std::mt19937 random(seed);
  const TemporaryFolder folder;
  const std::filesystem::path file = folder.path() / "net.csv";
  int read = 0;
  for (int i = 0; i < kFiles; ++i) {
    const std::string& whole = Seeds()[Below(random, Seeds().size())];
    const std::string text = Damaged(whole, random);
    std::filesystem::remove(file);  // a new file is written faster than one is cut short
    (void)folder.Write("net.csv", text);
    const TopologyKind kind =
        whole == Seeds().back() ? TopologyKind::kGemm : TopologyKind::kConvolution;
    try {
      const std::vector<TopologyLayer> layers = ReadTopology(file, kind, 3);
      EXPECT_FALSE(layers.empty());
      std::for_each(layers.begin(), layers.end(), CheckLayer);
      ++read;
    } catch (const std::runtime_error& error) {
      const std::string message = error.what();
      EXPECT_EQ(message.rfind(file.string() + ":", 0), 0U) << message;
      EXPECT_GT(message.size(), file.string().size() + 20) << message;
    }
    ASSERT_FALSE(testing::Test::HasFailure()) << "seed " << seed << ", file " << i << "\n" << text;
  }
  EXPECT_GT(read, kFiles / 10);
  EXPECT_LT(read, kFiles * 9 / 10);
}

}  // namespace
}  // namespace denseshift::sim
