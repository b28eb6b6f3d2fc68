// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_GOLDEN_CYCLE_PINS_H_
#define DENSESHIFT_GOLDEN_CYCLE_PINS_H_

#include <cstdint>

#include "golden/cycle/parameters.h"

// The pins of the accelerator as plain data; docs/architecture.md "Ports of ds_top". Data fields
// have room for the widest bus; a narrower one uses the first BusBytes bytes.
namespace denseshift::golden::cycle {

// What the memory drives on the AXI4 master port.
struct BusInputs {
  std::uint8_t rdata[kMaxBusBytes] = {};
  bool arready = false;
  bool rvalid = false;
  std::uint8_t rid = 0;
  std::uint8_t rresp = 0;
  bool rlast = false;
  bool awready = false;
  bool wready = false;
  bool bvalid = false;
  std::uint8_t bresp = 0;
};

// What the host drives on the AXI4-Lite slave port.
struct HostInputs {
  std::uint32_t awaddr = 0;
  std::uint32_t wdata = 0;
  std::uint32_t araddr = 0;
  std::uint8_t wstrb = 0;
  bool awvalid = false;
  bool wvalid = false;
  bool bready = false;
  bool arvalid = false;
  bool rready = false;
};

struct InputPins {
  BusInputs bus;
  HostInputs host;
};

// What the accelerator drives on the AXI4 master port. Burst type, sizes and write ID never change.
struct BusOutputs {
  std::uint8_t wdata[kMaxBusBytes] = {};
  std::uint32_t araddr = 0;
  std::uint32_t awaddr = 0;
  std::uint32_t wstrb = 0;
  std::uint8_t arid = 0;
  std::uint8_t arlen = 0;
  std::uint8_t awlen = 0;
  bool arvalid = false;
  bool rready = false;
  bool awvalid = false;
  bool wvalid = false;
  bool wlast = false;
};

// What it drives on the AXI4-Lite slave port; all responses are OKAY.
struct HostOutputs {
  std::uint32_t rdata = 0;
  bool awready = false;
  bool wready = false;
  bool bvalid = false;
  bool arready = false;
  bool rvalid = false;
  bool irq = false;
};

}  // namespace denseshift::golden::cycle

#endif  // DENSESHIFT_GOLDEN_CYCLE_PINS_H_
