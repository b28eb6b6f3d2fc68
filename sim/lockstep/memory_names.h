// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_LOCKSTEP_MEMORY_NAMES_H_
#define DENSESHIFT_SIM_LOCKSTEP_MEMORY_NAMES_H_

#include <set>
#include <string>
#include <vector>

#include "sim/rtl/shim/abi.h"

namespace denseshift::sim {

// Which state of an RTL belongs to memories: their words (`mem`) and the outputs of their read
// ports (`rdata_q` beside a `mem`).
class MemoryNames {
 public:
  explicit MemoryNames(const std::vector<StateEntry>& rtl);

  [[nodiscard]] bool Contain(const std::string& rtl_name) const;

 private:
  std::set<std::string> instances_;  // that hold a memory, "u_load.u_queue."
};

}  // namespace denseshift::sim

#endif  // DENSESHIFT_SIM_LOCKSTEP_MEMORY_NAMES_H_
