// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_ATOMIC_FILE_H_
#define DENSESHIFT_SIM_ATOMIC_FILE_H_

#include <filesystem>
#include <functional>
#include <string_view>

namespace denseshift::sim {

// Writes a file that appears complete or not at all: to a temporary file beside it, then renamed.
// Something that is not a regular file (a pipe, /dev/stdout) is written directly.
//
// Errors  std::runtime_error naming path and reason.
void WriteFileAtomically(const std::filesystem::path& path, std::string_view content);

// The same for a file that `write` writes to the path it is given, which keeps the extension.
void WriteFileAtomically(const std::filesystem::path& path,
                         const std::function<void(const std::filesystem::path&)>& write);

}  // namespace denseshift::sim

#endif  // DENSESHIFT_SIM_ATOMIC_FILE_H_
