// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include <cstddef>
#include <cstdint>
#include <numeric>
#include <vector>

#include <gtest/gtest.h>

#include "tests/sim/functional/machine.h"

namespace denseshift::sim {
namespace {

using Bytes = std::vector<std::uint8_t>;

// 0x10, 0x11, ...
Bytes Counting(std::size_t bytes) {
  Bytes data(bytes);
  std::iota(data.begin(), data.end(), std::uint8_t{0x10});
  return data;
}

// VECTOR command that copies `words` bus words of each of `rows` activation rows from word
// `base` on into dense rows of the output buffer. V = 4, so each word is two channel groups.
TestCommand CopyRows(std::uint32_t base,
                     std::uint32_t pitch,
                     std::uint32_t par,
                     std::uint32_t rows,
                     std::uint32_t words) {
  TestCommand copy = Command(TestOpcode::kVector);
  copy.Set(2, 15, 0, base).Set(2, 31, 16, pitch);
  copy.Set(4, 24, 24, 1);                 // one row further for each output row
  copy.Set(6, 7, 0, 1).Set(6, 15, 8, 1);  // one tap
  copy.Set(7, 15, 0, 1).Set(7, 31, 16, rows);
  copy.Set(9, 31, 16, 2 * words);  // channel groups
  copy.Set(10, 7, 0, 4).Set(10, 9, 8, 1).Set(10, 14, 14, par);
  copy.Set(13, 31, 16, words);  // output row pitch
  copy.Set(14, 23, 16, 0x80).Set(14, 31, 24, 0x7F);
  return copy;
}

// Executes `load` and returns what it left in the activation rows, read back by VECTOR and STORE.
Bytes ActivationRows(Machine& machine,
                     const TestCommand& load,
                     const TestCommand& copy,
                     std::uint32_t rows,
                     std::uint32_t words) {
  const std::size_t bytes = std::size_t{rows} * words * 8;
  const std::uint32_t target = machine.Allocate(bytes);
  TestCommand first = load;
  TestCommand second = copy;
  const std::uint32_t error = machine.Run({machine.LoadParameters(std::vector<TestParameterSet>(8)),
                                           first.SignalA(),
                                           second.WaitA(1).SignalB(),
                                           Store(target, rows, words, 8).WaitA(1)});
  EXPECT_EQ(error, 0U);
  return machine.Get(target, bytes);
}

TEST(LoadStore, CopiesRowsOfBothGroups) {
  Machine machine;
  const Bytes data = Counting(80);
  const TestCommand load = Load(kToActivation, machine.Put(data), 5, 2, 8);
  EXPECT_EQ(ActivationRows(machine, load, CopyRows(0, 2, 0, 5, 2), 5, 2), data);
}

TEST(LoadStore, StartsInTheGroupOfTheParity) {
  Machine machine;
  const Bytes data = Counting(24);
  TestCommand load = Load(kToActivation, machine.Put(data), 3, 1, 8);
  load.Set(5, 2, 2, 1).Set(8, 15, 0, 7);
  EXPECT_EQ(ActivationRows(machine, load, CopyRows(7, 1, 1, 3, 1), 3, 1), data);
  // Row 0 lies in group 1 at word 7, row 1 in group 0 at word 8, row 2 in group 1 at word 8.
  TestCommand one = CopyRows(8, 1, 0, 1, 1);
  EXPECT_EQ(ActivationRows(machine, load, one, 1, 1), Bytes(data.begin() + 8, data.begin() + 16));
  one = CopyRows(8, 1, 1, 1, 1);
  EXPECT_EQ(ActivationRows(machine, load, one, 1, 1), Bytes(data.begin() + 16, data.end()));
}

TEST(LoadStore, RowStrideSkipsMemory) {
  Machine machine;
  const Bytes data = Counting(48);
  TestCommand load = Load(kToActivation, machine.Put(data), 3, 1, 8);
  load.Set(3, 31, 0, 16);
  Bytes expected;
  for (const std::size_t row : {0U, 2U, 4U}) {
    for (std::size_t i = 0; i < 8; ++i) {
      expected.push_back(data[row * 8 + i]);
    }
  }
  EXPECT_EQ(ActivationRows(machine, load, CopyRows(0, 1, 0, 3, 1), 3, 1), expected);
}

TEST(LoadStore, FillsAroundTheDataAndBehindTheTail) {
  Machine machine;
  const Bytes data = Counting(32);
  TestCommand load = Load(kToActivation, machine.Put(data), 2, 2, 8);
  load.Set(5, 15, 8, 0xEE).Set(5, 21, 16, 3);
  load.Set(6, 15, 0, 1).Set(6, 31, 16, 2);
  load.Set(7, 15, 0, 1).Set(7, 31, 16, 2);
  load.Set(8, 31, 16, 5);
  Bytes expected(200, 0xEE);
  for (std::size_t row = 0; row < 2; ++row) {
    for (std::size_t i = 0; i < 11; ++i) {
      expected[(row + 1) * 40 + 8 + i] = data[row * 16 + i];
    }
  }
  EXPECT_EQ(ActivationRows(machine, load, CopyRows(0, 5, 0, 5, 5), 5, 5), expected);
}

TEST(LoadStore, FillRowsNeedNoData) {
  Machine machine;
  TestCommand load = Load(kToActivation, 0xFFFFFFF8U, 0, 1, 8);  // nothing is read
  load.Set(5, 15, 8, 0x55).Set(7, 15, 0, 1).Set(7, 31, 16, 1);
  EXPECT_EQ(ActivationRows(machine, load, CopyRows(0, 1, 0, 2, 1), 2, 1), Bytes(16, 0x55));
}

TEST(LoadStore, TailOfAFullWordKeepsAllBytes) {
  Machine machine;
  const Bytes data = Counting(8);
  TestCommand load = Load(kToActivation, machine.Put(data), 1, 1, 8);
  load.Set(5, 15, 8, 0xEE);
  EXPECT_EQ(ActivationRows(machine, load, CopyRows(0, 1, 0, 1, 1), 1, 1), data);
}

// Output buffer words 0 .. 3 hold the counting bytes.
struct StoreTest : public testing::Test {
  Machine machine;
  Bytes data = Counting(32);

  void SetUp() override {
    const TestCommand load = Load(kToActivation, machine.Put(data), 4, 1, 8);
    (void)ActivationRows(machine, load, CopyRows(0, 1, 0, 4, 1), 4, 1);
  }

  // Memory of `bytes` bytes of 0xAA after the store to it.
  Bytes After(TestCommand store, std::size_t bytes) {
    const std::uint32_t target = machine.Put(Bytes(bytes, 0xAA));
    EXPECT_EQ(machine.Run({store.Set(2, 31, 0, target)}), 0U);
    return machine.Get(target, bytes);
  }
};

TEST_F(StoreTest, WritesFromHeadToTailOfARow) {
  TestCommand store = Store(0, 1, 3, 8);
  store.Set(5, 5, 0, 3).Set(5, 21, 16, 2);
  Bytes expected(32, 0xAA);
  for (std::size_t i = 3; i < 18; ++i) {
    expected[i] = data[i];
  }
  EXPECT_EQ(After(store, 32), expected);
}

TEST_F(StoreTest, HeadAndTailOfOneWordApplyTogether) {
  TestCommand store = Store(0, 1, 1, 8);
  store.Set(5, 5, 0, 2).Set(5, 21, 16, 5);
  EXPECT_EQ(After(store, 8), (Bytes{0xAA, 0xAA, 0x12, 0x13, 0x14, 0xAA, 0xAA, 0xAA}));
  store.Set(5, 5, 0, 5).Set(5, 21, 16, 5);
  EXPECT_EQ(After(store, 8), Bytes(8, 0xAA));
}

TEST_F(StoreTest, HeadAndTailApplyToEveryRow) {
  TestCommand store = Store(0, 2, 1, 8);
  store.Set(5, 5, 0, 1).Set(5, 21, 16, 7).Set(3, 31, 0, 16);
  store.Set(8, 15, 0, 1).Set(8, 31, 16, 2);  // words 1 and 3
  Bytes expected(24, 0xAA);
  for (std::size_t i = 1; i < 7; ++i) {
    expected[i] = data[8 + i];
    expected[16 + i] = data[24 + i];
  }
  EXPECT_EQ(After(store, 24), expected);
}

TEST(Stamp, WritesOneWordOfZeroCycles) {
  Machine machine;
  const std::uint32_t target = machine.Put(Bytes(24, 0xAA));
  EXPECT_EQ(machine.Run({Stamp(target + 8)}), 0U);
  Bytes expected(24, 0xAA);
  for (std::size_t i = 8; i < 16; ++i) {
    expected[i] = 0;
  }
  EXPECT_EQ(machine.Get(target, 24), expected);
}

TEST(LoadStore, WorksWithEveryBusWidth) {
  for (const int bus_bytes : {8, 16, 32}) {
    DeviceParameters parameters = SmallParameters();
    parameters.bus_bytes = bus_bytes;
    Machine machine(parameters);
    const std::uint32_t bus = machine.BusBytes();
    const Bytes data = Counting(std::size_t{3} * bus);
    const std::uint32_t target = machine.Allocate(data.size());
    TestCommand copy = CopyRows(0, 1, 0, 3, 1);
    copy.Set(9, 31, 16, bus / 4);
    EXPECT_EQ(machine.Run({machine.LoadParameters(std::vector<TestParameterSet>(8)),
                           Load(kToActivation, machine.Put(data), 3, 1, bus).SignalA(),
                           copy.WaitA(1).SignalB(),
                           Store(target, 3, 1, bus).WaitA(1)}),
              0U);
    EXPECT_EQ(machine.Get(target, data.size()), data) << "bus " << bus;
  }
}

}  // namespace
}  // namespace denseshift::sim
