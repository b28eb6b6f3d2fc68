// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/cli/progress_bar.h"

#include <cstdio>
#include <fmt/format.h>
#include <unistd.h>
#include <utility>

namespace denseshift::sim {

namespace {

constexpr std::size_t kWidth = 30;
constexpr auto kInterval = std::chrono::milliseconds(100);

}  // namespace

ProgressBar::ProgressBar(std::string what, std::size_t total)
    : what_(std::move(what)), total_(total), terminal_(isatty(STDERR_FILENO) == 1) {
  if (terminal_)
    Draw();
}

ProgressBar::~ProgressBar() {
  if (terminal_)
    std::fputs("\r\033[K", stderr);
}

void ProgressBar::Advance(std::size_t amount) {
  const std::lock_guard<std::mutex> lock(mutex_);
  done_ += amount;
  if (terminal_ && std::chrono::steady_clock::now() - drawn_ >= kInterval)
    Draw();
}

void ProgressBar::Draw() {
  drawn_ = std::chrono::steady_clock::now();
  const std::size_t filled = total_ == 0 ? kWidth : kWidth * done_ / total_;
  const double seconds = std::chrono::duration<double>(drawn_ - start_).count();
  std::string left;
  if (done_ > 0) {
    left = fmt::format(", {:.0f} s left",
                       seconds / static_cast<double>(done_) * static_cast<double>(total_ - done_));
  }
  fmt::print(stderr,
             "\r\033[K{} [{:#<{}}{:.<{}}] {}/{}{}",
             what_,
             "",
             filled,
             "",
             kWidth - filled,
             done_,
             total_,
             left);
}

}  // namespace denseshift::sim
