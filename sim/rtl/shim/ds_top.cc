// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0
//
// Connects a Verilated ds_top to the structs of abi.h. Compiled when a model is built.

#include <cstring>

#include "sim/rtl/shim/abi.h"
#include "sim/rtl/shim/state_list.h"
#include "sim/rtl/shim/verilated_model.h"

namespace denseshift::sim {

namespace {

struct Accelerator : VerilatedModel {
  explicit Accelerator(std::uint32_t seed)
      : VerilatedModel(seed), states(ListState(*(**this).rootp)) {}

  std::vector<StateEntry> states;
};

Accelerator& Model(void* model) {
  return *static_cast<Accelerator*>(model);
}

void Drive(Vds_model___024root& top, const HostPins& host) {
  top.rst_ni = host.rst_n;
  top.s_axil_awaddr_i = static_cast<SData>(host.awaddr);
  top.s_axil_awvalid_i = host.awvalid;
  top.s_axil_wdata_i = host.wdata;
  top.s_axil_wstrb_i = host.wstrb;
  top.s_axil_wvalid_i = host.wvalid;
  top.s_axil_bready_i = host.bready;
  top.s_axil_araddr_i = static_cast<SData>(host.araddr);
  top.s_axil_arvalid_i = host.arvalid;
  top.s_axil_rready_i = host.rready;
}

void Drive(Vds_model___024root& top, const AxiMemoryPins& memory) {
  top.m_axi_arready_i = memory.arready;
  top.m_axi_rid_i = memory.rid;
  static_assert(sizeof(top.m_axi_rdata_i) <= kMaxBusBytes);
  std::memcpy(&top.m_axi_rdata_i, memory.rdata, sizeof(top.m_axi_rdata_i));
  top.m_axi_rresp_i = memory.rresp;
  top.m_axi_rlast_i = memory.rlast;
  top.m_axi_rvalid_i = memory.rvalid;
  top.m_axi_awready_i = memory.awready;
  top.m_axi_wready_i = memory.wready;
  top.m_axi_bid_i = memory.bid;
  top.m_axi_bresp_i = memory.bresp;
  top.m_axi_bvalid_i = memory.bvalid;
}

void Sample(const Vds_model___024root& top, AxiMasterPins& axi) {
  axi.araddr = top.m_axi_araddr_o;
  axi.arvalid = top.m_axi_arvalid_o;
  axi.arid = top.m_axi_arid_o;
  axi.arlen = top.m_axi_arlen_o;
  axi.arsize = top.m_axi_arsize_o;
  axi.arburst = top.m_axi_arburst_o;
  axi.rready = top.m_axi_rready_o;
  axi.awaddr = top.m_axi_awaddr_o;
  axi.awvalid = top.m_axi_awvalid_o;
  axi.awid = top.m_axi_awid_o;
  axi.awlen = top.m_axi_awlen_o;
  axi.awsize = top.m_axi_awsize_o;
  axi.awburst = top.m_axi_awburst_o;
  axi.wvalid = top.m_axi_wvalid_o;
  if (axi.wvalid != 0) {  // a copy of data just computed in smaller pieces is slow
    std::memcpy(axi.wdata, &top.m_axi_wdata_o, sizeof(top.m_axi_wdata_o));
    axi.wstrb = top.m_axi_wstrb_o;
    axi.wlast = top.m_axi_wlast_o;
  }
  axi.bready = top.m_axi_bready_o;
}

void Sample(const Vds_model___024root& top, DevicePins& device) {
  device.rdata = top.s_axil_rdata_o;
  device.awready = top.s_axil_awready_o;
  device.wready = top.s_axil_wready_o;
  device.bvalid = top.s_axil_bvalid_o;
  device.bresp = top.s_axil_bresp_o;
  device.arready = top.s_axil_arready_o;
  device.rvalid = top.s_axil_rvalid_o;
  device.rresp = top.s_axil_rresp_o;
  device.irq = top.irq_o;
}

void* Create(std::uint32_t seed) {
  return new Accelerator(seed);
}

void Destroy(void* model) {
  delete &Model(model);
}

const char* Tick(void* model,
                 const AxiMemoryPins* memory,
                 const HostPins* host,
                 DevicePins* device) {
  Accelerator& verilated = Model(model);
  return verilated.Guard([&] {
    Vds_model___024root& top = *(*verilated).rootp;
    Sample(top, device->axi);
    Drive(top, *memory);
    if (host != nullptr) {
      Sample(top, *device);
      Drive(top, *host);
    }
    verilated.Tick();
  });
}

const StateEntry* States(void* model, std::uint32_t* count) {
  const std::vector<StateEntry>& states = Model(model).states;
  *count = static_cast<std::uint32_t>(states.size());
  return states.data();
}

const char* Settle(void* model) {
  return Model(model).Guard([&] { SettleState(*(*Model(model)).rootp); });
}

const char* OpenTrace(void* model, const char* path, const char* scope, std::uint64_t cycle) {
  return Model(model).Guard([&] { Model(model).OpenTrace(path, scope, cycle); });
}

void CloseTrace(void* model) {
  Model(model).CloseTrace();
}

constexpr ModelAbi kAbi = {kModelAbiVersion,
                           kPinsBytes,
                           kTraceExtension,
                           Create,
                           Destroy,
                           Tick,
                           States,
                           Settle,
                           OpenTrace,
                           CloseTrace};

}  // namespace

}  // namespace denseshift::sim

extern "C" __attribute__((visibility("default"))) const denseshift::sim::ModelAbi*
DenseShiftModelAbi() {
  return &denseshift::sim::kAbi;
}
