// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_RTL_MODEL_CACHE_H_
#define DENSESHIFT_SIM_RTL_MODEL_CACHE_H_

#include <filesystem>
#include <string>

#include "sim/rtl/model_request.h"

namespace denseshift::sim {

// The shared object of a model, built by Verilator and clang++ unless it is in the cache.
//
// The cache holds one folder for each key: the SHA-256 of parameters, RTL, shim, tools, flags and
// processor. A folder appears complete, by renaming; a lock file keeps two processes from building
// the same model; a damaged entry is found by its checksum and built again.
//
// Errors  std::runtime_error: a tool is missing or fails (with the end of its output, and where the
//         rest is), or the cache cannot be written.
// Cost    a tenth of a second if cached, else several seconds up to a minute.
[[nodiscard]] std::filesystem::path CachedModel(const ModelRequest& request);

// Environment variable DENSESHIFT_CACHE, else $XDG_CACHE_HOME/denseshift, else ~/.cache/denseshift.
// Throws std::runtime_error if none of the variables is set.
[[nodiscard]] std::filesystem::path CacheFolder();

// The key of a request: 64 hexadecimal digits.
[[nodiscard]] std::string ModelKey(const ModelRequest& request);

}  // namespace denseshift::sim

#endif  // DENSESHIFT_SIM_RTL_MODEL_CACHE_H_
