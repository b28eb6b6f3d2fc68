// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "tests/mutation/recorder.h"

#include <cstring>

#include "tests/mutation/reference.h"

namespace denseshift::testing {

Recorder::Recorder(const std::string& name,
                   const sim::DeviceParameters& parameters,
                   const sim::MemoryParameters& memory)
    : ClockedDevice(parameters, memory), model_(parameters, memory), trace_{name, {}} {
  while ((1 << bus_log_) < parameters.bus_bytes)
    ++bus_log_;
  Reset();
}

void Recorder::ReadMemory(std::uint64_t address, void* data, std::size_t bytes) {
  model_.ReadMemory(address, data, bytes);
}

void Recorder::WriteMemory(std::uint64_t address, const void* data, std::size_t bytes) {
  model_.WriteMemory(address, data, bytes);
}

void Recorder::Reset() {
  ResetHost();
  model_.Reset();
  device_ = Outputs();
  for (std::uint64_t i = 0; i < kResetCycles; ++i) {
    // Reset arrives together with a clock edge here, so what it clears synchronously takes one
    // more.
    Record(i > 1);
    TraceCycle& cycle = trace_.cycles.back();
    cycle.host = sim::HostPins{};
    cycle.memory = sim::AxiMemoryPins{};
    Scramble(cycle);
  }
  host_.rst_n = 1;
}

const sim::DevicePins& Recorder::Step(const sim::HostPins& host) {
  host_ = host;
  host_.rst_n = 1;
  TickWithHost();
  return device_;
}

sim::DevicePins Recorder::Outputs() const {
  sim::DevicePins pins;
  const golden::cycle::BusOutputs& bus = model_.accelerator().bus();
  std::memcpy(pins.axi.wdata, bus.wdata, sizeof(pins.axi.wdata));
  pins.axi.araddr = bus.araddr;
  pins.axi.awaddr = bus.awaddr;
  pins.axi.wstrb = bus.wstrb;
  pins.axi.arvalid = bus.arvalid ? 1 : 0;
  pins.axi.arid = bus.arid;
  pins.axi.arlen = bus.arlen;
  pins.axi.rready = bus.rready ? 1 : 0;
  pins.axi.awvalid = bus.awvalid ? 1 : 0;
  pins.axi.awlen = bus.awlen;
  pins.axi.wvalid = bus.wvalid ? 1 : 0;
  pins.axi.wlast = bus.wlast ? 1 : 0;
  // Constants of docs/architecture.md: full words, INCR, writes with ID 0, B always taken.
  pins.axi.arsize = pins.axi.awsize = bus_log_;
  pins.axi.arburst = pins.axi.awburst = 1;
  pins.axi.bready = 1;
  const golden::cycle::HostOutputs& host = model_.accelerator().host();
  pins.rdata = host.rdata;
  pins.awready = host.awready ? 1 : 0;
  pins.wready = host.wready ? 1 : 0;
  pins.bvalid = host.bvalid ? 1 : 0;
  pins.arready = host.arready ? 1 : 0;
  pins.rvalid = host.rvalid ? 1 : 0;
  pins.irq = host.irq ? 1 : 0;
  return pins;
}

void Recorder::Record(bool is_compared) {
  TraceCycle cycle;
  cycle.host = host_;
  cycle.memory = model_.memory().pins();
  cycle.expected = device_;
  cycle.is_compared = is_compared;
  Scramble(cycle);
  trace_.cycles.push_back(cycle);
}

void Recorder::Scramble(TraceCycle& cycle) {
  sim::HostPins& host = cycle.host;
  sim::AxiMemoryPins& memory = cycle.memory;
  if (host.awvalid == 0)
    host.awaddr = random_() & 0xFFFU;
  if (host.wvalid == 0) {
    host.wdata = static_cast<std::uint32_t>(random_());
    host.wstrb = random_() & 15U;
  }
  if (host.arvalid == 0)
    host.araddr = random_() & 0xFFFU;
  if (memory.rvalid == 0) {
    for (std::uint8_t& byte : memory.rdata)
      byte = static_cast<std::uint8_t>(random_());
    memory.rid = random_() & 1U;
    memory.rresp = random_() & 3U;
    memory.rlast = random_() & 1U;
  }
  memory.bid = random_() & 1U;
  if (memory.bvalid == 0)
    memory.bresp = random_() & 3U;
}

void Recorder::PresetCounters(std::uint64_t value) {
  TickWithHost();
  trace_.cycles.back().preset = value;
  PresetLongCounters(model_.accelerator(), value);
}

void Recorder::TickWithHost() {
  device_ = Outputs();
  Record(true);
  model_.Follow(&host_);
  ++cycles_;
}

void Recorder::Run(std::uint64_t cycles) {
  for (std::uint64_t i = 0; i < cycles; ++i)
    TickWithHost();
}

}  // namespace denseshift::testing
