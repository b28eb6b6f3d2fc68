// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "tests/mutation/campaign.h"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <fmt/format.h>
#include <map>
#include <optional>
#include <stdexcept>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

namespace denseshift::testing {

// Written by the process of a mutant, read by the campaign.
struct Campaign::Report {
  bool is_done = false;
  const char* kind = "";
  std::size_t trace = 0;
  std::size_t cycle = 0;
  char what[80] = {};
};

namespace {

// Memory that a process shares with those it starts.
template <typename Item>
class SharedItems {
 public:
  explicit SharedItems(std::size_t count)
      : bytes_(std::max<std::size_t>(count, 1) * sizeof(Item)),
        items_(mmap(nullptr, bytes_, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0)) {
    if (items_ == MAP_FAILED)
      throw std::runtime_error(fmt::format("no shared memory: {}", std::strerror(errno)));
    for (std::size_t i = 0; i < count; ++i)
      new (&(*this)[i]) Item();
  }

  SharedItems(const SharedItems&) = delete;
  SharedItems& operator=(const SharedItems&) = delete;

  ~SharedItems() { munmap(items_, bytes_); }

  Item& operator[](std::size_t i) { return static_cast<Item*>(items_)[i]; }

 private:
  std::size_t bytes_;
  void* items_;
};

// Starts `body` in a process that ends by a signal after `limit`. Returns its number.
template <typename Body>
pid_t Start(std::chrono::seconds limit, Body body) {
  const pid_t process = fork();
  if (process < 0)
    throw std::runtime_error(fmt::format("cannot start a process: {}", std::strerror(errno)));
  if (process == 0) {
    alarm(static_cast<unsigned>(limit.count()));
    try {
      body();
    } catch (...) {
      _exit(1);
    }
    _exit(0);
  }
  return process;
}

std::string Describe(int status) {
  if (WIFSIGNALED(status)) {
    return WTERMSIG(status) == SIGALRM ? "does not end"
                                       : fmt::format("ends by signal {}", WTERMSIG(status));
  }
  return fmt::format("ends with code {}", WEXITSTATUS(status));
}

}  // namespace

void Campaign::RunOne(unsigned mutant, Report& report) const {
  for (std::size_t i = 0; i < traces_.size(); ++i) {
    report.trace = i;
    const std::optional<Difference> difference = model_.Run(traces_[i], mutant);
    if (!difference)
      continue;
    report.kind = difference->kind;
    report.cycle = difference->cycle;
    const std::size_t size = std::min(difference->what.size(), sizeof(report.what) - 1);
    std::memcpy(report.what, difference->what.data(), size);
    break;
  }
  report.is_done = true;
}

std::vector<MutantResult> Campaign::Run(const std::vector<unsigned>& mutants,
                                        std::size_t processes,
                                        std::chrono::seconds limit) const {
  SharedItems<Report> reports(mutants.size());
  std::vector<MutantResult> results(mutants.size());
  std::map<pid_t, std::size_t> running;  // process and index of its mutant
  std::size_t next = 0;
  while (next < mutants.size() || !running.empty()) {
    while (next < mutants.size() && running.size() < processes) {
      const std::size_t i = next++;
      running[Start(limit, [&] { RunOne(mutants[i], reports[i]); })] = i;
    }
    int status = 0;
    const pid_t process = wait(&status);
    const auto ended = running.find(process);
    if (ended == running.end())
      continue;
    const std::size_t i = ended->second;
    running.erase(ended);
    const Report& report = reports[i];
    results[i] = {mutants[i],
                  report.kind,
                  traces_[report.trace].name,
                  report.cycle,
                  static_cast<const char*>(report.what)};
    if (!report.is_done) {
      results[i].kind = "end";
      results[i].what = Describe(status);
    }
  }
  return results;
}

}  // namespace denseshift::testing
