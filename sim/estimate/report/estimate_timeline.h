// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_ESTIMATE_REPORT_ESTIMATE_TIMELINE_H_
#define DENSESHIFT_SIM_ESTIMATE_REPORT_ESTIMATE_TIMELINE_H_

#include <filesystem>
#include <string>

#include "sim/estimate/network_estimate.h"

namespace denseshift::sim {

// Layers and the spans of the units as Chrome trace events (JSON), one microsecond a cycle;
// docs/estimate.md "Timeline".
//
// Errors  std::invalid_argument if there is no layer, or naming a span that is not valid.
[[nodiscard]] std::string EstimateTimeline(const NetworkEstimate& estimate);

// Writes the same, compressed if the name ends in ".gz".
//
// Errors  as above, or std::runtime_error naming the path and the reason.
void WriteTimeline(const std::filesystem::path& path, const NetworkEstimate& estimate);

}  // namespace denseshift::sim

#endif  // DENSESHIFT_SIM_ESTIMATE_REPORT_ESTIMATE_TIMELINE_H_
