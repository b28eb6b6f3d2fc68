// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_ESTIMATE_REPORT_CSV_ROW_H_
#define DENSESHIFT_SIM_ESTIMATE_REPORT_CSV_ROW_H_

#include <string>
#include <vector>

namespace denseshift::sim {

// One line of a CSV file, with its line feed. Fields with a comma, a quote or a line break are
// quoted as RFC 4180 says.
[[nodiscard]] std::string MakeCsvRow(const std::vector<std::string>& fields);

}  // namespace denseshift::sim

#endif  // DENSESHIFT_SIM_ESTIMATE_REPORT_CSV_ROW_H_
