// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/estimate/sweep/sweep_result.h"

#include "sim/estimate/report/measures.h"

namespace denseshift::sim {

namespace {

// Bytes of one parameter set, docs/commands.md; an entry has one for each column.
constexpr std::uint64_t kParameterSetBytes = 8;

std::uint64_t BufferBytes(const DeviceParameters& device) {
  return static_cast<std::uint64_t>(device.act_bytes) +
         static_cast<std::uint64_t>(device.wgt_bytes) +
         static_cast<std::uint64_t>(device.out_bytes) +
         static_cast<std::uint64_t>(device.param_entries) *
             static_cast<std::uint64_t>(device.columns) * kParameterSetBytes;
}

}  // namespace

SweepMeasures MeasuresOf(const NetworkEstimate& estimate) {
  const EstimateTotals totals = Totals(estimate);
  SweepMeasures measures;
  measures.cycles = estimate.cycles;
  measures.macs = estimate.macs;
  measures.pes = ProcessingElements(estimate.config);
  measures.buffer_bytes = BufferBytes(estimate.config.device);
  measures.bus_bits = static_cast<std::uint64_t>(estimate.config.device.bus_bytes) * 8;
  measures.breakdown = totals.breakdown;
  measures.roofline_cycles = totals.roofline_cycles;
  return measures;
}

}  // namespace denseshift::sim
