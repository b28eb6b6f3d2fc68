// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "golden/cycle/accelerator.h"

#include <cstring>
#include <set>
#include <string>

#include <gtest/gtest.h>

#include "tests/golden/cycle/commands.h"

namespace denseshift::golden::cycle {
namespace {

class CycleAccelerator : public ::testing::Test {
 protected:
  void Write(std::uint32_t offset, std::uint32_t value) {
    in_.host.awvalid = in_.host.wvalid = in_.host.bready = true;
    in_.host.awaddr = offset;
    in_.host.wdata = value;
    in_.host.wstrb = 15;
    accelerator_.Step(in_);
    in_.host = {};
    in_.host.bready = true;
    accelerator_.Step(in_);
    accelerator_.Step(in_);
  }

  std::uint32_t Read(std::uint32_t offset) {
    in_.host.arvalid = in_.host.rready = true;
    in_.host.araddr = offset;
    accelerator_.Step(in_);
    in_.host.arvalid = false;
    accelerator_.Step(in_);
    const std::uint32_t value = accelerator_.host().rdata;
    accelerator_.Step(in_);
    return value;
  }

  Accelerator accelerator_{testing::SmallParameters()};
  InputPins in_;
};

TEST_F(CycleAccelerator, AJobWithoutCommandsTakesOneCycle) {
  Write(0x00, 1);
  EXPECT_EQ(Read(0x28), 1U);
  EXPECT_EQ(Read(0x00), 14U);
  EXPECT_EQ(Read(0x1C), 0U);
}

TEST_F(CycleAccelerator, ABusThatAcceptsNothingEndsStuck) {
  Write(0x14, 1);
  Write(0x18, 20);
  Write(0x00, 1);
  for (int i = 0; i < 100; ++i)
    accelerator_.Step(in_);
  EXPECT_TRUE(accelerator_.bus().arvalid);
  EXPECT_EQ(Read(0x1C), 6U);
  EXPECT_EQ(Read(0x00), 14U);
  accelerator_.Reset();
  EXPECT_FALSE(accelerator_.bus().arvalid);
  EXPECT_EQ(Read(0x1C), 0U);
}

// Nothing is accepted after the first chunk's address: the second chunk's waits, and so does the
// first LOAD's behind it.
TEST_F(CycleAccelerator, TheSequencersAddressGoesBeforeTheLoadUnits) {
  Write(0x14, 8);
  Write(0x18, 1000);
  Write(0x00, 1);
  while (!accelerator_.bus().arvalid)
    accelerator_.Step(in_);
  in_.bus.arready = true;
  accelerator_.Step(in_);
  in_.bus.arready = false;
  const Command command = testing::LoadRows(0x800, 1, 2, 0);
  in_.bus.rvalid = true;
  for (std::size_t word = 0; word < command.words.size(); word += 2) {
    std::memcpy(in_.bus.rdata, &command.words[word], 8);
    accelerator_.Step(in_);
  }
  in_.bus.rvalid = false;
  for (int i = 0; i < 10; ++i)
    accelerator_.Step(in_);
  EXPECT_TRUE(accelerator_.bus().arvalid);
  EXPECT_EQ(accelerator_.bus().arid, 0);
  EXPECT_EQ(accelerator_.bus().araddr, 0x100U);
  in_.bus.arready = true;
  accelerator_.Step(in_);
  EXPECT_TRUE(accelerator_.bus().arvalid);
  EXPECT_EQ(accelerator_.bus().arid, 1);
  EXPECT_EQ(accelerator_.bus().araddr, 0x800U);
  accelerator_.Step(in_);
  EXPECT_FALSE(accelerator_.bus().arvalid);
}

TEST(CycleAcceleratorState, EveryNameIsListedOnceWithItsLayout) {
  for (const std::uint32_t bus_bytes : {8U, 16U, 32U}) {
    for (const std::uint32_t size : {4U, 16U, 64U}) {
      Parameters p;
      p.lanes = p.columns = size;
      p.bus_bytes = bus_bytes;
      const Accelerator accelerator(p);
      std::set<std::string> names;
      for (const StateItem& item : accelerator.ListState()) {
        EXPECT_TRUE(names.insert(item.name).second) << item.name;
        EXPECT_NE(item.data, nullptr) << item.name;
        EXPECT_GT(item.bits, 0U) << item.name;
        EXPECT_GT(item.items, 0U) << item.name;
      }
      EXPECT_GT(names.size(), 200U);
    }
  }
}

}  // namespace
}  // namespace denseshift::golden::cycle
