// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "driver/compiler/weights.h"

#include <cstddef>
#include <stdexcept>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "driver/compiler/compile.h"
#include "tests/driver/random_network.h"

namespace denseshift::driver::testing {
namespace {

// Two channels of 1x1 kernels on `codes.size() / 2` channels.
Layer MakeLayer(int bits, std::vector<std::uint8_t> codes, std::vector<std::int32_t> bias) {
  Layer layer;
  layer.name = "conv";
  layer.code_bits = bits;
  layer.codes = std::move(codes);
  layer.bias = std::move(bias);
  layer.scale.resize(layer.bias.size());
  return layer;
}

TEST(Weights, SumsFollowTheCodes) {
  // 3 bits: +1 -2 +8 | -8 +4 -1
  const Layer layer = MakeLayer(3, {0, 5, 3, 7, 2, 4}, {0, 0});
  const std::vector<WeightSums> sums = SumWeights(layer);
  EXPECT_EQ(sums[0].sum, 7);
  EXPECT_EQ(sums[0].magnitude, 11);
  EXPECT_EQ(sums[0].negative_powers, 2);
  EXPECT_EQ(sums[1].sum, -5);
  EXPECT_EQ(sums[1].magnitude, 13);
  EXPECT_EQ(sums[1].negative_powers, 9);
}

TEST(Weights, FoldedBiasFollowsTheFormula) {
  const WeightSums sums{7, 11, 2};
  EXPECT_EQ(FoldBias(100, sums, 5, 32), 100 - 5 * 7 - 128 * 11 + 2);
  EXPECT_EQ(FoldBias(100, sums, -128, 32), 100 + 128 * 7 - 128 * 11 + 2);
  // 40000 does not fit 16 bits: reduced modulo 2^16 and sign extended.
  EXPECT_EQ(FoldBias(40000, {}, 0, 16), 40000 - 65536);
}

TEST(Weights, PackedCodesLieLaneByLaneLowestBitsFirst) {
  Capabilities device;
  device.lanes = 4;
  device.columns = 4;
  device.bus_bytes = 8;
  // 5 channels in, 3 out: two steps, the second with one lane; one column unused.
  Layer layer = MakeLayer(3, {}, {0, 0, 0});
  for (int i = 0; i < 15; ++i) {
    layer.codes.push_back(static_cast<std::uint8_t>(i % 8));
  }
  const KernelRuns kernel = MakeKernelRuns(1, 1, 1, 1, 5);
  const KernelBlock block = SplitKernel(kernel, 4, 100).front();
  const std::vector<std::uint8_t> packed = PackSweep(layer, 5, kernel, {block, 0, 1}, device);
  ASSERT_EQ(packed.size(), 16U);  // 2 * 4 * 4 * 3 bits are 12 bytes, two words
  for (int step = 0; step < 2; ++step) {
    for (int lane = 0; lane < 4; ++lane) {
      for (int column = 0; column < 4; ++column) {
        const int bit = (step * 16 + lane * 4 + column) * 3;
        unsigned code = 0;
        for (int i = 0; i < 3; ++i) {
          const auto at = static_cast<unsigned>(bit + i);
          code |= (packed[at / 8] >> (at % 8) & 1U) << static_cast<unsigned>(i);
        }
        const int channel = step * 4 + lane;
        const unsigned expected = channel < 5 && column < 3
                                      ? layer.codes.at(static_cast<std::size_t>(column) * 5 +
                                                       static_cast<std::size_t>(channel))
                                      : 0;
        EXPECT_EQ(code, expected) << "step " << step << " lane " << lane << " column " << column;
      }
    }
  }
}

TEST(Weights, ParametersAreEightLittleEndianBytes) {
  const std::vector<std::uint8_t> bytes = PackParameters({{-2, {0x1234, 63}}});
  EXPECT_EQ(bytes, (std::vector<std::uint8_t>{0xFE, 0xFF, 0xFF, 0xFF, 0x34, 0x12, 63, 0}));
}

TEST(Overflow, ProofIsExact) {
  // SUM |w| = 16 and 24; zero 0: largest |x - zero| is 128.
  Layer layer = MakeLayer(3, {3, 7, 3, 3}, {0, 0});
  layer.codes = {3, 7, 3, 7, 3, 3};  // 8 8 8 | 8 8 8
  const std::vector<WeightSums> sums = SumWeights(layer);
  const std::int64_t room = 32767 - 24 * 128;
  layer.bias = {0, static_cast<std::int32_t>(room)};
  EXPECT_NO_THROW(CheckOverflow(layer, sums, 0, 16));
  layer.bias[1] = static_cast<std::int32_t>(-room);
  EXPECT_NO_THROW(CheckOverflow(layer, sums, 0, 16));
  layer.bias[1] = static_cast<std::int32_t>(room + 1);
  try {
    CheckOverflow(layer, sums, 0, 16);
    FAIL() << "accepted";
  } catch (const std::invalid_argument& error) {
    const std::string text = error.what();
    for (const char* part : {"'conv'", "channel 1", "32768", "32767"}) {
      EXPECT_NE(text.find(part), std::string::npos) << text;
    }
  }
  // A zero point at the end of the range doubles what an input can be.
  layer.bias[1] = 32767 - 24 * 255;
  EXPECT_NO_THROW(CheckOverflow(layer, sums, -128, 16));
  EXPECT_NO_THROW(CheckOverflow(layer, sums, 127, 16));
  ++layer.bias[1];
  EXPECT_THROW(CheckOverflow(layer, sums, -128, 16), std::invalid_argument);
  EXPECT_THROW(CheckOverflow(layer, sums, 127, 16), std::invalid_argument);
}

TEST(Overflow, CompileRefusesAnUnprovenLayer) {
  Capabilities device;
  device.accumulator_bits = 16;
  NetworkBuilder builder(1, device);
  const int input = builder.Input(4, 4, 64);
  builder.Conv(input, {}, 3, 4);
  try {
    static_cast<void>(Compile(builder.Finish(), device));
    FAIL() << "accepted";
  } catch (const std::invalid_argument& error) {
    EXPECT_NE(std::string(error.what()).find("Conv0"), std::string::npos) << error.what();
    EXPECT_NE(std::string(error.what()).find("AccW"), std::string::npos) << error.what();
  }
}

}  // namespace
}  // namespace denseshift::driver::testing
