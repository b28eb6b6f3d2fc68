// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_ESTIMATE_REPORT_TIMELINE_TRACKS_H_
#define DENSESHIFT_SIM_ESTIMATE_REPORT_TIMELINE_TRACKS_H_

#include <cstddef>
#include <string>
#include <vector>

#include "sim/estimate/network_estimate.h"

namespace denseshift::sim {

// Spans of one unit that do not overlap, as a viewer draws them in one line.
struct TimelineTrack {
  std::string name;                // "load"; "load 2" if the unit does two commands at once
  std::vector<std::size_t> spans;  // indices into NetworkEstimate::timeline, by begin
};

// Distributes the spans of an estimate over tracks: load, array, post, store; each unit has at
// least one, if there are spans at all.
//
// Errors  std::invalid_argument naming the span, if its unit or layer is unknown or it ends before
// it
//         begins.
[[nodiscard]] std::vector<TimelineTrack> TimelineTracks(const NetworkEstimate& estimate);

}  // namespace denseshift::sim

#endif  // DENSESHIFT_SIM_ESTIMATE_REPORT_TIMELINE_TRACKS_H_
