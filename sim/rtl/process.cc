// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/rtl/process.h"

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <fmt/format.h>
#include <memory>
#include <spawn.h>
#include <stdexcept>
#include <sys/wait.h>
#include <unistd.h>

namespace denseshift::sim {

namespace {

// Starts a command with standard output and error in descriptor `output`, no standard input.
pid_t Spawn(const std::vector<std::string>& command, int output) {
  std::vector<char*> argv;
  argv.reserve(command.size() + 1);
  for (const std::string& argument : command)
    argv.push_back(const_cast<char*>(argument.c_str()));
  argv.push_back(nullptr);

  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&actions, output, STDERR_FILENO);
  pid_t pid = 0;
  const int error = posix_spawnp(&pid, argv[0], &actions, nullptr, argv.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  if (error == ENOENT) {
    throw std::runtime_error(
        fmt::format("{} is not installed (not found in PATH); run scripts/setup", command[0]));
  }
  if (error != 0) {
    throw std::runtime_error(fmt::format("cannot start {}: {}", command[0], std::strerror(error)));
  }
  return pid;
}

int WaitFor(pid_t pid) {
  int status = 0;
  while (waitpid(pid, &status, 0) < 0 && errno == EINTR) {}
  return status;
}

}  // namespace

Process::Process(const std::vector<std::string>& command, const std::filesystem::path& output) {
  const int fd = open(output.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
  if (fd < 0) {
    throw std::runtime_error(
        fmt::format("cannot write {}: {}", output.string(), std::strerror(errno)));
  }
  try {
    pid_ = Spawn(command, fd);
  } catch (...) {
    close(fd);
    throw;
  }
  close(fd);
}

Process::~Process() {
  if (!ended_)
    WaitFor(pid_);
}

bool Process::HasEnded() {
  if (!ended_)
    ended_ = waitpid(pid_, &status_, WNOHANG) == pid_;
  return ended_;
}

std::string OutputOf(const std::vector<std::string>& command) {
  std::array<int, 2> ends{};
  if (pipe2(ends.data(), O_CLOEXEC) != 0) {
    throw std::runtime_error(fmt::format("cannot make a pipe: {}", std::strerror(errno)));
  }
  pid_t pid = 0;
  try {
    pid = Spawn(command, ends[1]);
  } catch (...) {
    close(ends[0]);
    close(ends[1]);
    throw;
  }
  close(ends[1]);
  std::string output;
  std::array<char, 4096> buffer{};
  ssize_t bytes = 0;
  while ((bytes = read(ends[0], buffer.data(), buffer.size())) > 0 ||
         (bytes < 0 && errno == EINTR)) {
    if (bytes > 0)
      output.append(buffer.data(), static_cast<std::size_t>(bytes));
  }
  close(ends[0]);
  if (WaitFor(pid) != 0) {
    throw std::runtime_error(fmt::format("{} failed: {}", fmt::join(command, " "), output));
  }
  return output;
}

}  // namespace denseshift::sim
