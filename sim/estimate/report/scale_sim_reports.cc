// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/estimate/report/scale_sim_reports.h"

#include <fmt/format.h>
#include <stdexcept>
#include <system_error>

#include "sim/atomic_file.h"
#include "sim/estimate/report/measures.h"

namespace denseshift::sim {

namespace {

constexpr const char* kComputeHeader =
    "LayerID, Total Cycles (incl. prefetch), Total Cycles, Stall Cycles, Overall Util %, "
    "Mapping Efficiency %, Compute Util %,\n";
constexpr const char* kBandwidthHeader =
    "LayerID, Avg IFMAP SRAM BW, Avg FILTER SRAM BW, Avg OFMAP SRAM BW, Avg IFMAP DRAM BW, "
    "Avg FILTER DRAM BW, Avg OFMAP DRAM BW,\n";

// What an estimate does not count. A zero would be read as a measurement.
constexpr const char* kUnknown = "nan";

std::string ComputeRow(std::size_t index, const LayerEstimate& layer, std::uint64_t pes) {
  const ArrayCycles& breakdown = layer.breakdown;
  return fmt::format("{}, {}, {}, {}, {}, {}, {},\n",
                     index,
                     layer.cycles,
                     layer.cycles,
                     layer.cycles - breakdown.compute,
                     100 * Utilization(layer.macs, layer.cycles, pes),
                     100 * Utilization(layer.macs, breakdown.compute, pes),
                     100 * Utilization(layer.macs, layer.cycles - breakdown.memory, pes));
}

std::string BandwidthRow(std::size_t index, const LayerEstimate& layer) {
  const auto per_cycle = [&](std::uint64_t bytes) {
    return Ratio(static_cast<double>(bytes), static_cast<double>(layer.cycles));
  };
  return fmt::format("{}, {}, {}, {}, {}, {}, {},\n",
                     index,
                     kUnknown,
                     kUnknown,
                     kUnknown,
                     per_cycle(layer.moved.input),
                     per_cycle(layer.moved.weight + layer.moved.parameter),
                     per_cycle(layer.moved.output));
}

}  // namespace

ScaleSimReports MakeScaleSimReports(const NetworkEstimate& estimate) {
  CheckReportable(estimate);
  const std::uint64_t pes = ProcessingElements(estimate.config);
  ScaleSimReports reports{kComputeHeader, kBandwidthHeader};
  for (std::size_t i = 0; i < estimate.layers.size(); ++i) {
    reports.compute += ComputeRow(i, estimate.layers[i], pes);
    reports.bandwidth += BandwidthRow(i, estimate.layers[i]);
  }
  return reports;
}

void WriteScaleSimReports(const std::filesystem::path& folder, const NetworkEstimate& estimate) {
  const ScaleSimReports reports = MakeScaleSimReports(estimate);
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) {
    throw std::runtime_error(
        fmt::format("cannot make the folder {}: {}", folder.string(), error.message()));
  }
  WriteFileAtomically(folder / "COMPUTE_REPORT.csv", reports.compute);
  WriteFileAtomically(folder / "BANDWIDTH_REPORT.csv", reports.bandwidth);
}

}  // namespace denseshift::sim
