// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_ESTIMATE_REPORT_SCALE_SIM_REPORTS_H_
#define DENSESHIFT_SIM_ESTIMATE_REPORT_SCALE_SIM_REPORTS_H_

#include <filesystem>
#include <string>

#include "sim/estimate/network_estimate.h"

namespace denseshift::sim {

// Texts of the files SCALE-Sim calls so, with its headers; docs/estimate.md "SCALE-Sim reports"
// says what a column means for this hardware.
struct ScaleSimReports {
  std::string compute;    // COMPUTE_REPORT.csv
  std::string bandwidth;  // BANDWIDTH_REPORT.csv
};

// Errors  std::invalid_argument if there is no layer.
[[nodiscard]] ScaleSimReports MakeScaleSimReports(const NetworkEstimate& estimate);

// Writes both into a folder, which is made if it is not there.
//
// Errors  as above, or std::runtime_error naming the path and the reason.
void WriteScaleSimReports(const std::filesystem::path& folder, const NetworkEstimate& estimate);

}  // namespace denseshift::sim

#endif  // DENSESHIFT_SIM_ESTIMATE_REPORT_SCALE_SIM_REPORTS_H_
