// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/lockstep/lockstep_checker.h"

#include "sim/lockstep/lockstep_difference.h"
#include "sim/lockstep/pin_check.h"
#include "sim/lockstep/signal_map.h"

namespace denseshift::sim {

LockstepChecker::LockstepChecker(const DeviceParameters& parameters,
                                 const MemoryParameters& memory,
                                 const std::vector<StateEntry>& rtl)
    : model_(parameters, memory),
      comparison_(MapSignals(parameters, rtl, model_.accelerator().ListState())) {
}

void LockstepChecker::CheckPins(std::uint64_t cycle, const HostPins* host, const DevicePins& pins) {
  model_.Follow(host);
  if (const auto pin = DifferentPin(pins, model_.pins(), host != nullptr))
    throw LockstepDifference(cycle, *pin);
}

void LockstepChecker::Check(std::uint64_t cycle, const HostPins* host, const DevicePins& pins) {
  CheckPins(cycle, host, pins);
  if (!comparison_.Equal())
    throw LockstepDifference(cycle + 1, *comparison_.FirstDifference());
}

}  // namespace denseshift::sim
