// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_GOLDEN_CYCLE_JOB_H_
#define DENSESHIFT_GOLDEN_CYCLE_JOB_H_

#include <cstdint>

#include "golden/cycle/errors.h"
#include "golden/cycle/state_list.h"

namespace denseshift::golden::cycle {

// What the job learns from the units in a cycle.
struct JobInputs {
  bool start_request = false;
  std::uint32_t watchdog = 0;
  bool idle = false;   // looked at in Run
  bool quiet = false;  // looked at in Abort and Stuck
  bool progress = false;
  Error error;           // code 0: none
  Error watchdog_error;  // looked at if NamesUnit()
};

// Start, end, first error and watchdog of a job; docs/timing.md "Job".
class Job {
 public:
  enum class State : std::uint8_t { kIdle, kRun, kAbort, kStuck };

  [[nodiscard]] State state() const { return state_; }

  [[nodiscard]] bool IsRunning() const { return state_ == State::kRun || state_ == State::kAbort; }

  [[nodiscard]] bool IsClear() const { return state_ == State::kIdle; }

  [[nodiscard]] bool IsAborting() const {
    return state_ == State::kAbort || state_ == State::kStuck;
  }

  // Whether this cycle may end with the watchdog's error.
  [[nodiscard]] bool NamesUnit(bool start_request) const {
    return (state_ == State::kRun && IsExpired()) || (state_ == State::kStuck && start_request);
  }

  // Whether this cycle ends as nearly all do: a job runs on, as far as units raise no error.
  [[nodiscard]] bool RunsOn(bool idle) const {
    return state_ == State::kRun && error_.code == kNoError && !IsExpired() && !idle;
  }

  // The end of such a cycle.
  void RunOn(bool progress) {
    ++cycles_;
    stall_ = progress ? 0 : stall_ + 1;
  }

  // The end of any cycle. Returns whether the job is done.
  bool Step(const JobInputs& in);

  void Reset() { *this = Job(); }

  [[nodiscard]] const Error& error() const { return error_; }

  [[nodiscard]] std::uint64_t cycles() const { return cycles_; }

  void ListState(StateList& list) const;

 private:
  [[nodiscard]] bool IsExpired() const { return stall_ >= limit_; }

  void Start(std::uint32_t watchdog);
  State StepRun(const JobInputs& in, bool& done);

  State state_ = State::kIdle;
  std::uint32_t stall_ = 0;
  std::uint32_t limit_ = 0;
  std::uint64_t cycles_ = 0;
  Error error_;
};

}  // namespace denseshift::golden::cycle

#endif  // DENSESHIFT_GOLDEN_CYCLE_JOB_H_
