// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_MODEL_MODEL_DEVICE_H_
#define DENSESHIFT_SIM_MODEL_MODEL_DEVICE_H_

#include <cstdint>

#include "golden/cycle/accelerator.h"
#include "golden/cycle/pins.h"
#include "sim/device_parameters.h"
#include "sim/memory/axi_memory.h"
#include "sim/model/pin_device.h"

namespace denseshift::sim {

// Throws std::invalid_argument for parameters out of range.
[[nodiscard]] golden::cycle::Parameters ModelParameters(const DeviceParameters& p);

// The cycle model of the accelerator, golden/cycle, with a memory model on its AXI4 bus: the cycles
// of the RTL without the RTL.
class ModelDevice final : public PinDevice {
 public:
  // Errors  std::invalid_argument for parameters out of range, or memory and device of different
  //         bus width.
  ModelDevice(const DeviceParameters& parameters,
              const MemoryParameters& memory,
              BurstTarget* contents = nullptr);

  void Run(std::uint64_t cycles) override;

  void Follow(const HostPins* host) override;

  // Resets the accelerator and the memory model; memory contents, faults and Cycles() stay.
  void Reset();

  [[nodiscard]] const golden::cycle::Accelerator& accelerator() const { return accelerator_; }

 private:
  void TickWithHost() override;
  void Tick();
  void ShowHost();

  golden::cycle::Accelerator accelerator_;
  golden::cycle::InputPins inputs_;
};

}  // namespace denseshift::sim

#endif  // DENSESHIFT_SIM_MODEL_MODEL_DEVICE_H_
