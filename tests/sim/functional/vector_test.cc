// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <random>
#include <vector>

#include <gtest/gtest.h>

#include "golden/layers/add.h"
#include "golden/layers/pool.h"
#include "tests/sim/functional/machine.h"
#include "tests/sim/functional/programs.h"

namespace denseshift::sim {
namespace {

constexpr std::uint32_t kMaximum = 0;
constexpr std::uint32_t kSum = 1;
constexpr std::uint32_t kAddition = 2;

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

golden::Window RandomWindow(std::mt19937& rng) {
  return {Pick(rng, 1, 3),
          Pick(rng, 1, 3),
          Pick(rng, 1, 3),
          Pick(rng, 1, 3),
          Pick(rng, 1, 2),
          Pick(rng, 1, 2),
          Pick(rng, 0, 1),
          Pick(rng, 0, 1),
          Pick(rng, 0, 1),
          Pick(rng, 0, 1)};
}

// A full parameter entry of one set.
std::vector<TestParameterSet> Entry(const Machine& machine, const TestParameterSet& set) {
  std::vector<TestParameterSet> sets;
  sets.resize(static_cast<std::size_t>(machine.parameters.columns), set);
  return sets;
}

// w9, w10: channel groups and operation.
void SetGroups(TestCommand& vector, const Machine& machine, int channels, std::uint32_t operation) {
  const int group = std::min(machine.parameters.lanes, machine.parameters.columns);
  const int groups = (channels + group - 1) / group;
  vector.Set(9, 31, 16, static_cast<std::uint32_t>(groups));
  vector.Set(10, 7, 0, static_cast<std::uint32_t>(channels - (groups - 1) * group));
  vector.Set(10, 9, 8, operation);
}

// Runs the commands, first and last with the tokens of LOAD and STORE, and reads the output.
golden::Tensor RunVectors(Machine& machine,
                          const std::vector<TestCommand>& loads,
                          const std::vector<TestCommand>& vectors,
                          const golden::Tensor& shape) {
  std::vector<TestCommand> list = loads;
  list.back().SignalA();
  list.insert(list.end(), vectors.begin(), vectors.end());
  list[loads.size()].WaitA(1);
  list.back().SignalB();
  const std::uint32_t address = machine.Allocate(TensorBytes(machine, shape));
  list.push_back(StoreTensor(machine, shape, address).WaitA(1));
  EXPECT_EQ(machine.Run(list), 0U) << "command " << machine.ErrorCommand();
  return ReadTensor(machine, shape, address);
}

TEST(FunctionalVector, MaximumEqualsGoldenMaxPool) {
  std::mt19937 rng(21);
  for (int trial = 0; trial < 100; ++trial) {
    Machine machine;
    const golden::Window window = RandomWindow(rng);
    const golden::Tensor in = RandomTensor(rng, Pick(rng, 5, 9), Pick(rng, 5, 7), Pick(rng, 1, 10));
    const int zero_in = Pick(rng, -128, 127);
    const golden::Scale scale = {static_cast<std::uint16_t>(Pick(rng, 32768, 65535)),
                                 Pick(rng, 15, 17)};
    const golden::OutputRange range = {
        Pick(rng, -50, 50), Pick(rng, -128, -50), Pick(rng, 50, 127)};
    const golden::Tensor expected = golden::MaxPool(window, in, zero_in, scale, range);

    const auto par = static_cast<std::uint32_t>(Pick(rng, 0, 1));
    const LoadedImage image = LoadImage(machine, in, window, -128, 3, par);
    TestCommand pool = Command(TestOpcode::kVector);
    SetWindow(pool, image, window, {0, 0, expected.height, expected.width}, in.channels);
    SetOutput(pool, machine, expected.width, in.channels);
    SetRange(pool, range);
    SetGroups(pool, machine, in.channels, kMaximum);
    pool.Set(14, 15, 0, 2);
    const TestCommand parameters =
        machine.LoadParameters(Entry(machine, {-zero_in, scale.multiplier, scale.shift}), 2);
    ASSERT_EQ(RunVectors(machine, {parameters, image.load}, {pool}, expected).data, expected.data)
        << "trial " << trial;
  }
}

TEST(FunctionalVector, SumWithPaddingCountedEqualsGoldenAveragePool) {
  std::mt19937 rng(22);
  for (int trial = 0; trial < 100; ++trial) {
    Machine machine;
    golden::AveragePoolLayer layer;
    layer.window = RandomWindow(rng);
    layer.count = golden::PoolCount::kWholeWindow;
    layer.zero_in = Pick(rng, -128, 127);
    layer.output = {Pick(rng, -50, 50), -120, 120};
    const int taps = layer.window.kernel_h * layer.window.kernel_w;
    const golden::Scale scale = {static_cast<std::uint16_t>(65535 / taps), 16};
    layer.scale[taps] = scale;
    const golden::Tensor in = RandomTensor(rng, Pick(rng, 5, 9), Pick(rng, 5, 7), Pick(rng, 1, 10));
    const golden::Tensor expected = golden::AveragePool(layer, in);

    const LoadedImage image = LoadImage(machine, in, layer.window, layer.zero_in);
    TestCommand pool = Command(TestOpcode::kVector);
    SetWindow(pool, image, layer.window, {0, 0, expected.height, expected.width}, in.channels);
    SetOutput(pool, machine, expected.width, in.channels);
    SetRange(pool, layer.output);
    SetGroups(pool, machine, in.channels, kSum);
    const TestCommand parameters = machine.LoadParameters(
        Entry(machine, {-taps * layer.zero_in, scale.multiplier, scale.shift}));
    ASSERT_EQ(RunVectors(machine, {parameters, image.load}, {pool}, expected).data, expected.data)
        << "trial " << trial;
  }
}

// Every output position is a command of its own, with the scale of its tap count.
TEST(FunctionalVector, SumByRegionsEqualsGoldenAverageOfTheTapsInside) {
  Machine machine;
  std::mt19937 rng(23);
  golden::AveragePoolLayer layer;
  layer.window = {3, 3, 1, 1, 1, 1, 1, 1, 1, 1};
  layer.zero_in = -13;
  layer.scale = {{4, {50000, 18}}, {6, {45000, 18}}, {9, {60000, 19}}};
  const golden::Tensor in = RandomTensor(rng, 4, 3, 6);
  const golden::Tensor expected = golden::AveragePool(layer, in);

  const LoadedImage image = LoadImage(machine, in, layer.window, layer.zero_in);
  std::vector<TestCommand> loads = {image.load};
  std::map<int, std::uint32_t> entry_of;
  for (const auto& [count, scale] : layer.scale) {
    const auto entry = static_cast<std::uint32_t>(entry_of.size());
    loads.push_back(machine.LoadParameters(
        Entry(machine, {-9 * layer.zero_in, scale.multiplier, scale.shift}), entry));
    entry_of[count] = entry;
  }
  std::vector<TestCommand> pools;
  for (int oh = 0; oh < 4; ++oh) {
    for (int ow = 0; ow < 3; ++ow) {
      const int rows = oh == 0 || oh == 3 ? 2 : 3;
      const int columns = ow == 1 ? 3 : 2;
      TestCommand pool = Command(TestOpcode::kVector);
      SetWindow(pool, image, layer.window, {oh, ow * 6, 1, 1}, 6);
      SetOutput(pool, machine, 3, 6, oh * 24 + ow * 6);
      SetRange(pool, layer.output);
      SetGroups(pool, machine, 6, kSum);
      pool.Set(14, 15, 0, entry_of.at(rows * columns));
      pools.push_back(pool);
    }
  }
  EXPECT_EQ(RunVectors(machine, loads, pools, expected).data, expected.data);
}

TEST(FunctionalVector, SumOverTheWholeImageEqualsGoldenGlobalAverage) {
  Machine machine;
  std::mt19937 rng(24);
  const golden::Tensor in = RandomTensor(rng, 7, 7, 9);
  const golden::Scale scale = {42799, 21};
  const golden::Tensor expected = golden::GlobalAveragePool(in, 5, scale, {1, -128, 127});
  const golden::Window window = {7, 7, 1, 1, 1, 1, 0, 0, 0, 0};
  const LoadedImage image = LoadImage(machine, in, window, 0);
  TestCommand pool = Command(TestOpcode::kVector);
  SetWindow(pool, image, window, {0, 0, 1, 1}, 9);
  SetOutput(pool, machine, 1, 9);
  SetRange(pool, {1, -128, 127});
  SetGroups(pool, machine, 9, kSum);
  const TestCommand parameters =
      machine.LoadParameters(Entry(machine, {-49 * 5, scale.multiplier, scale.shift}));
  EXPECT_EQ(RunVectors(machine, {parameters, image.load}, {pool}, expected).data, expected.data);
}

// The second tensor is reached by a tap along the row, or by a kernel row.
TEST(FunctionalVector, AdditionEqualsGoldenAdd) {
  std::mt19937 rng(25);
  for (const bool is_along_row : {true, false}) {
    for (const std::uint32_t par : {0U, 1U}) {
      Machine machine;
      const golden::Tensor a = RandomTensor(rng, 5, 4, 7);
      const golden::Tensor b = RandomTensor(rng, 5, 4, 7);
      const golden::AddLayer layer = {-3, 100, 60000, 31111, 17, {9, -90, 101}};
      const golden::Tensor expected = golden::Add(layer, a, b);

      constexpr std::uint32_t kDistance = 40;  // words between the tensors in their groups
      const std::uint32_t b_par = is_along_row ? par : 1;
      const LoadedImage image_a = LoadImage(machine, a, {}, 0, 2, is_along_row ? par : 0);
      const LoadedImage image_b = LoadImage(machine, b, {}, 0, 2 + kDistance, b_par);
      TestCommand add = Command(TestOpcode::kVector);
      SetWindow(add, image_a, {}, {0, 0, 5, 4}, 7);
      if (is_along_row) {
        add.Set(6, 7, 0, 2).Set(15, 23, 0, kDistance * 8);
      } else {
        add.Set(6, 15, 8, 2).Set(5, 31, 16, kDistance).Set(15, 24, 24, 1);
      }
      SetOutput(add, machine, 4, 7);
      SetRange(add, layer.output);
      SetGroups(add, machine, 7, kAddition);
      add.Set(14, 15, 0, 1);
      const TestCommand first = machine.LoadParameters(
          Entry(machine, {-layer.zero_a, layer.multiplier_a, 63}), 1);  // this shift is ignored
      const TestCommand second = machine.LoadParameters(
          Entry(machine, {-layer.zero_b, layer.multiplier_b, layer.shift}), 2);
      EXPECT_EQ(
          RunVectors(machine, {first, second, image_a.load, image_b.load}, {add}, expected).data,
          expected.data)
          << "along the row " << is_along_row << " parity " << par;
    }
  }
}

TEST(FunctionalVector, EachLaneUsesTheSetOfItsColumnInEveryGroup) {
  Machine machine;
  golden::Tensor in(1, 1, 6);
  in.data = {1, 1, 1, 1, 1, 1};
  std::vector<TestParameterSet> sets(8);
  for (std::size_t i = 0; i < sets.size(); ++i) {
    sets[i] = {static_cast<std::int32_t>(i), 10, 0};
  }
  const LoadedImage image = LoadImage(machine, in, {}, 0);
  TestCommand copy = Command(TestOpcode::kVector);
  SetWindow(copy, image, {}, {0, 0, 1, 1}, 6);
  SetOutput(copy, machine, 1, 6);
  SetRange(copy, {});
  SetGroups(copy, machine, 6, kSum);
  // V = 4: lanes 0 to 3 of the first group, 0 and 1 of the second.
  EXPECT_EQ(RunVectors(machine, {machine.LoadParameters(sets), image.load}, {copy}, in).data,
            (std::vector<std::int8_t>{10, 20, 30, 40, 10, 20}));
}

TEST(FunctionalVector, ShiftsByAllSixBits) {
  Machine machine;
  golden::Tensor in(1, 1, 4);
  std::vector<TestParameterSet> sets(8);
  sets[0] = {1 << 30, 65535, 40};  // 2^46 / 2^40, rounded
  sets[1] = {-(1 << 30), 65535, 41};
  sets[2] = {1 << 30, 65535, 63};
  sets[3] = {1 << 30, 32768, 45};  // exactly one
  const LoadedImage image = LoadImage(machine, in, {}, 0);
  TestCommand copy = Command(TestOpcode::kVector);
  SetWindow(copy, image, {}, {0, 0, 1, 1}, 4);
  SetOutput(copy, machine, 1, 4);
  SetRange(copy, {});
  SetGroups(copy, machine, 4, kSum);
  EXPECT_EQ(RunVectors(machine, {machine.LoadParameters(sets), image.load}, {copy}, in).data,
            (std::vector<std::int8_t>{64, -32, 0, 1}));
}

TEST(FunctionalVector, GroupsAreAsWideAsTheSmallerArraySide) {
  DeviceParameters parameters = SmallParameters();
  parameters.lanes = 16;
  Machine machine(parameters);
  std::mt19937 rng(26);
  const golden::Tensor in = RandomTensor(rng, 3, 3, 19);
  const golden::Window window = {2, 2, 1, 1, 1, 1, 0, 0, 0, 0};
  const golden::Tensor expected = golden::MaxPool(window, in, 0, {1, 0}, {});
  const LoadedImage image = LoadImage(machine, in, window, -128);
  TestCommand pool = Command(TestOpcode::kVector);
  SetWindow(pool, image, window, {0, 0, 2, 2}, 19);
  SetOutput(pool, machine, 2, 19);
  SetRange(pool, {});
  SetGroups(pool, machine, 19, kMaximum);
  const TestCommand sets = machine.LoadParameters(Entry(machine, {}));
  EXPECT_EQ(RunVectors(machine, {sets, image.load}, {pool}, expected).data, expected.data);
}

}  // namespace
}  // namespace denseshift::sim
