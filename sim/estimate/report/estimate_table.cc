// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/estimate/report/estimate_table.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <fmt/format.h>
#include <optional>
#include <vector>

#include "sim/estimate/report/measures.h"
#include "sim/estimate/report/short_text.h"
#include "sim/text_table.h"

namespace denseshift::sim {

namespace {

constexpr std::size_t kLineLimit = 150;
constexpr std::size_t kShortestName = 8;
constexpr std::size_t kLongestType = 14;
constexpr std::size_t kColumnGap = 2;  // of TextTable

constexpr const char* kLegend =
    "util: % of the MACs the array could do in these cycles. comp .. drain: % of cycles, by what "
    "the array does.\n"
    "MACs/B: every tensor moved once. roofl: cycles at best; of it: % of that speed reached. kB: "
    "1000 bytes.\n";

using Row = std::vector<std::string>;

const Row kHeader = {"layer",
                     "type",
                     "MACs",
                     "cycles",
                     "util",
                     "comp",
                     "wload",
                     "mem",
                     "post",
                     "fill",
                     "drain",
                     "kB",
                     "B/cycle",
                     "MACs/B",
                     "roofl",
                     "of it",
                     "bottleneck"};

std::string Percent(double part, double whole) {
  return fmt::format("{:.1f}", 100 * Ratio(part, whole));
}

// MACs per byte; of a product of large matrices it is large.
std::string Intensity(double value) {
  return value < 10000 ? fmt::format("{:.1f}", value)
                       : ShortCount(static_cast<std::uint64_t>(std::llround(value)));
}

// `layer` may be the totals.
Row RowOf(const LayerEstimate& layer, std::uint64_t pes) {
  const auto cycles = static_cast<double>(layer.cycles);
  const auto bytes = static_cast<double>(TotalBytes(layer.moved));
  const std::optional<double> intensity = OperationalIntensity(layer.macs, layer.least);
  Row row = {layer.name,
             ShortName(layer.type, kLongestType),
             ShortCount(layer.macs),
             fmt::to_string(layer.cycles),
             fmt::format("{:.1f}", 100 * Utilization(layer.macs, layer.cycles, pes))};
  for (const CycleCategory& category : kCycleCategories)
    row.push_back(Percent(static_cast<double>(layer.breakdown.*category.cycles), cycles));
  row.push_back(fmt::format("{:.{}f}", bytes / 1000, bytes < 1e8 ? 1 : 0));
  row.push_back(fmt::format("{:.2f}", Ratio(bytes, cycles)));
  row.push_back(intensity.has_value() ? Intensity(*intensity) : "-");
  row.push_back(ShortCount(static_cast<std::uint64_t>(std::llround(layer.roofline_cycles))));
  row.push_back(Percent(layer.roofline_cycles, cycles));
  row.push_back(layer.bottleneck);
  return row;
}

LayerEstimate TotalsAsLayer(const NetworkEstimate& estimate) {
  const EstimateTotals totals = Totals(estimate);
  LayerEstimate layer;
  layer.name = "total";
  layer.macs = estimate.macs;
  layer.cycles = estimate.cycles;
  layer.breakdown = totals.breakdown;
  layer.moved = totals.moved;
  layer.least = totals.least;
  layer.roofline_cycles = totals.roofline_cycles;
  return layer;
}

// Characters a name may have so that no line is longer than the limit.
std::size_t NameLimit(const std::vector<Row>& rows) {
  std::size_t others = 0;
  for (std::size_t column = 1; column < kHeader.size(); ++column) {
    std::size_t width = 0;
    for (const Row& row : rows)
      width = std::max(width, CharacterCount(row[column]));
    others += kColumnGap + width;
  }
  return std::max(kShortestName, kLineLimit - std::min(kLineLimit, others));
}

std::string Head(const NetworkEstimate& estimate) {
  const DeviceParameters& device = estimate.config.device;
  const MemoryParameters& memory = estimate.config.memory;
  return fmt::format(
      "{} on {}: {} cycles. {} lanes x {} columns, {} bytes/cycle each way, latency {} cycles\n\n",
      ShortName(estimate.network, 40),
      estimate.config.name,
      estimate.cycles,
      device.lanes,
      device.columns,
      std::min(memory.bytes_per_cycle, static_cast<double>(device.bus_bytes)),
      memory.latency_cycles);
}

}  // namespace

std::string EstimateTable(const NetworkEstimate& estimate) {
  CheckReportable(estimate);
  const std::uint64_t pes = ProcessingElements(estimate.config);
  std::vector<Row> rows = {kHeader};
  for (const LayerEstimate& layer : estimate.layers)
    rows.push_back(RowOf(layer, pes));
  rows.push_back(RowOf(TotalsAsLayer(estimate), pes));
  const std::size_t limit = NameLimit(rows);
  TextTable table(kHeader);
  for (std::size_t i = 1; i < rows.size(); ++i) {
    rows[i][0] = ShortName(rows[i][0], limit);
    table.AddRow(rows[i]);
  }
  return Head(estimate) + table.Text() + "\n" + kLegend;
}

}  // namespace denseshift::sim
