// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/rtl/verilated_device.h"

namespace denseshift::sim {

VerilatedDevice::VerilatedDevice(const DeviceParameters& parameters,
                                 const MemoryParameters& memory,
                                 const TraceWindow& trace)
    : PinDevice(parameters, memory), model_(TopRequest(parameters), trace) {
  Reset();
}

VerilatedDevice::VerilatedDevice(const ModelRequest& request,
                                 const MemoryParameters& memory,
                                 const TraceWindow& trace)
    : PinDevice(memory), model_(request, trace) {
  Reset();
}

VerilatedDevice::VerilatedDevice(const DeviceParameters& parameters,
                                 const MemoryParameters& memory,
                                 BurstTarget& contents,
                                 const std::filesystem::path& root)
    : PinDevice(parameters, memory, &contents),
      model_(TopRequest(parameters, root), TraceWindow{}) {
  Reset();
}

void VerilatedDevice::Reset() {
  ResetHost();
  for (std::uint64_t i = 0; i < kResetCycles; ++i)
    model_.TickInReset(host_, device_);
  host_.rst_n = 1;
  memory_.Reset();
}

inline void VerilatedDevice::Tick() {
  model_.Tick(cycles_, memory_.pins(), host_works_ ? &host_ : nullptr, device_);
  memory_.Step(device_.axi);
  ++cycles_;
}

void VerilatedDevice::TickWithHost() {
  Tick();
}

void VerilatedDevice::Follow(const HostPins* host) {
  host_works_ = host != nullptr;
  if (host_works_) {
    host_ = *host;
    host_.rst_n = 1;
  }
  Tick();
  host_works_ = true;
}

void VerilatedDevice::Run(std::uint64_t cycles) {
  for (std::uint64_t i = 0; i < cycles; ++i) {
    Tick();
    host_works_ = false;
  }
  host_works_ = true;
}

}  // namespace denseshift::sim
