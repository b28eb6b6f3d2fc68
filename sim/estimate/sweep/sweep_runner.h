// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_ESTIMATE_SWEEP_SWEEP_RUNNER_H_
#define DENSESHIFT_SIM_ESTIMATE_SWEEP_SWEEP_RUNNER_H_

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "sim/estimate/sweep/sweep_result.h"

namespace denseshift::sim {

// Points of a space, worked on by several threads.
struct SweepRun {
  const SweepSpace& space;
  std::vector<std::uint64_t> points;  // in the order in which they are begun
  int threads = 1;

  // What a configuration with these settings ("KEY=VALUE") takes; called by all threads. What it
  // throws of std::runtime_error and std::invalid_argument is the point's error; anything else
  // ends the run.
  std::function<SweepMeasures(const std::vector<std::string>&)> estimate;

  // Takes what was found of a point; one call at a time, in any order. What it throws ends the
  // run.
  std::function<void(std::uint64_t, SweepOutcome)> take;
};

// Errors  the first that ended the run; the points taken so far stay taken.
void RunSweep(const SweepRun& run);

}  // namespace denseshift::sim

#endif  // DENSESHIFT_SIM_ESTIMATE_SWEEP_SWEEP_RUNNER_H_
