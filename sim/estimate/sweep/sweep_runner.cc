// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/estimate/sweep/sweep_runner.h"

#include <algorithm>
#include <exception>
#include <mutex>
#include <stdexcept>
#include <system_error>
#include <thread>
#include <utility>

namespace denseshift::sim {

namespace {

// What the threads share.
class Work {
 public:
  explicit Work(const SweepRun& run) : run_(run) {}

  // Until nothing is left, or something failed.
  void Run() {
    try {
      for (const std::uint64_t* point = Next(); point != nullptr; point = Next())
        Take(*point, Estimate(*point));
    } catch (...) {
      const std::lock_guard<std::mutex> lock(mutex_);
      if (failure_ == nullptr)
        failure_ = std::current_exception();
    }
  }

  void RethrowFailure() const {
    if (failure_ != nullptr)
      std::rethrow_exception(failure_);
  }

 private:
  const std::uint64_t* Next() {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (failure_ != nullptr || begun_ == run_.points.size())
      return nullptr;
    return &run_.points[begun_++];
  }

  [[nodiscard]] SweepOutcome Estimate(std::uint64_t point) const {
    SweepOutcome outcome;
    try {
      outcome.measures = run_.estimate(run_.space.Settings(point));
    } catch (const std::runtime_error& e) {
      outcome.error = e.what();
    } catch (const std::invalid_argument& e) {
      outcome.error = e.what();
    }
    return outcome;
  }

  void Take(std::uint64_t point, SweepOutcome outcome) {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (failure_ != nullptr)
      return;
    try {
      run_.take(point, std::move(outcome));
    } catch (...) {
      // Still under the lock: nothing is taken after a failure.
      failure_ = std::current_exception();
    }
  }

  const SweepRun& run_;
  std::mutex mutex_;
  std::size_t begun_ = 0;
  std::exception_ptr failure_;
};

}  // namespace

void RunSweep(const SweepRun& run) {
  Work work(run);
  const std::size_t count =
      std::clamp<std::size_t>(static_cast<std::size_t>(run.threads), 1, run.points.size() + 1);
  std::vector<std::thread> others;
  try {
    for (std::size_t i = 1; i < count; ++i)
      others.emplace_back([&work] { work.Run(); });
  } catch (const std::system_error&) {
    // The system has no more threads; those there are do the work.
  }
  work.Run();
  for (std::thread& other : others)
    other.join();
  work.RethrowFailure();
}

}  // namespace denseshift::sim
