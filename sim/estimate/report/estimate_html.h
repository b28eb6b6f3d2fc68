// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_ESTIMATE_REPORT_ESTIMATE_HTML_H_
#define DENSESHIFT_SIM_ESTIMATE_REPORT_ESTIMATE_HTML_H_

#include <filesystem>
#include <string>

#include "sim/estimate/network_estimate.h"

namespace denseshift::sim {

// One HTML page with everything in it: totals, roofline, bars, timeline, table; docs/estimate.md
// "Page".
//
// Errors  std::invalid_argument if there is no layer, or naming a timeline span that is not valid.
[[nodiscard]] std::string EstimateHtml(const NetworkEstimate& estimate);

// Writes the same.
//
// Errors  as above, or std::runtime_error naming the path and the reason.
void WriteHtml(const std::filesystem::path& path, const NetworkEstimate& estimate);

}  // namespace denseshift::sim

#endif  // DENSESHIFT_SIM_ESTIMATE_REPORT_ESTIMATE_HTML_H_
