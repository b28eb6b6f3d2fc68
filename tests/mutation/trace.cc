// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "tests/mutation/trace.h"

#include <cstring>

namespace denseshift::testing {

namespace {

const char* ReadDifference(const sim::AxiMasterPins& expected, const sim::AxiMasterPins& actual) {
  if (expected.arvalid != actual.arvalid)
    return "arvalid";
  if (expected.arvalid != 0) {
    if (expected.araddr != actual.araddr)
      return "araddr";
    if (expected.arid != actual.arid)
      return "arid";
    if (expected.arlen != actual.arlen)
      return "arlen";
    if (expected.arsize != actual.arsize)
      return "arsize";
    if (expected.arburst != actual.arburst)
      return "arburst";
  }
  return expected.rready == actual.rready ? nullptr : "rready";
}

const char* WriteDifference(const sim::AxiMasterPins& expected,
                            const sim::AxiMasterPins& actual,
                            int bus_bytes) {
  if (expected.awvalid != actual.awvalid)
    return "awvalid";
  if (expected.awvalid != 0) {
    if (expected.awaddr != actual.awaddr)
      return "awaddr";
    if (expected.awid != actual.awid)
      return "awid";
    if (expected.awlen != actual.awlen)
      return "awlen";
    if (expected.awsize != actual.awsize)
      return "awsize";
    if (expected.awburst != actual.awburst)
      return "awburst";
  }
  if (expected.wvalid != actual.wvalid)
    return "wvalid";
  if (expected.wvalid != 0) {
    if (std::memcmp(expected.wdata, actual.wdata, static_cast<std::size_t>(bus_bytes)) != 0)
      return "wdata";
    if (expected.wstrb != actual.wstrb)
      return "wstrb";
    if (expected.wlast != actual.wlast)
      return "wlast";
  }
  return expected.bready == actual.bready ? nullptr : "bready";
}

const char* HostDifference(const sim::DevicePins& expected, const sim::DevicePins& actual) {
  if (expected.awready != actual.awready)
    return "s_axil_awready";
  if (expected.wready != actual.wready)
    return "s_axil_wready";
  if (expected.bvalid != actual.bvalid)
    return "s_axil_bvalid";
  if (expected.bvalid != 0 && expected.bresp != actual.bresp)
    return "s_axil_bresp";
  if (expected.arready != actual.arready)
    return "s_axil_arready";
  if (expected.rvalid != actual.rvalid)
    return "s_axil_rvalid";
  if (expected.rvalid != 0 && expected.rdata != actual.rdata)
    return "s_axil_rdata";
  if (expected.rvalid != 0 && expected.rresp != actual.rresp)
    return "s_axil_rresp";
  return expected.irq == actual.irq ? nullptr : "irq";
}

}  // namespace

const char* FirstDifference(const sim::DevicePins& expected,
                            const sim::DevicePins& actual,
                            int bus_bytes) {
  if (const char* pin = ReadDifference(expected.axi, actual.axi))
    return pin;
  if (const char* pin = WriteDifference(expected.axi, actual.axi, bus_bytes))
    return pin;
  return HostDifference(expected, actual);
}

}  // namespace denseshift::testing
