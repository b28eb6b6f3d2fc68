// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_RTL_UNIT_INSTANCES_H_
#define DENSESHIFT_SIM_RTL_UNIT_INSTANCES_H_

#include <string>
#include <vector>

namespace denseshift::sim {

// A unit of docs/timing.md and the instance that is it, below ds_top and without generate blocks.
struct UnitInstance {
  const char* unit;
  const char* instance;
  bool is_repeated = false;  // there is one in each of some generate blocks
};

// All units.
[[nodiscard]] const std::vector<UnitInstance>& UnitInstances();

// The one instance that holds all of a unit: "u_compute.u_feeder" for "feeder". Throws
// std::invalid_argument that names all units.
[[nodiscard]] std::string InstanceAround(const std::string& unit);

}  // namespace denseshift::sim

#endif  // DENSESHIFT_SIM_RTL_UNIT_INSTANCES_H_
