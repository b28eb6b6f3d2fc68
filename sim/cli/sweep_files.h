// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_CLI_SWEEP_FILES_H_
#define DENSESHIFT_SIM_CLI_SWEEP_FILES_H_

#include <cstdint>
#include <string>

#include "sim/estimate/sweep/sweep_result.h"

namespace denseshift::sim {

// What the result of a sweep is written as. With a page there is no CSV or JSON that is not asked
// for: by `csv`, `json` or an output file.
struct SweepFormat {
  bool csv = false;
  bool json = false;
  std::string html;  // file for a page; empty: none
};

// Finds what would make a page fail when the sweep is done, and the work lost.
//
// output  file for CSV or JSON; empty: standard output
// Errors  std::runtime_error: more points than a page holds, no such folder, or the file of the
//         output.
void CheckPage(const SweepFormat& format, const std::string& output, std::uint64_t points);

// Errors  std::runtime_error naming file and reason.
void WriteSweepFiles(const SweepFormat& format,
                     const std::string& output,
                     const SweepResult& result);

}  // namespace denseshift::sim

#endif  // DENSESHIFT_SIM_CLI_SWEEP_FILES_H_
