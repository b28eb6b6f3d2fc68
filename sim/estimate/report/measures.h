// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_ESTIMATE_REPORT_MEASURES_H_
#define DENSESHIFT_SIM_ESTIMATE_REPORT_MEASURES_H_

#include <cstdint>
#include <optional>

#include "sim/estimate/network_estimate.h"

namespace denseshift::sim {

// What the reports of an estimate derive from its counts; docs/estimate.md "Output formats".

// Throws std::invalid_argument if there is no layer: a report would say nothing.
void CheckReportable(const NetworkEstimate& estimate);

// Sums over the layers. Roofline cycles are a sum too: layers follow each other.
struct EstimateTotals {
  ArrayCycles breakdown;
  BusBytes moved;
  BusBytes least;
  double roofline_cycles = 0;
};

[[nodiscard]] EstimateTotals Totals(const NetworkEstimate& estimate);

[[nodiscard]] std::uint64_t TotalBytes(const BusBytes& bytes);

// Multiply-accumulate units of the array.
[[nodiscard]] std::uint64_t ProcessingElements(const Config& config);

// part / whole; 0 if whole is 0.
[[nodiscard]] double Ratio(double part, double whole);

// macs / (cycles * PEs), 0..1; 0 if there are no cycles.
[[nodiscard]] double Utilization(std::uint64_t macs, std::uint64_t cycles, std::uint64_t pes);

// MACs per byte with every tensor moved once; nullopt if nothing has to be moved.
[[nodiscard]] std::optional<double> OperationalIntensity(std::uint64_t macs, const BusBytes& least);

}  // namespace denseshift::sim

#endif  // DENSESHIFT_SIM_ESTIMATE_REPORT_MEASURES_H_
