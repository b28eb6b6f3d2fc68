// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/estimate/bottleneck.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>

namespace denseshift::sim {

std::string Bottleneck(const ArrayCycles& cycles) {
  const std::array<std::pair<std::uint64_t, const char*>, 5> others = {{
      {cycles.weight_load, "weight_load"},
      {cycles.memory, "memory"},
      {cycles.post, "post"},
      {cycles.fill, "fill"},
      {cycles.drain, "drain"},
  }};
  std::uint64_t total = cycles.compute;
  for (const auto& [count, name] : others)
    total += count;
  if (10 * cycles.compute >= 9 * total)
    return "compute";
  return std::max_element(others.begin(),
                          others.end(),
                          [](const auto& a, const auto& b) { return a.first < b.first; })
      ->second;
}

}  // namespace denseshift::sim
