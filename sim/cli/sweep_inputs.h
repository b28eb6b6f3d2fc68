// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_CLI_SWEEP_INPUTS_H_
#define DENSESHIFT_SIM_CLI_SWEEP_INPUTS_H_

#include <filesystem>
#include <string>

#include "sim/cli/workload.h"

namespace denseshift::sim {

// A digest of what a sweep works on: the workload, with the content of its files, and the file of
// the configuration it begins with.
//
// Errors  std::runtime_error if a file cannot be read.
[[nodiscard]] std::string InputsDigest(const WorkloadArguments& workload,
                                       const std::filesystem::path& config);

}  // namespace denseshift::sim

#endif  // DENSESHIFT_SIM_CLI_SWEEP_INPUTS_H_
