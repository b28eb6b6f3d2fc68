// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_SOURCE_ROOT_H_
#define DENSESHIFT_SIM_SOURCE_ROOT_H_

#include <filesystem>

namespace denseshift::sim {

// The source tree, where RTL and shipped configurations are: environment variable DENSESHIFT_ROOT,
// else the folder this program was built from.
[[nodiscard]] std::filesystem::path SourceRoot();

}  // namespace denseshift::sim

#endif  // DENSESHIFT_SIM_SOURCE_ROOT_H_
