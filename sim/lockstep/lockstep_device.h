// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_LOCKSTEP_LOCKSTEP_DEVICE_H_
#define DENSESHIFT_SIM_LOCKSTEP_LOCKSTEP_DEVICE_H_

#include <cstdint>
#include <stdexcept>
#include <string>

#include "sim/device_parameters.h"
#include "sim/lockstep/comparison.h"
#include "sim/model/clocked_device.h"
#include "sim/model/model_device.h"
#include "sim/rtl/model.h"

namespace denseshift::sim {

// The first difference of a run.
struct LockstepDifference : std::runtime_error {
  LockstepDifference(std::uint64_t at, const Signal& where);

  std::uint64_t cycle;  // in which the states differ
  Signal signal;
  std::string expected;  // of the model
  std::string actual;    // of the RTL
};

// RTL and cycle model side by side: each with its own copy of the memory model, the same program
// and the same host. After every clock cycle all state of both is compared; the first difference
// throws LockstepDifference.
class LockstepDevice final : public ClockedDevice {
 public:
  // Errors as VerilatedDevice; std::logic_error if RTL and model do not hold the same state.
  LockstepDevice(const DeviceParameters& parameters, const MemoryParameters& memory);

  void WriteMemory(std::uint64_t address, const void* data, std::size_t bytes) override;
  void Run(std::uint64_t cycles) override;

  // The same fault on both sides.
  void AddFault(const Fault& fault);

  [[nodiscard]] std::uint64_t ComparedCycles() const { return cycles_; }

  [[nodiscard]] std::size_t ComparedSignals() const { return comparison_.signals().size(); }

 private:
  void TickWithHost() override;
  void Tick(bool host_works);

  Model rtl_;
  ModelDevice model_;
  Comparison comparison_;
};

}  // namespace denseshift::sim

#endif  // DENSESHIFT_SIM_LOCKSTEP_LOCKSTEP_DEVICE_H_
