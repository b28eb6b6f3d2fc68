// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/estimate/report/estimate_csv.h"

#include <fmt/format.h>
#include <vector>

#include "sim/estimate/report/csv_row.h"
#include "sim/estimate/report/measures.h"

namespace denseshift::sim {

namespace {

std::vector<std::string> Header() {
  std::vector<std::string> names = {"layer", "name", "type", "macs", "cycles", "utilization"};
  for (const CycleCategory& category : kCycleCategories)
    names.push_back(fmt::format("{}_cycles", category.name));
  for (const TensorKind& tensor : kTensorKinds)
    names.push_back(fmt::format("{}_bytes", tensor.name));
  names.emplace_back("moved_bytes");
  for (const TensorKind& tensor : kTensorKinds)
    names.push_back(fmt::format("least_{}_bytes", tensor.name));
  names.insert(names.end(),
               {"least_bytes",
                "bandwidth",
                "operational_intensity",
                "roofline_cycles",
                "roofline_reached",
                "bottleneck"});
  return names;
}

void AddBytes(std::vector<std::string>& fields, const BusBytes& bytes) {
  for (const TensorKind& tensor : kTensorKinds)
    fields.push_back(fmt::to_string(bytes.*tensor.bytes));
  fields.push_back(fmt::to_string(TotalBytes(bytes)));
}

std::vector<std::string> Row(std::size_t index, const LayerEstimate& layer, std::uint64_t pes) {
  const auto cycles = static_cast<double>(layer.cycles);
  const std::optional<double> intensity = OperationalIntensity(layer.macs, layer.least);
  std::vector<std::string> fields = {
      fmt::to_string(index),
      layer.name,
      layer.type,
      fmt::to_string(layer.macs),
      fmt::to_string(layer.cycles),
      fmt::format("{}", Utilization(layer.macs, layer.cycles, pes)),
  };
  for (const CycleCategory& category : kCycleCategories)
    fields.push_back(fmt::to_string(layer.breakdown.*category.cycles));
  AddBytes(fields, layer.moved);
  AddBytes(fields, layer.least);
  fields.push_back(fmt::format("{}", Ratio(static_cast<double>(TotalBytes(layer.moved)), cycles)));
  fields.push_back(intensity.has_value() ? fmt::format("{}", *intensity) : "");
  fields.push_back(fmt::format("{}", layer.roofline_cycles));
  fields.push_back(fmt::format("{}", Ratio(layer.roofline_cycles, cycles)));
  fields.push_back(layer.bottleneck);
  return fields;
}

}  // namespace

std::string EstimateCsv(const NetworkEstimate& estimate) {
  CheckReportable(estimate);
  const std::uint64_t pes = ProcessingElements(estimate.config);
  std::string text = MakeCsvRow(Header());
  for (std::size_t i = 0; i < estimate.layers.size(); ++i)
    text += MakeCsvRow(Row(i, estimate.layers[i], pes));
  return text;
}

}  // namespace denseshift::sim
