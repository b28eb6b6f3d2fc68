// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_ESTIMATE_REPORT_ESTIMATE_TABLE_H_
#define DENSESHIFT_SIM_ESTIMATE_REPORT_ESTIMATE_TABLE_H_

#include <string>

#include "sim/estimate/network_estimate.h"

namespace denseshift::sim {

// A head line, a table with one row a layer and one of totals, and what its columns mean.
// Names are shortened so that lines have at most 150 characters.
//
// Errors  std::invalid_argument if there is no layer.
[[nodiscard]] std::string EstimateTable(const NetworkEstimate& estimate);

}  // namespace denseshift::sim

#endif  // DENSESHIFT_SIM_ESTIMATE_REPORT_ESTIMATE_TABLE_H_
