// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/estimate/bottleneck.h"

#include <algorithm>
#include <cstdint>
#include <iterator>

namespace denseshift::sim {

std::string Bottleneck(const ArrayCycles& cycles) {
  std::uint64_t total = 0;
  for (const CycleCategory& category : kCycleCategories)
    total += cycles.*category.cycles;
  if (10 * cycles.compute >= 9 * total)
    return "compute";
  // Compute comes first; of what is left, the largest, the first of equal ones.
  return std::max_element(std::next(kCycleCategories.begin()),
                          kCycleCategories.end(),
                          [&](const CycleCategory& a, const CycleCategory& b) {
                            return cycles.*a.cycles < cycles.*b.cycles;
                          })
      ->name;
}

}  // namespace denseshift::sim
