// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>
#include <vector>

#include <gtest/gtest.h>

#include "tests/sim/functional/machine.h"

namespace denseshift::sim {
namespace {

// A LOAD, compute command or STORE with little effect, to carry tokens.
TestCommand AnyLoad() {
  return Load(kToActivation, 0, 1, 1, 8);
}

TestCommand AnyCompute() {
  TestCommand vector = Command(TestOpcode::kVector);
  vector.Set(6, 7, 0, 1).Set(6, 15, 8, 1).Set(7, 15, 0, 1).Set(7, 31, 16, 1);
  vector.Set(9, 31, 16, 1).Set(10, 7, 0, 1);
  return vector;
}

TestCommand AnyStore() {
  return Stamp(0);
}

TEST(Tokens, EachWaitTakesFromItsCounter) {
  Machine machine;
  EXPECT_EQ(machine.Run({AnyLoad().SignalA(), AnyCompute().WaitA(1)}), 0U);
  EXPECT_EQ(machine.Run({AnyCompute().SignalA(), AnyLoad().WaitA(1)}), 0U);
  EXPECT_EQ(machine.Run({AnyCompute().SignalB(), AnyStore().WaitA(1)}), 0U);
  EXPECT_EQ(machine.Run({AnyStore().SignalA(), AnyCompute().WaitB(1)}), 0U);
  EXPECT_EQ(machine.Run({AnyStore().SignalB(), AnyLoad().WaitB(1)}), 0U);
}

TEST(Tokens, NoOtherSignalSatisfiesAWait) {
  const std::vector<TestCommand> signals = {AnyLoad().SignalA(),
                                            AnyCompute().SignalA(),
                                            AnyCompute().SignalB(),
                                            AnyStore().SignalA(),
                                            AnyStore().SignalB()};
  const std::vector<TestCommand> waits = {AnyCompute().WaitA(1),
                                          AnyLoad().WaitA(1),
                                          AnyStore().WaitA(1),
                                          AnyCompute().WaitB(1),
                                          AnyLoad().WaitB(1)};
  const std::vector<std::uint32_t> unit_of_wait = {2, 1, 4, 2, 1};
  for (std::size_t wait = 0; wait < waits.size(); ++wait) {
    for (std::size_t signal = 0; signal < signals.size(); ++signal) {
      Machine machine;
      const std::uint32_t expected = signal == wait ? 0 : ErrorOf(6, unit_of_wait[wait]);
      EXPECT_EQ(machine.Run({signals[signal], waits[wait]}), expected)
          << "signal " << signal << " wait " << wait;
    }
  }
}

TEST(Tokens, AreTakenAsOftenAsTheyAreGiven) {
  Machine machine;
  EXPECT_EQ(machine.Run({AnyLoad().SignalA(), AnyLoad().SignalA(), AnyCompute().WaitA(2)}), 0U);
  EXPECT_EQ(machine.Run({AnyLoad().SignalA(), AnyCompute().WaitA(2)}), ErrorOf(6, 2));
  EXPECT_EQ(machine.Run({AnyLoad().SignalA(), AnyCompute().WaitA(1), AnyCompute().WaitA(1)}),
            ErrorOf(6, 2));
  EXPECT_EQ(machine.ErrorCommand(), 2U);
}

TEST(Tokens, OfTheSecondWaitAreTakenAsOftenAsTheyAreGiven) {
  Machine machine;
  EXPECT_EQ(machine.Run({AnyStore().SignalB(), AnyLoad().WaitB(1), AnyLoad().WaitB(1)}),
            ErrorOf(6, 1));
  EXPECT_EQ(machine.ErrorCommand(), 2U);
  EXPECT_EQ(machine.Run({AnyStore().SignalA(), AnyCompute().WaitB(1), AnyCompute().WaitB(1)}),
            ErrorOf(6, 2));
}

TEST(Tokens, AnErrorBelongsToTheCommandThatWaitedNotToTheLastHandedOut) {
  Machine machine;
  EXPECT_EQ(machine.Run({AnyLoad().Set(8, 15, 0, 256).WaitB(1), AnyStore(), AnyStore().SignalB()}),
            ErrorOf(7, 1));
  EXPECT_EQ(machine.ErrorCommand(), 0U);
}

TEST(Tokens, OfBothWaitsAreTakenTogether) {
  Machine machine;
  // The first compute command needs both tokens; without the store's it takes none.
  EXPECT_EQ(machine.Run({AnyLoad().SignalA(), AnyCompute().WaitA(1).WaitB(1)}), ErrorOf(6, 2));
  EXPECT_EQ(
      machine.Run({AnyLoad().SignalA(), AnyCompute().WaitA(1).WaitB(1), AnyStore().SignalA()}), 0U);
}

TEST(Tokens, OfOneJobAreGoneInTheNext) {
  Machine machine;
  EXPECT_EQ(machine.Run({AnyLoad().SignalA()}), 0U);
  EXPECT_EQ(machine.Run({AnyCompute().WaitA(1)}), ErrorOf(6, 2));
}

TEST(Tokens, LetALaterCommandOfAnotherUnitGoFirst) {
  Machine machine;
  const std::uint32_t source = machine.Put({1, 2, 3, 4, 5, 6, 7, 8});
  const std::uint32_t target = machine.Put(std::vector<std::uint8_t>(8, 0xAA));
  // The load waits for the stamp, which stands behind it and overwrites its source.
  TestCommand copy = AnyCompute();
  copy.Set(10, 7, 0, 4).Set(10, 9, 8, 1).Set(14, 23, 16, 0x80).Set(14, 31, 24, 0x7F);
  EXPECT_EQ(machine.Run({machine.LoadParameters(std::vector<TestParameterSet>(8)),
                         Load(kToActivation, source, 1, 1, 8).WaitB(1).SignalA(),
                         copy.WaitA(1).SignalB(),
                         Stamp(source).SignalB(),
                         Store(target, 1, 1, 8).WaitA(1)}),
            0U);
  EXPECT_EQ(machine.Get(target, 4), std::vector<std::uint8_t>(4, 0));
}

TEST(Tokens, WithinAUnitCommandsKeepTheirOrder) {
  Machine machine;
  // The second load could go at once, but stands behind one that waits for ever.
  const std::uint32_t source = machine.Put(std::vector<std::uint8_t>(8, 7));
  EXPECT_EQ(machine.Run({AnyLoad().WaitA(1),
                         Load(kToActivation, source, 1, 1, 8).SignalA(),
                         AnyCompute().WaitA(1)}),
            ErrorOf(6, 1));
  EXPECT_EQ(machine.ErrorCommand(), 0U);
}

TEST(Tokens, DeadlockNamesTheLowestUnitAndItsCommand) {
  Machine machine;
  EXPECT_EQ(machine.Run({AnyStore().WaitA(1), AnyCompute().WaitA(1)}), ErrorOf(6, 2));
  EXPECT_EQ(machine.ErrorCommand(), 1U);
  EXPECT_EQ(machine.ErrorAddress(), 0U);
  EXPECT_EQ(machine.Run({AnyLoad(), AnyStore().WaitA(1)}), ErrorOf(6, 4));
  EXPECT_EQ(machine.ErrorCommand(), 1U);
}

TEST(Tokens, OverflowAboveTwoHundredFiftyFive) {
  struct Overflow {
    TestCommand command;
    std::uint32_t unit;
  };

  for (const Overflow& overflow : {Overflow{AnyLoad().SignalA(), 1},
                                   {AnyCompute().SignalA(), 2},
                                   {AnyCompute().SignalB(), 3},
                                   {AnyStore().SignalA(), 4},
                                   {AnyStore().SignalB(), 4}}) {
    Machine machine;
    std::vector<TestCommand> list(255, overflow.command);
    EXPECT_EQ(machine.Run(list), 0U);
    list.push_back(overflow.command);
    EXPECT_EQ(machine.Run(list), ErrorOf(8, overflow.unit));
    EXPECT_EQ(machine.ErrorCommand(), 255U);
  }
}

}  // namespace
}  // namespace denseshift::sim
