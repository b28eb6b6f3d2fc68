// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "golden/layers/conv.h"

#include <cstddef>
#include <cstdint>
#include <random>
#include <stdexcept>
#include <vector>

#include <gtest/gtest.h>

#include "tests/sim/functional/machine.h"
#include "tests/sim/functional/programs.h"

namespace denseshift::sim {
namespace {

int Pick(std::mt19937& rng, int lowest, int highest) {
  return lowest + static_cast<int>(rng() % static_cast<unsigned>(highest - lowest + 1));
}

golden::Tensor RandomTensor(std::mt19937& rng, int height, int width, int channels) {
  golden::Tensor tensor(height, width, channels);
  for (std::int8_t& x : tensor.data) {
    x = static_cast<std::int8_t>(rng());
  }
  return tensor;
}

// Random weights, biases and scales that use the whole output range.
golden::ConvLayer RandomLayer(std::mt19937& rng,
                              const golden::Window& window,
                              int in_channels,
                              int out_channels,
                              int code_bits) {
  golden::ConvLayer layer;
  layer.window = window;
  layer.out_channels = out_channels;
  layer.zero_in = Pick(rng, -128, 127);
  const int weights = out_channels * window.kernel_h * window.kernel_w * in_channels;
  layer.weights.resize(static_cast<std::size_t>(weights));
  for (golden::Code& weight : layer.weights) {
    weight = golden::DecodeCode(static_cast<unsigned>(rng()) % (1U << code_bits), code_bits);
  }
  for (int m = 0; m < out_channels; ++m) {
    layer.bias.push_back(Pick(rng, -2000, 2000));
    layer.scale.push_back({static_cast<std::uint16_t>(Pick(rng, 32768, 65535)),
                           Pick(rng, 17, 19) + 2 * code_bits - 4});
  }
  layer.output = {Pick(rng, -128, 127), Pick(rng, -128, -100), Pick(rng, 100, 127)};
  return layer;
}

// Runs the layer on a fresh machine and compares with golden.
void ExpectGolden(const DeviceParameters& parameters,
                  const golden::ConvLayer& layer,
                  const golden::Tensor& in,
                  const ConvPlan& plan) {
  Machine machine(parameters);
  const golden::Tensor out = RunConv(machine, layer, in, plan);
  ASSERT_EQ(out.data, golden::Conv(layer, in).data);
}

DeviceParameters Shape(int lanes, int columns, int bus_bytes) {
  DeviceParameters parameters;
  parameters.lanes = lanes;
  parameters.columns = columns;
  parameters.bus_bytes = bus_bytes;
  return parameters;
}

TEST(FunctionalConv, OfOneTapByHand) {
  Machine machine;
  golden::Tensor in(1, 3, 1);
  in.data = {1, -2, 3};
  golden::ConvLayer layer;
  layer.weights = {{true, 2}};
  layer.bias = {6};
  layer.scale = {{1, 1}};
  layer.output.zero_out = 10;
  // (-4 x + 6) / 2 + 10
  EXPECT_EQ(RunConv(machine, layer, in, {}).data, (std::vector<std::int8_t>{11, 17, 7}));
}

TEST(FunctionalConv, WrapsTheAccumulatorAtItsWidth) {
  DeviceParameters parameters = SmallParameters();
  parameters.acc_bits = 16;
  Machine machine(parameters);
  golden::Tensor in(1, 1, 4);
  in.data = {127, 127, 127, 127};
  golden::ConvLayer layer;
  layer.weights.assign(4, {false, 7});
  layer.bias = {0};
  layer.scale = {{1, 2}};
  // 4 * 128 * 127 = 65024 = -512 modulo 2^16, / 4.
  EXPECT_EQ(RunConv(machine, layer, in, {}).data, (std::vector<std::int8_t>{-128}));
  layer.bias = {500};
  EXPECT_EQ(RunConv(machine, layer, in, {}).data, (std::vector<std::int8_t>{-3}));
}

TEST(FunctionalConv, EqualsGoldenForEveryPaddingStrideAndDilation) {
  std::mt19937 rng(11);
  DeviceParameters parameters = SmallParameters();
  parameters.out_bytes = 8192;
  for (int trial = 0; trial < 200; ++trial) {
    const golden::Window window = {Pick(rng, 1, 3),
                                   Pick(rng, 1, 3),
                                   Pick(rng, 1, 3),
                                   Pick(rng, 1, 3),
                                   Pick(rng, 1, 3),
                                   Pick(rng, 1, 2),
                                   Pick(rng, 0, 2),
                                   Pick(rng, 0, 2),
                                   Pick(rng, 0, 2),
                                   Pick(rng, 0, 2)};
    const golden::Tensor in = RandomTensor(rng, Pick(rng, 7, 9), Pick(rng, 5, 9), Pick(rng, 1, 11));
    ConvPlan plan;
    plan.code_bits = Pick(rng, 2, 4);
    plan.par = static_cast<std::uint32_t>(Pick(rng, 0, 1));
    plan.stripe_length = Pick(rng, 1, 16);
    plan.dual = window.dilation_w == 1 && window.dilation_h % 2 == 1 && rng() % 2 == 0;
    const auto layer = RandomLayer(rng, window, in.channels, Pick(rng, 1, 20), plan.code_bits);
    SCOPED_TRACE(trial);
    ExpectGolden(parameters, layer, in, plan);
  }
}

TEST(FunctionalConv, EqualsGoldenOnEveryArrayShape) {
  std::mt19937 rng(12);
  const golden::Window window = {3, 3, 1, 2, 1, 1, 1, 0, 0, 1};
  for (const int lanes : {4, 8, 16, 32, 64}) {
    for (const int columns : {4, 8, 16, 32, 64}) {
      for (const int bus_bytes : {8, 16, 32}) {
        const int code_bits = Pick(rng, 2, 4);
        const golden::Tensor in = RandomTensor(rng, 5, 6, Pick(rng, 1, 30));
        const auto layer =
            RandomLayer(rng, window, in.channels, Pick(rng, 1, 2 * columns + 1), code_bits);
        SCOPED_TRACE(testing::Message() << lanes << " x " << columns << " bus " << bus_bytes);
        ExpectGolden(Shape(lanes, columns, bus_bytes), layer, in, {code_bits, true, 16, 0, {}});
        ExpectGolden(Shape(lanes, columns, bus_bytes), layer, in, {code_bits, false, 7, 1, {}});
      }
    }
  }
}

// Steps that end a run and begin the next: runs shorter than, equal to, and one off
// the lanes and half the lanes.
TEST(FunctionalConv, DualStepsTakeTheDocumentedBytes) {
  std::mt19937 rng(13);
  for (const int run_length : {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 15, 16, 17, 31}) {
    for (const int kernel_h : {1, 2, 3, 4, 5}) {
      const golden::Window window = {kernel_h, 1, 1, 1, 1, 1, 0, 0, 0, 0};
      const golden::Tensor in = RandomTensor(rng, 6, 2, run_length);
      const auto layer = RandomLayer(rng, window, run_length, 5, 3);
      SCOPED_TRACE(testing::Message() << "run " << run_length << " rows " << kernel_h);
      ExpectGolden(Shape(8, 8, 8), layer, in, {3, true, 16, 0, {}});
      ExpectGolden(Shape(8, 8, 8), layer, in, {3, true, 16, 1, {}});
    }
  }
}

TEST(FunctionalConv, PacksDualStepsIntoFewerSteps) {
  // Three runs of 3 bytes on 4 lanes: 3+1, 2+2, 1 by dual steps, 3, 3, 3 without.
  std::mt19937 rng(14);
  const golden::Window window = {3, 3, 1, 1, 1, 1, 0, 0, 0, 0};
  const golden::Tensor in = RandomTensor(rng, 4, 4, 1);
  const auto layer = RandomLayer(rng, window, 1, 8, 4);
  ExpectGolden(SmallParameters(), layer, in, {4, true, 16, 0, {}});
  ExpectGolden(SmallParameters(), layer, in, {4, false, 16, 0, {}});
}

TEST(FunctionalConv, ContinuesASumAcrossCommands) {
  std::mt19937 rng(15);
  for (const std::vector<int>& cuts : {std::vector<int>{1}, {2}, {3}, {1, 2}, {1, 2, 3}, {2, 3}}) {
    for (const int dilation_h : {1, 2, 3}) {
      const golden::Window window = {4, 2, 2, 1, dilation_h, 1, 2, 1, 1, 0};
      const golden::Tensor in = RandomTensor(rng, 9, 3, 5);
      const auto layer = RandomLayer(rng, window, 5, 6, 4);
      SCOPED_TRACE(testing::Message() << cuts.size() << " cuts, dilation " << dilation_h);
      ExpectGolden(SmallParameters(), layer, in, {4, false, 16, 1, cuts});
      if (dilation_h % 2 == 1) {
        ExpectGolden(SmallParameters(), layer, in, {4, true, 16, 0, cuts});
      }
    }
  }
}

TEST(FunctionalConv, SumsOfTwoPartsDoNotMixAcrossJobs) {
  std::mt19937 rng(16);
  Machine machine;
  const golden::Window window = {2, 2, 1, 1, 1, 1, 0, 0, 0, 0};
  for (int job = 0; job < 3; ++job) {
    const golden::Tensor in = RandomTensor(rng, 3, 3, 3);
    const auto layer = RandomLayer(rng, window, 3, 8, 4);
    EXPECT_EQ(RunConv(machine, layer, in, {4, false, 16, 0, {1}}).data,
              golden::Conv(layer, in).data);
  }
}

TEST(FunctionalConv, GemmIsOnePositionOverTheWholeInput) {
  std::mt19937 rng(17);
  const golden::Tensor in = RandomTensor(rng, 3, 4, 6);
  const golden::Window window = {3, 4, 1, 1, 1, 1, 0, 0, 0, 0};
  const auto layer = RandomLayer(rng, window, 6, 10, 2);
  ExpectGolden(SmallParameters(), layer, in, {2, true, 1, 0, {}});
  ExpectGolden(Shape(16, 16, 16), layer, in, {2, true, 16, 0, {}});
}

TEST(FunctionalConv, WritesNothingButTheValidColumns) {
  std::mt19937 rng(18);
  Machine machine;
  golden::Tensor in(1, 2, 1);
  const auto layer = RandomLayer(rng, {}, 1, 3, 4);
  (void)RunConv(machine, layer, in, {});
  // Two positions of 3 bytes are 6 bytes of the first word: the rest is untouched.
  const std::uint32_t target = machine.Allocate(16);
  ASSERT_EQ(machine.Run({Store(target, 1, 2, 8)}), 0U);
  const std::vector<std::uint8_t> out = machine.Get(target, 16);
  const golden::Tensor expected = golden::Conv(layer, in);
  for (std::size_t i = 0; i < 16; ++i) {
    const std::uint8_t byte = i < 6 ? static_cast<std::uint8_t>(expected.data[i]) : 0;
    EXPECT_EQ(out[i], byte) << "byte " << i;
  }
}

// Valid columns say what is written, not what is summed.
TEST(FunctionalConv, SumsColumnsThatAreNotValidYet) {
  Machine machine;
  golden::Tensor in(1, 1, 1);
  in.data = {5};
  const LoadedImage image = LoadImage(machine, in, {}, 0);
  // u = 133 on lane 0 and code 0, a weight of 1, everywhere: both commands add 133 to each column.
  TestCommand conv = Command(TestOpcode::kConv);
  SetWindow(conv, image, {}, {0, 0, 1, 1}, 1);
  SetOutput(conv, machine, 1, 8);
  SetRange(conv, {});
  conv.Set(5, 15, 0, 1).Set(8, 15, 0, 1).Set(8, 31, 16, 1).Set(9, 15, 0, 1).Set(9, 31, 16, 1);
  conv.Set(10, 10, 8, 2).Set(10, 31, 16, 1).Set(11, 31, 16, 1);
  TestCommand first = conv;
  first.Set(10, 7, 0, 1).Set(10, 12, 12, 1).WaitA(1);
  TestCommand last = conv;
  last.Set(10, 7, 0, 8).Set(10, 13, 13, 1).SignalB();
  TestCommand load = image.load;
  const std::uint32_t target = machine.Allocate(8);
  ASSERT_EQ(machine.Run({machine.LoadParameters(std::vector<TestParameterSet>(8, {-256, 1, 0})),
                         machine.LoadWeights(std::vector<std::uint8_t>(8, 0)),
                         load.SignalA(),
                         first,
                         last,
                         Store(target, 1, 1, 8).WaitA(1)}),
            0U);
  EXPECT_EQ(machine.Get(target, 8), std::vector<std::uint8_t>(8, 2 * 133 - 256));
}

TEST(FunctionalConv, UnusedLanesWithCodeZeroAddNothing) {
  // One byte of reduction on 64 lanes.
  std::mt19937 rng(19);
  const golden::Tensor in = RandomTensor(rng, 2, 2, 1);
  const auto layer = RandomLayer(rng, {}, 1, 2, 4);
  ExpectGolden(Shape(64, 4, 8), layer, in, {4, false, 16, 0, {}});
}

}  // namespace
}  // namespace denseshift::sim
