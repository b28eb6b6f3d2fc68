// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/memory/fault_list.h"

#include <algorithm>

#include "sim/memory/axi_response.h"

namespace denseshift::sim {

void FaultList::Apply(Direction direction, std::uint64_t number, Burst& burst) const {
  for (const Fault& fault : faults_) {
    const bool hit = fault.direction == direction && number >= fault.first &&
                     number <= fault.last && burst.begin < fault.end &&
                     burst.begin + burst.count > fault.begin;
    if (!hit)
      continue;
    if (fault.kind == FaultKind::kSlaveError)
      burst.response = kSlaveError;
    if (fault.kind == FaultKind::kDecodeError)
      burst.response = kDecodeError;
    if (fault.kind == FaultKind::kNoAnswer)
      burst.answers = false;
    if (fault.kind == FaultKind::kNoData)
      burst.takes_data = false;
  }
}

bool FaultList::BlocksAddress(Direction direction, std::uint64_t bursts) const {
  return std::any_of(faults_.begin(), faults_.end(), [=](const Fault& fault) {
    return fault.kind == FaultKind::kNoAddress && fault.direction == direction &&
           bursts >= fault.first;
  });
}

}  // namespace denseshift::sim
