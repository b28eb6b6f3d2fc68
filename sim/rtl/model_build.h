// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_RTL_MODEL_BUILD_H_
#define DENSESHIFT_SIM_RTL_MODEL_BUILD_H_

#include <filesystem>
#include <string>
#include <vector>

#include "sim/rtl/model_request.h"

namespace denseshift::sim {

// Tools and flags, as one text for the cache key.
[[nodiscard]] std::string ToolDescription();

// Builds `folder`/model.so from a request, with Verilator and clang++. `folder` exists and is
// empty; intermediate files and build.log stay in it.
//
// Errors  std::runtime_error with the tool's output; its end if long, and the path of the log.
void BuildModel(const ModelRequest& request, const std::filesystem::path& folder);

}  // namespace denseshift::sim

#endif  // DENSESHIFT_SIM_RTL_MODEL_BUILD_H_
