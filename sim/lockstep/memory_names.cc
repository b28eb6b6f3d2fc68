// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/lockstep/memory_names.h"

namespace denseshift::sim {

namespace {

std::string LastPart(const std::string& rtl_name) {
  return rtl_name.substr(rtl_name.rfind('.') + 1);
}

std::string Instance(const std::string& rtl_name) {
  return rtl_name.substr(0, rtl_name.size() - LastPart(rtl_name).size());
}

}  // namespace

MemoryNames::MemoryNames(const std::vector<StateEntry>& rtl) {
  for (const StateEntry& entry : rtl) {
    if (LastPart(entry.name) == "mem")
      instances_.insert(Instance(entry.name));
  }
}

bool MemoryNames::Contain(const std::string& rtl_name) const {
  const std::string part = LastPart(rtl_name);
  return part == "mem" || (part == "rdata_q" && instances_.count(Instance(rtl_name)) != 0);
}

}  // namespace denseshift::sim
