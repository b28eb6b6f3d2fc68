// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_RTL_PROCESS_H_
#define DENSESHIFT_SIM_RTL_PROCESS_H_

#include <filesystem>
#include <string>
#include <sys/types.h>
#include <vector>

namespace denseshift::sim {

// A running tool, its output appended to a file. Waits for its end when destroyed.
class Process {
 public:
  // Starts command[0], looked up in PATH, with the other elements as arguments.
  // Throws std::runtime_error if it cannot be started, naming scripts/setup if it is not installed.
  Process(const std::vector<std::string>& command, const std::filesystem::path& output);
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;
  ~Process();

  // True once the process has ended.
  [[nodiscard]] bool HasEnded();

  // True if it has ended with exit code 0.
  [[nodiscard]] bool Succeeded() const { return ended_ && status_ == 0; }

 private:
  pid_t pid_ = 0;
  bool ended_ = false;
  int status_ = 0;
};

// Runs a tool and returns what it printed, standard output and error together.
// Throws std::runtime_error as Process does, or if the tool fails.
[[nodiscard]] std::string OutputOf(const std::vector<std::string>& command);

}  // namespace denseshift::sim

#endif  // DENSESHIFT_SIM_RTL_PROCESS_H_
