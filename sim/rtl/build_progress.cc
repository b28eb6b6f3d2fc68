// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/rtl/build_progress.h"

#include <cstdio>
#include <fmt/format.h>
#include <unistd.h>

namespace denseshift::sim {

BuildProgress::BuildProgress(const std::string& description)
    : description_(description), terminal_(isatty(STDERR_FILENO) == 1) {
  if (!terminal_) {
    fmt::print(
        stderr, "denseshift: building the simulator of {} (kept for later runs)\n", description);
  }
}

BuildProgress::~BuildProgress() {
  if (terminal_)
    std::fputs("\r\033[K", stderr);
}

void BuildProgress::Show(const std::string& step) {
  if (!terminal_)
    return;
  const auto seconds =
      std::chrono::duration_cast<std::chrono::seconds>(std::chrono::steady_clock::now() - start_);
  fmt::print(stderr, "\r\033[Kbuilding {}: {} {} s", description_, step, seconds.count());
}

}  // namespace denseshift::sim
