// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "golden/cycle/registers.h"

#include <gtest/gtest.h>

#include "tests/golden/cycle/commands.h"

namespace denseshift::golden::cycle {
namespace {

class CycleRegisters : public ::testing::Test {
 protected:
  // One cycle; shows the outputs of the next.
  void Step(const HostInputs& host, bool done = false) {
    registers_.Begin(job_, counters_);
    requests_start_ = registers_.RequestsStart(job_);
    registers_.Step(host, requests_start_, done);
    registers_.ShowOutputs(out_);
  }

  void Write(std::uint32_t offset, std::uint32_t value, std::uint8_t strobes = 15) {
    HostInputs host;
    host.awvalid = host.wvalid = true;
    host.awaddr = offset;
    host.wdata = value;
    host.wstrb = strobes;
    Step(host);
    EXPECT_FALSE(out_.awready);
    EXPECT_FALSE(out_.bvalid);
    Step({});  // writes
    EXPECT_TRUE(out_.bvalid);
    EXPECT_TRUE(out_.awready);
    HostInputs answer;
    answer.bready = true;
    Step(answer);
    EXPECT_FALSE(out_.bvalid);
  }

  std::uint32_t Read(std::uint32_t offset) {
    HostInputs host;
    host.arvalid = true;
    host.araddr = offset;
    Step(host);
    EXPECT_FALSE(out_.arready);
    EXPECT_FALSE(out_.rvalid);
    Step({});
    EXPECT_TRUE(out_.rvalid);
    const std::uint32_t data = out_.rdata;
    HostInputs answer;
    answer.rready = true;
    Step(answer);
    EXPECT_FALSE(out_.rvalid);
    EXPECT_TRUE(out_.arready);
    return data;
  }

  Registers registers_{testing::SmallParameters()};
  Job job_;
  Counters counters_;
  HostOutputs out_;
  bool requests_start_ = false;
};

TEST_F(CycleRegisters, HoldWhatIsWrittenByteByByte) {
  Write(0x10, 0x12345678);
  EXPECT_EQ(Read(0x10), 0x12345678U);
  Write(0x10, 0xAABBCCDD, 5);
  EXPECT_EQ(Read(0x10), 0x12BB56DDU);
  EXPECT_EQ(registers_.list_address(), 0x12BB56DDU);
}

TEST_F(CycleRegisters, ShowWhatTheBuildIs) {
  EXPECT_EQ(Read(0x00), 4U);
  EXPECT_EQ(Read(0x18), 100000U);
  EXPECT_EQ(Read(0x40), 0x54465344U);
  EXPECT_EQ(Read(0x48), 0x20140404U);
  EXPECT_EQ(Read(0x4C), 0x00100008U);
  EXPECT_EQ(Read(0x30), 0U);
}

TEST_F(CycleRegisters, AStartIsRequestedInTheCycleOfTheWrite) {
  HostInputs host;
  host.awvalid = host.wvalid = true;
  host.wdata = 1;
  host.wstrb = 1;
  Step(host);
  EXPECT_FALSE(requests_start_);
  Step({});
  EXPECT_TRUE(requests_start_);
  Step({});
  EXPECT_FALSE(requests_start_);
}

TEST_F(CycleRegisters, TheEndOfAJobInterruptsUntilItIsToggledOff) {
  Write(0x04, 1);
  Write(0x08, 1);
  EXPECT_FALSE(out_.irq);
  Step({}, true);
  EXPECT_TRUE(out_.irq);
  EXPECT_EQ(Read(0x0C), 1U);
  EXPECT_EQ(Read(0x00), 14U);
  EXPECT_EQ(Read(0x00), 4U);  // reading clears done and ready
  Write(0x0C, 1);
  EXPECT_FALSE(out_.irq);
}

}  // namespace
}  // namespace denseshift::golden::cycle
