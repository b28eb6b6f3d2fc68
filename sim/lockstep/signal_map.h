// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_LOCKSTEP_SIGNAL_MAP_H_
#define DENSESHIFT_SIM_LOCKSTEP_SIGNAL_MAP_H_

#include <vector>

#include "golden/cycle/state_list.h"
#include "sim/device_parameters.h"
#include "sim/lockstep/signal.h"
#include "sim/rtl/shim/abi.h"

namespace denseshift::sim {

// Pairs every register of the RTL with the model's state of the same meaning, in the model's order.
// Memories are left out: what is read from them is compared.
//
// Throws std::logic_error that names every register without state and every state without a
// register, so that neither side can gain state that is not compared.
[[nodiscard]] std::vector<Signal> MapSignals(const DeviceParameters& parameters,
                                             const std::vector<StateEntry>& rtl,
                                             const std::vector<golden::cycle::StateItem>& model);

}  // namespace denseshift::sim

#endif  // DENSESHIFT_SIM_LOCKSTEP_SIGNAL_MAP_H_
