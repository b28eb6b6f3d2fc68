// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>
#include <stdexcept>
#include <vector>

#include <gtest/gtest.h>

#include "tests/sim/functional/machine.h"

namespace denseshift::sim {
namespace {

constexpr std::uint32_t kControl = 0x00;
constexpr std::uint32_t kGlobalEnable = 0x04;
constexpr std::uint32_t kEnable = 0x08;
constexpr std::uint32_t kStatus = 0x0C;
constexpr std::uint32_t kAddress = 0x10;
constexpr std::uint32_t kCount = 0x14;
constexpr std::uint32_t kWatchdog = 0x18;
constexpr std::uint32_t kIdle = 4;
constexpr std::uint32_t kDoneReadyIdle = 0xE;

TEST(Registers, HaveTheirResetValues) {
  Machine machine;
  EXPECT_EQ(machine.device.ReadRegister(kControl), kIdle);
  for (const std::uint32_t offset : {0x04U, 0x08U, 0x0CU, 0x10U, 0x14U, 0x1CU, 0x20U, 0x24U}) {
    EXPECT_EQ(machine.device.ReadRegister(offset), 0U) << "offset " << offset;
  }
  EXPECT_EQ(machine.device.ReadRegister(kWatchdog), 100000U);
  EXPECT_FALSE(machine.device.Irq());
}

TEST(Registers, ShowIdentityAndCapabilities) {
  Machine machine;
  EXPECT_EQ(machine.device.ReadRegister(0x40), 0x54465344U);
  EXPECT_EQ(machine.device.ReadRegister(0x44), 0x00010001U);
  EXPECT_EQ(machine.device.ReadRegister(0x48), 4U | 8U << 8 | 4U << 16 | 1U << 20 | 24U << 24);
  EXPECT_EQ(machine.device.ReadRegister(0x4C), 8U | 16U << 16);
  EXPECT_EQ(machine.device.ReadRegister(0x50), 4096U);
  EXPECT_EQ(machine.device.ReadRegister(0x54), 4096U);
  EXPECT_EQ(machine.device.ReadRegister(0x58), 2048U);
  EXPECT_EQ(machine.device.ReadRegister(0x5C), 8U);
}

TEST(Registers, KeepOnlyTheirOwnBits) {
  Machine machine;
  for (const std::uint32_t offset : {kGlobalEnable, kEnable, kAddress, kCount, kWatchdog}) {
    machine.device.WriteRegister(offset, 0xFFFFFFFFU);
  }
  EXPECT_EQ(machine.device.ReadRegister(kGlobalEnable), 1U);
  EXPECT_EQ(machine.device.ReadRegister(kEnable), 3U);
  EXPECT_EQ(machine.device.ReadRegister(kAddress), 0xFFFFFFFFU);
  EXPECT_EQ(machine.device.ReadRegister(kCount), 0xFFFFFFFFU);
  EXPECT_EQ(machine.device.ReadRegister(kWatchdog), 0xFFFFFFFFU);
}

TEST(Registers, IgnoreWritesToReadOnlyAndUnlistedOffsets) {
  Machine machine;
  for (std::uint32_t offset = 0x1C; offset < 0x1000; offset += 4) {
    const std::uint32_t before = machine.device.ReadRegister(offset);
    machine.device.WriteRegister(offset, ~before);
    ASSERT_EQ(machine.device.ReadRegister(offset), before) << "offset " << offset;
  }
  EXPECT_EQ(machine.device.ReadRegister(0x60), 0U);
  EXPECT_EQ(machine.device.ReadRegister(0xFFC), 0U);
}

TEST(Registers, RefuseOffsetsOutsideTheMap) {
  Machine machine;
  EXPECT_THROW((void)machine.device.ReadRegister(2), std::out_of_range);
  EXPECT_THROW((void)machine.device.ReadRegister(0x1000), std::out_of_range);
  EXPECT_THROW(machine.device.WriteRegister(1, 0), std::out_of_range);
  EXPECT_THROW(machine.device.WriteRegister(0x1000, 0), std::out_of_range);
}

TEST(Registers, ControlFollowsAJobAndClearsDoneOnRead) {
  Machine machine;
  EXPECT_TRUE(machine.device.RunUntilIdle(1));
  machine.device.WriteRegister(kControl, 1);
  EXPECT_EQ(machine.device.ReadRegister(kControl), 1U);
  EXPECT_FALSE(machine.device.RunUntilIdle(0));
  EXPECT_EQ(machine.device.ReadRegister(kControl), 1U);
  EXPECT_TRUE(machine.device.RunUntilIdle(1));
  EXPECT_EQ(machine.device.ReadRegister(kControl), kDoneReadyIdle);
  EXPECT_EQ(machine.device.ReadRegister(kControl), kIdle);
}

TEST(Registers, WritingOtherControlBitsStartsNothing) {
  Machine machine;
  machine.device.WriteRegister(kControl, ~1U);
  EXPECT_EQ(machine.device.ReadRegister(kControl), kIdle);
}

TEST(Registers, StatusIsSetOnlyForEnabledInterruptsAndTogglesOnWrite) {
  Machine machine;
  EXPECT_EQ(machine.Run({}), 0U);
  EXPECT_EQ(machine.device.ReadRegister(kStatus), 0U);
  machine.device.WriteRegister(kEnable, 2);
  machine.Run({});
  EXPECT_EQ(machine.device.ReadRegister(kStatus), 2U);
  machine.device.WriteRegister(kStatus, 3);
  EXPECT_EQ(machine.device.ReadRegister(kStatus), 1U);
  machine.device.WriteRegister(kStatus, 1);
  EXPECT_EQ(machine.device.ReadRegister(kStatus), 0U);
  machine.device.WriteRegister(kEnable, 3);
  machine.Run({});
  EXPECT_EQ(machine.device.ReadRegister(kStatus), 3U);
}

TEST(Registers, InterruptNeedsGlobalEnableAndEnabledStatus) {
  Machine machine;
  machine.device.WriteRegister(kEnable, 1);
  machine.Run({});
  EXPECT_FALSE(machine.device.Irq());
  machine.device.WriteRegister(kGlobalEnable, 1);
  EXPECT_TRUE(machine.device.Irq());
  machine.device.WriteRegister(kEnable, 2);
  EXPECT_FALSE(machine.device.Irq());
  machine.device.WriteRegister(kEnable, 1);
  machine.device.WriteRegister(kStatus, 1);
  EXPECT_FALSE(machine.device.Irq());
}

TEST(Registers, ListAddressAndCountAreSampledAtStart) {
  Machine machine;
  const std::uint32_t mark = machine.Put(std::vector<std::uint8_t>(8, 0xAA));
  const TestCommand stamp = Stamp(mark);
  machine.device.WriteMemory(0x1000, stamp.words.data(), 64);
  machine.device.WriteRegister(kAddress, 0x1000);
  machine.device.WriteRegister(kCount, 1);
  machine.device.WriteRegister(kControl, 1);
  machine.device.WriteRegister(kAddress, 0x2000);
  machine.device.WriteRegister(kCount, 0);
  machine.device.WriteRegister(kControl, 1);  // ignored while the job runs
  EXPECT_TRUE(machine.device.RunUntilIdle(1));
  EXPECT_EQ(machine.Get(mark, 8), std::vector<std::uint8_t>(8, 0));
  EXPECT_EQ(machine.device.ReadRegister(kAddress), 0x2000U);
}

TEST(Registers, TheNextStartClearsTheError) {
  Machine machine;
  EXPECT_EQ(machine.Run({Stamp(0), Stamp(1)}), ErrorOf(1, 0));
  EXPECT_EQ(machine.ErrorCommand(), 1U);
  machine.device.WriteRegister(kCount, 0);
  machine.device.WriteRegister(kControl, 1);
  EXPECT_EQ(machine.device.ReadRegister(0x1C), 0U);
  EXPECT_EQ(machine.ErrorCommand(), 0U);
}

TEST(Registers, CyclesAndCountersStayZero) {
  Machine machine;
  machine.Run({Stamp(0)});
  EXPECT_EQ(machine.device.Cycles(), 0U);
  EXPECT_EQ(machine.device.ReadRegister(0x28), 0U);
  EXPECT_EQ(machine.device.ReadRegister(0x2C), 0U);
  for (std::uint32_t offset = 0x80; offset < 0x120; offset += 4) {
    EXPECT_EQ(machine.device.ReadRegister(offset), 0U);
  }
}

TEST(Memory, StartsAsZerosAndKeepsWhatIsWritten) {
  Machine machine;
  EXPECT_EQ(machine.device.MemoryBytes(), kMemoryBytes);
  EXPECT_EQ(machine.Get(kMemoryBytes - 3, 3), std::vector<std::uint8_t>(3, 0));
  const std::vector<std::uint8_t> data = {1, 2, 3};
  machine.device.WriteMemory(kMemoryBytes - 3, data.data(), 3);
  EXPECT_EQ(machine.Get(kMemoryBytes - 3, 3), data);
}

TEST(Memory, RefusesAccessesOutside) {
  Machine machine;
  std::uint8_t byte = 0;
  EXPECT_THROW(machine.device.ReadMemory(kMemoryBytes, &byte, 1), std::out_of_range);
  EXPECT_THROW(machine.device.WriteMemory(kMemoryBytes - 1, &byte, 2), std::out_of_range);
  EXPECT_THROW(machine.device.ReadMemory(~std::uint64_t{0}, &byte, 2), std::out_of_range);
  EXPECT_NO_THROW(machine.device.ReadMemory(kMemoryBytes, &byte, 0));
}

TEST(FunctionalDevice, RefusesMemoryThatIsNotWholeWords) {
  EXPECT_THROW(FunctionalDevice(SmallParameters(), 0), std::invalid_argument);
  EXPECT_THROW(FunctionalDevice(SmallParameters(), 12), std::invalid_argument);
}

}  // namespace
}  // namespace denseshift::sim
