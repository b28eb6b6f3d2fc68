// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/estimate/sweep/pareto.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <tuple>
#include <utility>

namespace denseshift::sim {

namespace {

// Cycles first: sorted by it, whatever is better than a point comes before it.
auto Costs(const SweepMeasures& m) {
  return std::make_tuple(m.cycles, m.pes, m.bus_bits, m.buffer_bytes);
}

// The fewest buffer bytes so far for each number of PEs and bus width. Both are powers of two, so
// there are few, however many points there are.
using Fewest = std::map<std::pair<std::uint64_t, std::uint64_t>, std::uint64_t>;

bool IsBeaten(const Fewest& fewest, const SweepMeasures& m) {
  return std::any_of(fewest.begin(), fewest.end(), [&](const auto& entry) {
    const auto& [pes, bus_bits] = entry.first;
    return pes <= m.pes && bus_bits <= m.bus_bits && entry.second <= m.buffer_bytes;
  });
}

}  // namespace

void MarkPareto(std::vector<SweepOutcome>& outcomes) {
  std::vector<SweepOutcome*> sorted;
  for (SweepOutcome& outcome : outcomes) {
    outcome.pareto = false;
    if (outcome.error.empty())
      sorted.push_back(&outcome);
  }
  std::sort(sorted.begin(), sorted.end(), [](const SweepOutcome* a, const SweepOutcome* b) {
    return Costs(a->measures) < Costs(b->measures);
  });
  Fewest fewest;
  const SweepOutcome* last = nullptr;
  for (SweepOutcome* outcome : sorted) {
    const SweepMeasures& m = outcome->measures;
    if (last != nullptr && Costs(last->measures) == Costs(m)) {
      outcome->pareto = last->pareto;  // neither is better than the other
      continue;
    }
    last = outcome;
    outcome->pareto = !IsBeaten(fewest, m);
    const auto [entry, is_new] = fewest.try_emplace({m.pes, m.bus_bits}, m.buffer_bytes);
    if (!is_new)
      entry->second = std::min(entry->second, m.buffer_bytes);
  }
}

}  // namespace denseshift::sim
