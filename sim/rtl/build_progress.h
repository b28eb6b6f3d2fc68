// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_RTL_BUILD_PROGRESS_H_
#define DENSESHIFT_SIM_RTL_BUILD_PROGRESS_H_

#include <chrono>
#include <string>

namespace denseshift::sim {

// Tells on standard error that a model is being built: a line that counts seconds and is erased at
// the end if it is a terminal, one plain line if not.
class BuildProgress {
 public:
  explicit BuildProgress(const std::string& description);
  BuildProgress(const BuildProgress&) = delete;
  BuildProgress& operator=(const BuildProgress&) = delete;
  ~BuildProgress();

  // What is being done now. Cheap; call often.
  void Show(const std::string& step);

 private:
  std::string description_;
  bool terminal_;
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

}  // namespace denseshift::sim

#endif  // DENSESHIFT_SIM_RTL_BUILD_PROGRESS_H_
