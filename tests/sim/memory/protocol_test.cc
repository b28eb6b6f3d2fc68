// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include <functional>
#include <stdexcept>
#include <string>

#include <gtest/gtest.h>

#include "sim/memory/axi_memory.h"

namespace denseshift::sim {
namespace {

MemoryParameters Parameters() {
  MemoryParameters p;
  p.bus_bytes = 8;
  p.bytes = 65536;
  p.max_outstanding_reads = 1;
  p.max_outstanding_writes = 1;
  return p;
}

AxiMasterPins LegalAddresses() {
  AxiMasterPins m;
  m.arvalid = m.awvalid = 1;
  m.araddr = m.awaddr = 0xF00;
  m.arlen = m.awlen = 31;
  m.arsize = m.awsize = 3;
  m.arburst = m.awburst = 1;
  return m;
}

// What the memory says to pins in cycle 3, or "" if nothing.
std::string Complaint(AxiMemory& memory, const AxiMasterPins& pins) {
  try {
    memory.Step(pins);
    return "";
  } catch (const std::runtime_error& e) {
    return e.what();
  }
}

std::string AddressComplaint(const std::function<void(AxiMasterPins&)>& change) {
  AxiMemory memory(Parameters());
  for (int i = 0; i < 3; ++i)
    memory.Step({});
  AxiMasterPins pins = LegalAddresses();
  change(pins);
  return Complaint(memory, pins);
}

TEST(AxiProtocol, ChecksEveryRuleOfAddresses) {
  const std::string start = "AXI protocol violation in cycle 3, channel ";
  EXPECT_EQ(AddressComplaint([](AxiMasterPins&) {}), "");
  EXPECT_EQ(AddressComplaint([](AxiMasterPins& m) { m.arburst = 2; }),
            start + "AR: burst type is 2, must be 1 (INCR)");
  EXPECT_EQ(AddressComplaint([](AxiMasterPins& m) { m.awsize = 2; }),
            start + "AW: size is 2 (4 bytes), a beat must be the whole bus of 8 bytes");
  EXPECT_EQ(AddressComplaint([](AxiMasterPins& m) { m.araddr = 0xF04; }),
            start + "AR: address 0xf04 is not a multiple of 8 bytes");
  EXPECT_EQ(AddressComplaint([](AxiMasterPins& m) { m.awlen = 32; }),
            start + "AW: burst of 33 beats, the longest allowed is 32");
  EXPECT_EQ(AddressComplaint([](AxiMasterPins& m) { m.araddr = 0xF08; }),
            start + "AR: burst of 32 beats from 0xf08 crosses a 4 KiB boundary");
}

// The memory takes one burst of each direction and no second one, so these pins wait.
std::string WaitingComplaint(const std::function<void(AxiMasterPins&)>& change) {
  AxiMemory memory(Parameters());
  memory.AddFault({Direction::kWrite, FaultKind::kNoData});
  memory.Step(LegalAddresses());
  AxiMasterPins pins = LegalAddresses();
  pins.wvalid = 1;
  pins.wstrb = 0xFF;
  memory.Step(pins);
  memory.Step(pins);
  change(pins);
  return Complaint(memory, pins);
}

TEST(AxiProtocol, ChecksThatWaitingChannelsHold) {
  const std::string start = "AXI protocol violation in cycle 3, channel ";
  const std::string dropped = ": valid fell before ready came";
  const std::string changed = ": payload changed while valid waited for ready";
  EXPECT_EQ(WaitingComplaint([](AxiMasterPins&) {}), "");
  EXPECT_EQ(WaitingComplaint([](AxiMasterPins& m) { m.arvalid = 0; }), start + "AR" + dropped);
  EXPECT_EQ(WaitingComplaint([](AxiMasterPins& m) { m.awvalid = 0; }), start + "AW" + dropped);
  EXPECT_EQ(WaitingComplaint([](AxiMasterPins& m) { m.wvalid = 0; }), start + "W" + dropped);
  EXPECT_EQ(WaitingComplaint([](AxiMasterPins& m) { m.araddr += 8; }), start + "AR" + changed);
  EXPECT_EQ(WaitingComplaint([](AxiMasterPins& m) { m.arlen = 1; }), start + "AR" + changed);
  EXPECT_EQ(WaitingComplaint([](AxiMasterPins& m) { m.arid = 1; }), start + "AR" + changed);
  EXPECT_EQ(WaitingComplaint([](AxiMasterPins& m) { m.awaddr += 8; }), start + "AW" + changed);
  EXPECT_EQ(WaitingComplaint([](AxiMasterPins& m) { m.awsize = 2; }), start + "AW" + changed);
  EXPECT_EQ(WaitingComplaint([](AxiMasterPins& m) { m.awburst = 0; }), start + "AW" + changed);
  EXPECT_EQ(WaitingComplaint([](AxiMasterPins& m) { m.wdata[7] = 1; }), start + "W" + changed);
  EXPECT_EQ(WaitingComplaint([](AxiMasterPins& m) { m.wstrb = 1; }), start + "W" + changed);
  EXPECT_EQ(WaitingComplaint([](AxiMasterPins& m) { m.wlast = 1; }), start + "W" + changed);
}

TEST(AxiProtocol, ChecksLastAndStrobesOfWriteData) {
  const auto complaint = [](int beats, bool last, std::uint32_t strobes) {
    AxiMemory memory(Parameters());
    AxiMasterPins pins = LegalAddresses();
    pins.arvalid = 0;
    pins.awlen = static_cast<std::uint8_t>(beats - 1);
    memory.Step(pins);
    pins.awvalid = 0;
    pins.wvalid = 1;
    pins.wlast = last ? 1 : 0;
    pins.wstrb = strobes;
    return Complaint(memory, pins);
  };
  const std::string start = "AXI protocol violation in cycle 1, channel W: ";
  EXPECT_EQ(complaint(1, true, 0xFF), "");
  EXPECT_EQ(complaint(2, false, 0xFF), "");
  EXPECT_EQ(complaint(1, false, 0xFF), start + "WLAST is 0 on the last beat of the burst");
  EXPECT_EQ(complaint(2, true, 0xFF), start + "WLAST is 1 before the last beat of the burst");
  EXPECT_EQ(complaint(1, true, 0x100), start + "a strobe is set beyond the bus width");
}

}  // namespace
}  // namespace denseshift::sim
