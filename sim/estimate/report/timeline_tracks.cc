// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/estimate/report/timeline_tracks.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <fmt/format.h>
#include <stdexcept>
#include <tuple>

namespace denseshift::sim {

namespace {

constexpr std::array<const char*, 4> kUnits = {"load", "array", "post", "store"};

std::size_t UnitIndex(const std::string& unit) {
  return static_cast<std::size_t>(std::find(kUnits.begin(), kUnits.end(), unit) - kUnits.begin());
}

void CheckSpan(const NetworkEstimate& estimate, std::size_t index) {
  const TimelineSpan& span = estimate.timeline[index];
  const auto fail = [&](const std::string& problem) {
    throw std::invalid_argument(fmt::format("timeline span {}: {}", index, problem));
  };
  if (UnitIndex(span.unit) == kUnits.size())
    fail(fmt::format("unit is '{}', allowed are {}", span.unit, fmt::join(kUnits, ", ")));
  if (span.layer >= estimate.layers.size()) {
    fail(fmt::format(
        "layer is {}, allowed is less than {}, the layers", span.layer, estimate.layers.size()));
  }
  if (span.end < span.begin)
    fail(fmt::format("ends in cycle {}, before it begins in {}", span.end, span.begin));
}

}  // namespace

std::vector<TimelineTrack> TimelineTracks(const NetworkEstimate& estimate) {
  const std::vector<TimelineSpan>& spans = estimate.timeline;
  if (spans.empty())
    return {};
  std::array<std::vector<std::size_t>, kUnits.size()> by_unit;
  for (std::size_t i = 0; i < spans.size(); ++i) {
    CheckSpan(estimate, i);
    by_unit.at(UnitIndex(spans[i].unit)).push_back(i);
  }
  std::vector<TimelineTrack> tracks;
  for (std::size_t unit = 0; unit < kUnits.size(); ++unit) {
    std::vector<std::size_t>& indices = by_unit.at(unit);
    std::sort(indices.begin(), indices.end(), [&](std::size_t a, std::size_t b) {
      return std::tie(spans[a].begin, spans[a].end, a) < std::tie(spans[b].begin, spans[b].end, b);
    });
    // Each span goes to the first track that is free: the later ones hold only what overlaps.
    std::vector<std::uint64_t> ends = {0};  // of the last span of a track
    const std::size_t first = tracks.size();
    tracks.push_back({kUnits.at(unit), {}});
    for (const std::size_t i : indices) {
      std::size_t track = 0;
      while (track < ends.size() && ends[track] > spans[i].begin)
        ++track;
      if (track == ends.size()) {
        ends.push_back(0);
        tracks.push_back({fmt::format("{} {}", kUnits.at(unit), track + 1), {}});
      }
      tracks[first + track].spans.push_back(i);
      ends[track] = spans[i].end;
    }
  }
  return tracks;
}

}  // namespace denseshift::sim
