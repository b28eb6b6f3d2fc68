// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_CLI_AGAINST_RTL_H_
#define DENSESHIFT_SIM_CLI_AGAINST_RTL_H_

#include <cstdint>
#include <string>
#include <vector>

#include "sim/estimate/network_estimate.h"

namespace denseshift::sim {

// An estimate beside what the RTL took; `cycles` of each layer.
struct RtlComparison {
  const NetworkEstimate& estimate;
  std::vector<std::uint64_t> cycles;

  [[nodiscard]] std::uint64_t Total() const;

  // Layers of which the cycles differ.
  [[nodiscard]] std::size_t Differences() const;
};

[[nodiscard]] std::string ComparisonTable(const RtlComparison& comparison);

// The estimate as JSON with `rtl_cycles`, in total and for each layer.
[[nodiscard]] std::string ComparisonJson(const RtlComparison& comparison);

}  // namespace denseshift::sim

#endif  // DENSESHIFT_SIM_CLI_AGAINST_RTL_H_
