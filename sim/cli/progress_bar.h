// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_CLI_PROGRESS_BAR_H_
#define DENSESHIFT_SIM_CLI_PROGRESS_BAR_H_

#include <chrono>
#include <cstddef>
#include <mutex>
#include <string>

namespace denseshift::sim {

// A bar on standard error, if that is a terminal; erased at the end. Can be used by several
// threads.
class ProgressBar {
 public:
  ProgressBar(std::string what, std::size_t total);
  ProgressBar(const ProgressBar&) = delete;
  ProgressBar& operator=(const ProgressBar&) = delete;
  ~ProgressBar();

  void Advance(std::size_t amount);

 private:
  void Draw();

  std::string what_;
  std::size_t total_;
  std::size_t done_ = 0;
  bool terminal_;
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
  std::chrono::steady_clock::time_point drawn_;
  std::mutex mutex_;
};

}  // namespace denseshift::sim

#endif  // DENSESHIFT_SIM_CLI_PROGRESS_BAR_H_
