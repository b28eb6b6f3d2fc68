// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/estimate/report/measures.h"

#include <fmt/format.h>
#include <stdexcept>

namespace denseshift::sim {

void CheckReportable(const NetworkEstimate& estimate) {
  if (estimate.layers.empty()) {
    throw std::invalid_argument(fmt::format(
        "nothing to report: '{}' has 0 layers, give a network or a table with at least 1",
        estimate.network));
  }
}

EstimateTotals Totals(const NetworkEstimate& estimate) {
  EstimateTotals totals;
  for (const LayerEstimate& layer : estimate.layers) {
    for (const CycleCategory& category : kCycleCategories)
      totals.breakdown.*category.cycles += layer.breakdown.*category.cycles;
    for (const TensorKind& tensor : kTensorKinds) {
      totals.moved.*tensor.bytes += layer.moved.*tensor.bytes;
      totals.least.*tensor.bytes += layer.least.*tensor.bytes;
    }
    totals.roofline_cycles += layer.roofline_cycles;
  }
  return totals;
}

std::uint64_t TotalBytes(const BusBytes& bytes) {
  std::uint64_t total = 0;
  for (const TensorKind& tensor : kTensorKinds)
    total += bytes.*tensor.bytes;
  return total;
}

std::uint64_t ProcessingElements(const Config& config) {
  return static_cast<std::uint64_t>(config.device.lanes) *
         static_cast<std::uint64_t>(config.device.columns);
}

double Ratio(double part, double whole) {
  return whole == 0 ? 0.0 : part / whole;
}

double Utilization(std::uint64_t macs, std::uint64_t cycles, std::uint64_t pes) {
  return Ratio(static_cast<double>(macs), static_cast<double>(cycles) * static_cast<double>(pes));
}

std::optional<double> OperationalIntensity(std::uint64_t macs, const BusBytes& least) {
  const std::uint64_t bytes = TotalBytes(least);
  if (bytes == 0)
    return std::nullopt;
  return static_cast<double>(macs) / static_cast<double>(bytes);
}

}  // namespace denseshift::sim
