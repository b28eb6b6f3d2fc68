// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/rtl/unit_instances.h"

#include <algorithm>
#include <fmt/format.h>
#include <stdexcept>

namespace denseshift::sim {

const std::vector<UnitInstance>& UnitInstances() {
  static const std::vector<UnitInstance> kUnits = {
      {"regs", "u_regs"},
      {"job", "u_job"},
      {"counters", "u_counters"},
      {"tokens", "u_dependencies"},
      {"read_port", "u_axi_read"},
      {"sequencer", "u_sequencer"},
      {"load", "u_load"},
      {"compute", "u_compute"},
      {"issue", "u_compute.u_issue"},
      {"unpacker", "u_compute.u_unpacker"},
      {"handoff", "u_compute.u_handoff"},
      {"feeder", "u_compute.u_feeder"},
      {"window", "u_compute.u_feeder.u_window"},
      {"array", "u_compute.u_array"},
      {"accumulators", "u_compute.u_accumulators"},
      {"post", "u_compute.u_post"},
      {"stages", "u_compute.u_post.u_stages"},
      {"pool", "u_compute.u_post.u_stages.u_pool", true},
      {"requant", "u_compute.u_post.u_stages.u_requant", true},
      {"weight_buffer", "u_compute.u_wgt_buffer"},
      {"activation_buffer", "u_compute.u_act_buffer"},
      {"parameter_buffer", "u_compute.u_param_buffer"},
      {"output_buffer", "u_compute.u_out_buffer"},
      {"store", "u_store"},
  };
  return kUnits;
}

std::string InstanceAround(const std::string& unit) {
  std::string names;
  for (const UnitInstance& entry : UnitInstances()) {
    if (unit == entry.unit) {
      const std::string instance = entry.instance;
      return entry.is_repeated ? instance.substr(0, instance.rfind('.')) : instance;
    }
    names += (names.empty() ? "" : ", ") + std::string(entry.unit);
  }
  throw std::invalid_argument(fmt::format("'{}' is no unit; there are {}", unit, names));
}

}  // namespace denseshift::sim
