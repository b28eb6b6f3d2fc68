// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/estimate/bottleneck.h"

#include <cstdint>

namespace denseshift::sim {

std::string Bottleneck(const ArrayCycles& cycles) {
  std::uint64_t total = 0;
  const CycleCategory* most = nullptr;  // of those that do not compute
  for (const CycleCategory& category : kCycleCategories) {
    total += cycles.*category.cycles;
    const bool computes = category.cycles == &ArrayCycles::compute;
    if (!computes && (most == nullptr || cycles.*category.cycles > cycles.*(most->cycles)))
      most = &category;
  }
  return 10 * cycles.compute >= 9 * total ? "compute" : most->name;
}

}  // namespace denseshift::sim
