// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_LOCKSTEP_RTL_NAMES_H_
#define DENSESHIFT_SIM_LOCKSTEP_RTL_NAMES_H_

#include <string>
#include <vector>

namespace denseshift::sim {

// What docs/timing.md calls a register, and the indices of the generate blocks around it.
struct StateName {
  std::string state;         // "feeder.window.slot" is "window.slot"
  std::vector<int> indices;  // outermost first
};

// The state that a register of the RTL is. `rtl_name` is its name below ds_top:
// "u_compute.u_feeder.u_window.slot_q".
[[nodiscard]] StateName NameOfState(const std::string& rtl_name);

}  // namespace denseshift::sim

#endif  // DENSESHIFT_SIM_LOCKSTEP_RTL_NAMES_H_
