// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_ESTIMATE_REPORT_ESTIMATE_JSON_H_
#define DENSESHIFT_SIM_ESTIMATE_REPORT_ESTIMATE_JSON_H_

#include <string>

#include "sim/estimate/network_estimate.h"

namespace denseshift::sim {

// One JSON object and a line feed; docs/estimate.md "JSON" lists its members. Bytes of a name that
// are not UTF-8 become U+FFFD.
//
// indent   spaces a level; negative: all in one line
// Errors   std::invalid_argument if there is no layer.
[[nodiscard]] std::string EstimateJson(const NetworkEstimate& estimate, int indent = 2);

}  // namespace denseshift::sim

#endif  // DENSESHIFT_SIM_ESTIMATE_REPORT_ESTIMATE_JSON_H_
