// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_ESTIMATE_REPORT_ESTIMATE_CSV_H_
#define DENSESHIFT_SIM_ESTIMATE_REPORT_ESTIMATE_CSV_H_

#include <string>

#include "sim/estimate/network_estimate.h"

namespace denseshift::sim {

// A header row, then one row a layer. Counts are exact, quotients have as many digits as tell them
// from every other double. docs/estimate.md "CSV" has the columns and their units.
//
// Errors  std::invalid_argument if there is no layer.
[[nodiscard]] std::string EstimateCsv(const NetworkEstimate& estimate);

}  // namespace denseshift::sim

#endif  // DENSESHIFT_SIM_ESTIMATE_REPORT_ESTIMATE_CSV_H_
