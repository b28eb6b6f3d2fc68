// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_ESTIMATE_REPORT_GZIP_H_
#define DENSESHIFT_SIM_ESTIMATE_REPORT_GZIP_H_

#include <string>
#include <string_view>

namespace denseshift::sim {

// Data as the content of a .gz file, without name and time: the same data give the same bytes.
//
// Errors  std::runtime_error if zlib cannot, for want of memory.
[[nodiscard]] std::string Gzip(std::string_view data);

}  // namespace denseshift::sim

#endif  // DENSESHIFT_SIM_ESTIMATE_REPORT_GZIP_H_
