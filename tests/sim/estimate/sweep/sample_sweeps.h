// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_TESTS_SIM_ESTIMATE_SWEEP_SAMPLE_SWEEPS_H_
#define DENSESHIFT_TESTS_SIM_ESTIMATE_SWEEP_SAMPLE_SWEEPS_H_

#include <cstdint>

#include "sim/estimate/sweep/sweep_result.h"

namespace denseshift::sim {

// Sweeps for their page, with Pareto points marked. Measures are by chance, as a sweep could have
// them: PEs are lanes * columns, the breakdown sums to the cycles.

// `points` configurations; with failures, one of eleven fails.
[[nodiscard]] SweepResult RandomSweep(std::uint64_t points, bool with_failures, std::uint64_t seed);

// All configurations fail.
[[nodiscard]] SweepResult FailedSweep();

// Names, settings and errors that are markup, script, quotes, emoji, very long, control characters
// or not UTF-8.
[[nodiscard]] SweepResult HostileSweep();

}  // namespace denseshift::sim

#endif  // DENSESHIFT_TESTS_SIM_ESTIMATE_SWEEP_SAMPLE_SWEEPS_H_
