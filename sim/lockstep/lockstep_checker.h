// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_LOCKSTEP_LOCKSTEP_CHECKER_H_
#define DENSESHIFT_SIM_LOCKSTEP_LOCKSTEP_CHECKER_H_

#include <cstdint>
#include <vector>

#include "sim/device_parameters.h"
#include "sim/lockstep/comparison.h"
#include "sim/memory/memory_parameters.h"
#include "sim/model/model_device.h"
#include "sim/rtl/shim/abi.h"

namespace denseshift::sim {

// The cycle model, kept in step with an RTL whose state lies at given places.
class LockstepChecker {
 public:
  // Errors  std::logic_error if RTL and model do not hold the same state.
  LockstepChecker(const DeviceParameters& parameters,
                  const MemoryParameters& memory,
                  const std::vector<StateEntry>& rtl);

  // Clock cycle number `cycle`, in which the RTL drove `pins`, and after which its state lies at
  // the places; without `host` its pins stayed as they were. Throws LockstepDifference.
  void Check(std::uint64_t cycle, const HostPins* host, const DevicePins& pins);

  // The same for the pins alone.
  void CheckPins(std::uint64_t cycle, const HostPins* host, const DevicePins& pins);

  // The model of the next cycle, and the memory it sees.
  [[nodiscard]] ModelDevice& model() { return model_; }

  [[nodiscard]] const std::vector<Signal>& signals() const { return comparison_.signals(); }

 private:
  ModelDevice model_;
  Comparison comparison_;
};

}  // namespace denseshift::sim

#endif  // DENSESHIFT_SIM_LOCKSTEP_LOCKSTEP_CHECKER_H_
