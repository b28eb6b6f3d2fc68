// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_ESTIMATE_SWEEP_SWEEP_INPUT_H_
#define DENSESHIFT_SIM_ESTIMATE_SWEEP_SWEEP_INPUT_H_

#include <filesystem>
#include <string>
#include <vector>

#include "sim/estimate/sweep/sweep_space.h"

namespace denseshift::sim {

// All combinations of arguments of --sweep, each "KEY=V1,V2,...".
//
// Errors  std::runtime_error naming the argument, and what is wrong with it.
[[nodiscard]] SweepSpace ParseSweep(const std::vector<std::string>& arguments);

// The rows of a CSV file, whose first row has the keys.
//
// Errors  std::runtime_error "FILE:LINE:COLUMN: ..." naming the value and what is allowed.
[[nodiscard]] SweepSpace ReadSweepFile(const std::filesystem::path& file);

}  // namespace denseshift::sim

#endif  // DENSESHIFT_SIM_ESTIMATE_SWEEP_SWEEP_INPUT_H_
