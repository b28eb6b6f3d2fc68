// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_RTL_VERILATED_DEVICE_H_
#define DENSESHIFT_SIM_RTL_VERILATED_DEVICE_H_

#include <cstdint>
#include <filesystem>

#include "sim/device_parameters.h"
#include "sim/memory/memory_parameters.h"
#include "sim/model/pin_device.h"
#include "sim/rtl/model_request.h"
#include "sim/rtl/trace_window.h"
#include "sim/rtl/traced_model.h"

namespace denseshift::sim {

// The RTL itself, run by Verilator, with a memory model on its AXI4 bus.
//
// Errors of all calls that run the clock, beside those of ClockedDevice: std::runtime_error if an
// RTL assertion fails.
class VerilatedDevice final : public PinDevice {
 public:
  // Builds the model if it is not in the cache (CachedModel), loads it and resets the device.
  //
  // Errors  std::invalid_argument for parameters out of range, memory and device of different bus
  //         width, or a trace file that is neither .fst nor .vcd; std::runtime_error from
  //         CachedModel.
  VerilatedDevice(const DeviceParameters& parameters,
                  const MemoryParameters& memory,
                  const TraceWindow& trace = {});

  // The same for a request of the caller's. Its trace format is set from `trace`.
  VerilatedDevice(const ModelRequest& request,
                  const MemoryParameters& memory,
                  const TraceWindow& trace = {});

  // Memory contents lie in `contents`. The RTL is that of the source tree `root`, if not empty.
  VerilatedDevice(const DeviceParameters& parameters,
                  const MemoryParameters& memory,
                  BurstTarget& contents,
                  const std::filesystem::path& root = {});

  void Run(std::uint64_t cycles) override;
  void Follow(const HostPins* host) override;

  // Resets RTL and memory model; memory contents, faults and Cycles() stay.
  void Reset();

 private:
  void TickWithHost() override;
  void Tick();

  TracedModel model_;
  bool host_works_ = true;  // its pins matter in the coming cycle
};

}  // namespace denseshift::sim

#endif  // DENSESHIFT_SIM_RTL_VERILATED_DEVICE_H_
