// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/sim/functional/machine.h"

namespace denseshift::sim {
namespace {

TestCommand GoodLoad() {
  return Load(kToActivation, 0, 1, 1, 8);
}

TestCommand GoodWeightLoad() {
  return Load(kToWeight, 0, 1, 1, 8);
}

TestCommand GoodParameterLoad() {
  return Load(kToParameter, 0, 1, 1, 8);
}

// One position, one run of one byte, one column: 4 x 8 codes of 2 bits are one word.
TestCommand GoodConv() {
  TestCommand conv = Command(TestOpcode::kConv);
  conv.Set(5, 15, 0, 1).Set(6, 7, 0, 1).Set(6, 15, 8, 1);
  conv.Set(7, 15, 0, 1).Set(7, 31, 16, 1);
  conv.Set(8, 15, 0, 1).Set(8, 31, 16, 1).Set(9, 15, 0, 1).Set(9, 31, 16, 1);
  conv.Set(10, 7, 0, 1).Set(10, 10, 8, 2).Set(10, 12, 12, 1).Set(10, 13, 13, 1);
  conv.Set(10, 31, 16, 1).Set(11, 31, 16, 1);
  return conv;
}

TestCommand GoodVector() {
  TestCommand vector = Command(TestOpcode::kVector);
  vector.Set(6, 7, 0, 1).Set(6, 15, 8, 1).Set(7, 15, 0, 1).Set(7, 31, 16, 1);
  vector.Set(9, 31, 16, 1).Set(10, 7, 0, 1);
  return vector;
}

TestCommand GoodStore() {
  return Store(0, 1, 1, 8);
}

// A legal command made illegal, or another legal one, by one change.
struct Change {
  std::string rule;
  TestCommand command;
};

void ExpectIllegal(const std::vector<Change>& changes) {
  for (const Change& change : changes) {
    Machine machine;
    EXPECT_EQ(machine.Run({Stamp(0), change.command}), ErrorOf(1, 0)) << change.rule;
    EXPECT_EQ(machine.ErrorCommand(), 1U) << change.rule;
    EXPECT_EQ(machine.ErrorAddress(), 0U) << change.rule;
  }
}

void ExpectLegal(const std::vector<Change>& changes) {
  for (const Change& change : changes) {
    Machine machine;
    EXPECT_EQ(machine.Run({change.command}), 0U) << change.rule;
  }
}

TEST(IllegalCommand, NoneOfTheUnchangedCommands) {
  ExpectLegal({{"load", GoodLoad()},
               {"weight load", GoodWeightLoad()},
               {"parameter load", GoodParameterLoad()},
               {"conv", GoodConv()},
               {"vector", GoodVector()},
               {"store", GoodStore()},
               {"stamp", Stamp(8)}});
}

TEST(IllegalCommand, OpcodeAndVersion) {
  ExpectIllegal({{"opcode 0", GoodLoad().Set(0, 7, 0, 0)},
                 {"opcode 6", GoodLoad().Set(0, 7, 0, 6)},
                 {"opcode 0x81", GoodLoad().Set(0, 7, 0, 0x81)},
                 {"version 0", GoodLoad().Set(0, 15, 8, 0)},
                 {"version 2", GoodStore().Set(0, 15, 8, 2)}});
}

TEST(IllegalCommand, ForbiddenTokens) {
  ExpectIllegal({{"load signal_b", GoodLoad().SignalB()},
                 {"store wait_b", GoodStore().WaitB(1)},
                 {"stamp wait_b", Stamp(0).WaitB(1)}});
}

TEST(IllegalCommand, Addresses) {
  ExpectIllegal({{"load address", GoodLoad().Set(2, 31, 0, 4)},
                 {"load row stride", GoodLoad().Set(3, 31, 0, 12)},
                 {"store address", GoodStore().Set(2, 31, 0, 1)},
                 {"store row stride", GoodStore().Set(3, 31, 0, 7)},
                 {"stamp address", Stamp(4)}});
}

TEST(IllegalCommand, LoadFields) {
  ExpectIllegal({{"no rows at all", GoodLoad().Set(4, 15, 0, 0)},
                 {"no words", GoodLoad().Set(4, 31, 16, 0)},
                 {"destination 3", GoodLoad().Set(5, 1, 0, 3)},
                 {"tail 0", GoodLoad().Set(5, 21, 16, 0)},
                 {"tail 9", GoodLoad().Set(5, 21, 16, 9)}});
  ExpectLegal({{"top only", GoodLoad().Set(4, 15, 0, 0).Set(7, 15, 0, 1)},
               {"bottom only", GoodLoad().Set(4, 15, 0, 0).Set(7, 31, 16, 1)},
               {"tail 1", GoodLoad().Set(5, 21, 16, 1)}});
}

TEST(IllegalCommand, LoadOfWeightsOrParametersThatIsNotOneRow) {
  for (const TestCommand& good : {GoodWeightLoad(), GoodParameterLoad()}) {
    const auto changed = [&good](std::size_t word, unsigned high, unsigned low) {
      TestCommand command = good;
      return command.Set(word, high, low, 1);
    };
    TestCommand two_rows = good;
    TestCommand only_fill = good;
    ExpectIllegal({{"rows 2", two_rows.Set(4, 15, 0, 2)},
                   {"rows 0", only_fill.Set(4, 15, 0, 0).Set(7, 15, 0, 1)},
                   {"par", changed(5, 2, 2)},
                   {"left", changed(6, 15, 0)},
                   {"right", changed(6, 31, 16)},
                   {"top", changed(7, 15, 0)},
                   {"bottom", changed(7, 31, 16)}});
  }
}

TEST(IllegalCommand, ConvFieldsOfAtLeastOne) {
  ExpectIllegal({{"run_len", GoodConv().Set(5, 15, 0, 0)},
                 {"runs_x", GoodConv().Set(6, 7, 0, 0)},
                 {"runs_y", GoodConv().Set(6, 15, 8, 0)},
                 {"OW", GoodConv().Set(7, 15, 0, 0)},
                 {"OH", GoodConv().Set(7, 31, 16, 0)},
                 {"P", GoodConv().Set(8, 15, 0, 0)},
                 {"stripes", GoodConv().Set(8, 31, 16, 0)},
                 {"last stripe", GoodConv().Set(9, 15, 0, 0)},
                 {"CT", GoodConv().Set(9, 31, 16, 0)},
                 {"valid columns", GoodConv().Set(10, 7, 0, 0)},
                 {"KT", GoodConv().Set(10, 31, 16, 0)},
                 {"weight words", GoodConv().Set(11, 31, 16, 0)}});
}

TEST(IllegalCommand, ConvLimits) {
  ExpectIllegal({{"P above AccDepth", GoodConv().Set(8, 15, 0, 17)},
                 {"last stripe above P", GoodConv().Set(9, 15, 0, 2)},
                 {"code bits 0", GoodConv().Set(10, 10, 8, 0)},
                 {"code bits 1", GoodConv().Set(10, 10, 8, 1)},
                 {"code bits 5", GoodConv().Set(10, 10, 8, 5)},
                 {"columns above C", GoodConv().Set(10, 7, 0, 9)}});
  ExpectLegal({{"P of AccDepth", GoodConv().Set(8, 15, 0, 16)},
               {"C columns", GoodConv().Set(10, 7, 0, 8)},
               {"code bits 4", GoodConv().Set(10, 10, 8, 4).Set(11, 31, 16, 2)}});
}

TEST(IllegalCommand, CodeBitsAboveThoseOfTheBuild) {
  DeviceParameters parameters = SmallParameters();
  parameters.max_code_bits = 2;
  Machine machine(parameters);
  EXPECT_EQ(machine.Run({GoodConv().Set(10, 10, 8, 3).Set(11, 31, 16, 2)}), ErrorOf(1, 0));
  EXPECT_EQ(machine.Run({GoodConv()}), 0U);
}

TEST(IllegalCommand, Dual) {
  const auto dual = [] { return GoodConv().Set(10, 11, 11, 1); };
  ExpectIllegal(
      {{"runs_x 2", dual().Set(15, 24, 24, 1).Set(6, 7, 0, 2)}, {"even kernel row step", dual()}});
  ExpectLegal({{"odd kernel row step", dual().Set(15, 24, 24, 1)},
               {"two runs without dual",
                GoodConv().Set(6, 7, 0, 2).Set(10, 31, 16, 2).Set(11, 31, 16, 2)}});
}

TEST(IllegalCommand, PartialSumsOfMoreThanOneStripeOrTile) {
  for (const unsigned flag : {12U, 13U}) {
    const auto partial = [flag] { return GoodConv().Set(10, flag, flag, 0); };
    ExpectIllegal({{"stripes", partial().Set(8, 31, 16, 2)}, {"CT", partial().Set(9, 31, 16, 2)}});
    ExpectLegal({{"one of each", partial()}});
  }
}

TEST(IllegalCommand, VectorFields) {
  ExpectIllegal({{"runs_x", GoodVector().Set(6, 7, 0, 0)},
                 {"runs_y", GoodVector().Set(6, 15, 8, 0)},
                 {"OW", GoodVector().Set(7, 15, 0, 0)},
                 {"OH", GoodVector().Set(7, 31, 16, 0)},
                 {"CT", GoodVector().Set(9, 31, 16, 0)},
                 {"valid lanes 0", GoodVector().Set(10, 7, 0, 0)},
                 {"valid lanes above V", GoodVector().Set(10, 7, 0, 5)},
                 {"operation 3", GoodVector().Set(10, 9, 8, 3)},
                 {"addition of one tap", GoodVector().Set(10, 9, 8, 2)},
                 {"addition of four taps", GoodVector().Set(10, 9, 8, 2).Set(6, 15, 0, 0x0202)}});
  ExpectLegal({{"V lanes", GoodVector().Set(10, 7, 0, 4)},
               {"addition of two taps", GoodVector().Set(10, 9, 8, 2).Set(6, 7, 0, 2)},
               {"addition of two rows", GoodVector().Set(10, 9, 8, 2).Set(6, 15, 8, 2)}});
}

TEST(IllegalCommand, StoreFields) {
  ExpectIllegal({{"rows", GoodStore().Set(4, 15, 0, 0)},
                 {"words", GoodStore().Set(4, 31, 16, 0)},
                 {"head 8", GoodStore().Set(5, 5, 0, 8)},
                 {"tail 0", GoodStore().Set(5, 21, 16, 0)},
                 {"tail 9", GoodStore().Set(5, 21, 16, 9)}});
  ExpectLegal({{"head 7", GoodStore().Set(5, 5, 0, 7)}, {"tail 1", GoodStore().Set(5, 21, 16, 1)}});
}

TEST(IllegalCommand, HasNoEffectAndCommandsBehindItNeither) {
  Machine machine;
  const std::uint32_t before = machine.Put(std::vector<std::uint8_t>(8, 0xAA));
  const std::uint32_t behind = machine.Put(std::vector<std::uint8_t>(8, 0xAA));
  EXPECT_EQ(machine.Run({Stamp(before), Stamp(before + 4), Stamp(behind)}), ErrorOf(1, 0));
  EXPECT_EQ(machine.Get(behind, 8), std::vector<std::uint8_t>(8, 0xAA));
}

// Buffers of the small device: 256 words a group, 512 weight words, 256 output words,
// 8 entries of 64 bytes.
void ExpectRangeError(const TestCommand& command, std::uint32_t unit, std::uint32_t address) {
  Machine machine;
  EXPECT_EQ(machine.Run({Stamp(0), command}), ErrorOf(7, unit));
  EXPECT_EQ(machine.ErrorCommand(), 1U);
  EXPECT_EQ(machine.ErrorAddress(), address);
}

TEST(BufferRange, Load) {
  ExpectLegal({{"last word", GoodLoad().Set(8, 15, 0, 255)},
               {"last word of weights", GoodWeightLoad().Set(8, 15, 0, 511)},
               {"last word of parameters", GoodParameterLoad().Set(8, 15, 0, 63)}});
  ExpectRangeError(GoodLoad().Set(8, 15, 0, 256), 1, 2048);
  ExpectRangeError(GoodLoad().Set(8, 15, 0, 255).Set(6, 31, 16, 1), 1, 2048);
  ExpectRangeError(GoodLoad().Set(4, 15, 0, 3).Set(8, 31, 16, 300), 1, 2400);
  ExpectRangeError(GoodWeightLoad().Set(8, 15, 0, 512), 1, 4096);
  ExpectRangeError(GoodParameterLoad().Set(8, 15, 0, 64), 1, 512);
}

TEST(BufferRange, Conv) {
  ExpectLegal({{"last byte", GoodConv().Set(3, 23, 0, 2047)},
               {"last weight word", GoodConv().Set(11, 15, 0, 511)},
               {"last output byte", GoodConv().Set(12, 23, 0, 2047)},
               {"last entry", GoodConv().Set(14, 15, 0, 7)}});
  ExpectRangeError(GoodConv().Set(3, 23, 0, 2048), 2, 2048);
  ExpectRangeError(GoodConv().Set(3, 23, 0, 2047).Set(5, 15, 0, 2), 2, 2047);
  ExpectRangeError(GoodConv().Set(11, 15, 0, 512), 2, 4096);
  ExpectRangeError(GoodConv().Set(12, 23, 0, 2048), 3, 2048);
  ExpectRangeError(GoodConv().Set(12, 23, 0, 2046).Set(10, 7, 0, 8), 3, 2046);
  ExpectRangeError(GoodConv().Set(14, 15, 0, 8), 3, 512);
}

TEST(BufferRange, Vector) {
  ExpectLegal({{"last byte", GoodVector().Set(3, 23, 0, 2047)},
               {"last output byte", GoodVector().Set(12, 23, 0, 2047)}});
  ExpectRangeError(GoodVector().Set(3, 23, 0, 2047).Set(10, 7, 0, 2), 2, 2047);
  ExpectRangeError(GoodVector().Set(12, 23, 0, 2047).Set(10, 7, 0, 2), 3, 2047);
  ExpectRangeError(GoodVector().Set(14, 15, 0, 8), 3, 512);
  ExpectRangeError(GoodVector().Set(14, 15, 0, 7).Set(10, 9, 8, 2).Set(6, 7, 0, 2), 3, 512);
}

TEST(BufferRange, Store) {
  ExpectLegal({{"last word", GoodStore().Set(8, 15, 0, 255)}});
  ExpectRangeError(GoodStore().Set(8, 15, 0, 256), 4, 2048);
  ExpectRangeError(GoodStore().Set(4, 15, 0, 2).Set(8, 31, 16, 300), 4, 2400);
}

TEST(DecodeError, OutsideTheDeviceMemory) {
  Machine machine;
  EXPECT_EQ(machine.Run({GoodLoad().Set(2, 31, 0, kMemoryBytes)}), ErrorOf(3, 1));
  EXPECT_EQ(machine.ErrorAddress(), kMemoryBytes);
  EXPECT_EQ(machine.Run({Stamp(0), GoodStore().Set(2, 31, 0, kMemoryBytes + 8)}), ErrorOf(5, 4));
  EXPECT_EQ(machine.ErrorAddress(), kMemoryBytes + 8);
  EXPECT_EQ(machine.ErrorCommand(), 1U);
  EXPECT_EQ(machine.Run({Stamp(0xFFFFFFF8U)}), ErrorOf(5, 4));
  EXPECT_EQ(machine.ErrorAddress(), 0xFFFFFFF8U);
}

TEST(DecodeError, AtTheWordThatLeavesTheMemory) {
  Machine machine;
  EXPECT_EQ(machine.Run({GoodLoad().Set(2, 31, 0, kMemoryBytes - 8).Set(4, 31, 16, 2)}),
            ErrorOf(3, 1));
  EXPECT_EQ(machine.ErrorAddress(), kMemoryBytes);
}

TEST(DecodeError, OfTheCommandList) {
  Machine machine;
  const TestCommand stamp = Stamp(0);
  machine.device.WriteMemory(kMemoryBytes - 64, stamp.words.data(), 64);
  machine.device.WriteRegister(0x10, kMemoryBytes - 64);
  machine.device.WriteRegister(0x14, 2);
  machine.device.WriteRegister(0x00, 1);
  EXPECT_TRUE(machine.device.RunUntilIdle(1));
  EXPECT_EQ(machine.device.ReadRegister(0x1C), ErrorOf(3, 0));
  EXPECT_EQ(machine.ErrorCommand(), 1U);
  EXPECT_EQ(machine.ErrorAddress(), kMemoryBytes);
}

TEST(NoProgress, IfTheSweepHoldsFewerCodesThanTheTiles) {
  Machine machine;
  EXPECT_EQ(machine.Run({GoodConv().Set(10, 31, 16, 2)}), ErrorOf(6, 2));
}

TEST(Error, LeavesTheDeviceReadyForTheNextJob) {
  Machine machine;
  const std::uint32_t mark = machine.Put(std::vector<std::uint8_t>(8, 0xAA));
  EXPECT_EQ(machine.Run({GoodConv().Set(11, 15, 0, 512)}), ErrorOf(7, 2));
  EXPECT_EQ(machine.device.ReadRegister(0x00), 0xEU);
  EXPECT_EQ(machine.Run({Stamp(mark)}), 0U);
  EXPECT_EQ(machine.Get(mark, 8), std::vector<std::uint8_t>(8, 0));
}

}  // namespace
}  // namespace denseshift::sim
