// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/lockstep/unit_history.h"

#include <utility>

namespace denseshift::sim {

UnitHistory::UnitHistory(const std::vector<Signal>& signals,
                         const std::string& unit,
                         const Signal& first) {
  constexpr std::uint32_t kMaxBits = 64;
  for (const Signal& signal : signals) {
    const bool is_first = signal.FullName() == first.FullName();
    const bool is_shown =
        signal.unit == unit && signal.bits <= kMaxBits && signal.lane < 0 && signal.column < 0;
    if (is_first || is_shown)
      signals_.push_back(signal);
  }
}

void UnitHistory::Record(std::uint64_t cycle) {
  Cycle now{cycle, {}};
  for (const Signal& signal : signals_) {
    now.values.push_back(
        {ValueText(signal.model, signal.bits), ValueText(signal.rtl, signal.bits)});
  }
  cycles_.push_back(std::move(now));
  if (cycles_.size() > kCycles)
    cycles_.pop_front();
}

}  // namespace denseshift::sim
