// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/lockstep/state_lines.h"

#include <algorithm>
#include <cstring>
#include <functional>
#include <iterator>
#include <map>

#include "sim/lockstep/memory_names.h"

namespace denseshift::sim {

namespace {

struct Interval {
  const std::uint8_t* first;
  const std::uint8_t* end;
};

// Where registers lie, ascending; gaps are at least a line wide.
std::vector<Interval> RegistersOf(const std::vector<StateEntry>& rtl) {
  const MemoryNames memories(rtl);
  std::map<const std::uint8_t*, const std::uint8_t*, std::less<>> registers;
  for (const StateEntry& entry : rtl) {
    const auto* first = static_cast<const std::uint8_t*>(entry.items);
    if (!memories.Contain(entry.name))
      registers[first] = first + std::size_t{entry.count} * entry.item_bytes;
  }
  std::vector<Interval> intervals;
  for (const auto& [first, end] : registers) {
    if (!intervals.empty() && first < intervals.back().end + kLineBytes) {
      intervals.back().end = std::max(intervals.back().end, end, std::less<>());
    } else {
      intervals.push_back({first, end});
    }
  }
  return intervals;
}

}  // namespace

// Lines start with the first register and end with the last one, so that none lies outside of the
// model: those of the first interval count from its start, those of the others to their end.
StateLines::StateLines(const std::vector<StateEntry>& rtl) {
  for (const auto& [first, end] : RegistersOf(rtl)) {
    const std::size_t lines = (static_cast<std::size_t>(end - first) + kLineBytes - 1) / kLineBytes;
    const std::uint8_t* place = places_.empty() ? first : end - lines * kLineBytes;
    for (std::size_t i = 0; i < lines; ++i)
      places_.push_back(place + i * kLineBytes);
  }
  copies_.resize(places_.size());
  for (std::size_t i = 0; i < places_.size(); ++i)
    std::memcpy(&copies_[i], places_[i], kLineBytes);
}

void StateLines::Collect(LineChanges& changes) {
  changes.count += memory_.collect_changes(
      places_.data(), places_.size(), copies_.data(), changes.words.data() + changes.count);
}

std::vector<StateEntry> StateLines::InCopies(std::vector<StateEntry> rtl) const {
  const MemoryNames memories(rtl);
  for (StateEntry& entry : rtl) {
    if (memories.Contain(entry.name))
      continue;
    const auto* first = static_cast<const std::uint8_t*>(entry.items);
    const auto place =
        std::prev(std::upper_bound(places_.begin(), places_.end(), first, std::less<>()));
    const auto* copy = reinterpret_cast<const std::uint8_t*>(
        &copies_[static_cast<std::size_t>(place - places_.begin())]);
    entry.items = const_cast<std::uint8_t*>(copy) + (first - *place);
  }
  return rtl;
}

}  // namespace denseshift::sim
