// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_ESTIMATE_SWEEP_SWEEP_HTML_H_
#define DENSESHIFT_SIM_ESTIMATE_SWEEP_SWEEP_HTML_H_

#include <cstdint>
#include <filesystem>
#include <string>

#include "sim/estimate/sweep/sweep_result.h"

namespace denseshift::sim {

// More points are refused: a browser would not show them in reasonable time.
inline constexpr std::uint64_t kMaxPagePoints = 50'000;

// Errors  std::runtime_error if a page would not have room for so many points.
void CheckPageHolds(std::uint64_t points);

// One HTML page with everything in it: totals, scatter, tables; docs/estimate.md "Sweeps".
//
// Errors  as CheckPageHolds.
[[nodiscard]] std::string SweepHtml(const SweepResult& result);

// Writes the same.
//
// Errors  as above, or std::runtime_error naming the path and the reason.
void WriteSweepHtml(const std::filesystem::path& path, const SweepResult& result);

}  // namespace denseshift::sim

#endif  // DENSESHIFT_SIM_ESTIMATE_SWEEP_SWEEP_HTML_H_
