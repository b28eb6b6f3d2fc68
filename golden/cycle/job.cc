// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "golden/cycle/job.h"

namespace denseshift::golden::cycle {

void Job::Start(std::uint32_t watchdog) {
  limit_ = watchdog == 0 ? 1 : watchdog;
  cycles_ = 0;
  error_ = Error();
}

Job::State Job::StepRun(const JobInputs& in, bool& done) {
  const bool ends_by_error = error_.code != kNoError || IsExpired();
  if (error_.code == kNoError) {
    if (in.error.code != kNoError) {
      error_ = in.error;
    } else if (IsExpired()) {
      error_ = in.watchdog_error;
    }
  }
  if (ends_by_error)
    return State::kAbort;
  done = in.idle;
  return in.idle ? State::kIdle : State::kRun;
}

bool Job::Step(const JobInputs& in) {
  bool done = false;
  State next = state_;
  cycles_ += IsRunning() ? 1U : 0U;
  switch (state_) {
    case State::kIdle:
      if (in.start_request) {
        Start(in.watchdog);
        next = State::kRun;
      }
      break;
    case State::kRun:
      next = StepRun(in, done);
      break;
    case State::kAbort:
      done = in.quiet || IsExpired();
      if (done)
        next = in.quiet ? State::kIdle : State::kStuck;
      break;
    case State::kStuck:
      if (in.start_request) {
        done = true;
        error_ = in.watchdog_error;
      }
      if (in.quiet)
        next = State::kIdle;
      break;
  }
  stall_ = in.progress || next != state_ ? 0 : stall_ + 1;
  state_ = next;
  return done;
}

void Job::ListState(StateList& list) const {
  list.Add("job.state", state_, 2);
  list.Add("job.stall", stall_, 32);
  list.Add("job.limit", limit_, 32);
  list.Add("job.cycles", cycles_, 64);
  list.Add("job.code", error_.code, 8);
  list.Add("job.unit", error_.unit, 8);
  list.Add("job.index", error_.index, 32);
  list.Add("job.addr", error_.address, 32);
}

}  // namespace denseshift::golden::cycle
