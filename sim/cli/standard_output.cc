// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/cli/standard_output.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fmt/format.h>

namespace denseshift::sim {

void WriteStandardOutput(std::string_view text) {
  errno = 0;
  const bool written = std::fwrite(text.data(), 1, text.size(), stdout) == text.size();
  if (written && std::fflush(stdout) == 0)
    return;
  if (errno == EPIPE)
    throw ReaderGone();
  throw std::runtime_error(fmt::format("cannot write standard output: {}", std::strerror(errno)));
}

}  // namespace denseshift::sim
