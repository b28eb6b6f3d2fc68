// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/model/model_device.h"

#include <cstring>

namespace denseshift::sim {

namespace {

std::uint8_t LogOf(int bus_bytes) {
  std::uint8_t log = 0;
  while ((1 << log) < bus_bytes)
    ++log;
  return log;
}

}  // namespace

golden::cycle::Parameters ModelParameters(const DeviceParameters& p) {
  p.Validate();
  golden::cycle::Parameters model;
  model.lanes = static_cast<std::uint32_t>(p.lanes);
  model.columns = static_cast<std::uint32_t>(p.columns);
  model.max_code_bits = static_cast<std::uint32_t>(p.max_code_bits);
  model.acc_bits = static_cast<std::uint32_t>(p.acc_bits);
  model.acc_depth = static_cast<std::uint32_t>(p.acc_depth);
  model.bus_bytes = static_cast<std::uint32_t>(p.bus_bytes);
  model.act_bytes = static_cast<std::uint32_t>(p.act_bytes);
  model.wgt_bytes = static_cast<std::uint32_t>(p.wgt_bytes);
  model.out_bytes = static_cast<std::uint32_t>(p.out_bytes);
  model.param_entries = static_cast<std::uint32_t>(p.param_entries);
  return model;
}

ModelDevice::ModelDevice(const DeviceParameters& parameters,
                         const MemoryParameters& memory,
                         BurstTarget* contents)
    : PinDevice(parameters, memory, contents), accelerator_(ModelParameters(parameters)) {
  constexpr std::uint8_t kIncrementing = 1;
  device_.axi.arsize = device_.axi.awsize = LogOf(parameters.bus_bytes);
  device_.axi.arburst = device_.axi.awburst = kIncrementing;
  device_.axi.bready = 1;
  Reset();
}

void ModelDevice::Reset() {
  ResetHost();
  inputs_ = {};
  accelerator_.Reset();
  memory_.Reset();
}

// The pins of the host in the coming cycle, both directions.
void ModelDevice::ShowHost() {
  const golden::cycle::HostOutputs& out = accelerator_.host();
  device_.rdata = out.rdata;
  device_.awready = out.awready ? 1 : 0;
  device_.wready = out.wready ? 1 : 0;
  device_.bvalid = out.bvalid ? 1 : 0;
  device_.arready = out.arready ? 1 : 0;
  device_.rvalid = out.rvalid ? 1 : 0;
  device_.irq = out.irq ? 1 : 0;
  golden::cycle::HostInputs& in = inputs_.host;
  in.awaddr = host_.awaddr;
  in.wdata = host_.wdata;
  in.araddr = host_.araddr;
  in.wstrb = host_.wstrb;
  in.awvalid = host_.awvalid != 0;
  in.wvalid = host_.wvalid != 0;
  in.bready = host_.bready != 0;
  in.arvalid = host_.arvalid != 0;
  in.rready = host_.rready != 0;
}

inline void ModelDevice::Tick() {
  const AxiMemoryPins& memory = memory_.pins();
  golden::cycle::BusInputs& in = inputs_.bus;
  in.arready = memory.arready != 0;
  in.rvalid = memory.rvalid != 0;
  if (in.rvalid) {
    std::memcpy(in.rdata, memory.rdata, sizeof(in.rdata));
    in.rid = memory.rid;
    in.rresp = memory.rresp;
    in.rlast = memory.rlast != 0;
  }
  in.awready = memory.awready != 0;
  in.wready = memory.wready != 0;
  in.bvalid = memory.bvalid != 0;
  if (in.bvalid)
    in.bresp = memory.bresp;

  const golden::cycle::BusOutputs& out = accelerator_.bus();
  AxiMasterPins& master = device_.axi;
  master.arvalid = out.arvalid ? 1 : 0;
  if (out.arvalid) {
    master.araddr = out.araddr;
    master.arid = out.arid;
    master.arlen = out.arlen;
  }
  master.rready = out.rready ? 1 : 0;
  master.awvalid = out.awvalid ? 1 : 0;
  if (out.awvalid) {
    master.awaddr = out.awaddr;
    master.awlen = out.awlen;
  }
  master.wvalid = out.wvalid ? 1 : 0;
  if (out.wvalid) {
    std::memcpy(master.wdata, out.wdata, sizeof(master.wdata));
    master.wstrb = out.wstrb;
    master.wlast = out.wlast ? 1 : 0;
  }
  accelerator_.Step(inputs_);
  memory_.Step(master);
  ++cycles_;
}

void ModelDevice::Follow(const HostPins* host) {
  if (host != nullptr) {
    host_ = *host;
    ShowHost();
  }
  Tick();
}

void ModelDevice::TickWithHost() {
  ShowHost();
  Tick();
}

void ModelDevice::Run(std::uint64_t cycles) {
  ShowHost();
  for (std::uint64_t i = 0; i < cycles; ++i)
    Tick();
}

}  // namespace denseshift::sim
