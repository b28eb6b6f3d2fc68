// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_MEMORY_AXI_PINS_H_
#define DENSESHIFT_SIM_MEMORY_AXI_PINS_H_

#include <cstdint>

// The pins of one AXI4 bus as plain data, shared by memory model and Verilated modules. Data fields
// have room for the widest bus; a narrower one uses the first BusBytes bytes.
namespace denseshift::sim {

constexpr int kMaxBusBytes = 32;

// What the master drives.
struct AxiMasterPins {
  std::uint8_t wdata[kMaxBusBytes] = {};
  std::uint32_t araddr = 0;
  std::uint32_t awaddr = 0;
  std::uint32_t wstrb = 0;
  std::uint8_t arvalid = 0;
  std::uint8_t arid = 0;
  std::uint8_t arlen = 0;    // beats - 1
  std::uint8_t arsize = 0;   // log2(bytes of a beat)
  std::uint8_t arburst = 0;  // 1: INCR
  std::uint8_t rready = 0;
  std::uint8_t awvalid = 0;
  std::uint8_t awid = 0;
  std::uint8_t awlen = 0;
  std::uint8_t awsize = 0;
  std::uint8_t awburst = 0;
  std::uint8_t wvalid = 0;
  std::uint8_t wlast = 0;
  std::uint8_t bready = 0;
};

// What the memory drives.
struct AxiMemoryPins {
  std::uint8_t rdata[kMaxBusBytes] = {};
  std::uint8_t arready = 0;
  std::uint8_t rvalid = 0;
  std::uint8_t rid = 0;
  std::uint8_t rresp = 0;
  std::uint8_t rlast = 0;
  std::uint8_t awready = 0;
  std::uint8_t wready = 0;
  std::uint8_t bvalid = 0;
  std::uint8_t bid = 0;
  std::uint8_t bresp = 0;
};

}  // namespace denseshift::sim

#endif  // DENSESHIFT_SIM_MEMORY_AXI_PINS_H_
