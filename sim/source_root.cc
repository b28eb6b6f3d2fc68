// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/source_root.h"

#include <cstdlib>

namespace denseshift::sim {

std::filesystem::path SourceRoot() {
  const char* root = std::getenv("DENSESHIFT_ROOT");
  return root != nullptr && *root != '\0' ? root : DENSESHIFT_SOURCE_ROOT;
}

}  // namespace denseshift::sim
