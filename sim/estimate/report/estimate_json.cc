// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/estimate/report/estimate_json.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "sim/estimate/report/measures.h"

namespace denseshift::sim {

using Json = nlohmann::ordered_json;

namespace {

Json BreakdownJson(const ArrayCycles& cycles) {
  Json json = Json::object();
  for (const CycleCategory& category : kCycleCategories)
    json[category.name] = cycles.*category.cycles;
  return json;
}

Json BytesJson(const BusBytes& bytes) {
  Json json = Json::object();
  for (const TensorKind& tensor : kTensorKinds)
    json[tensor.name] = bytes.*tensor.bytes;
  json["total"] = TotalBytes(bytes);
  return json;
}

// Sections and keys of a configuration file.
Json ParametersJson(const Config& config) {
  const DeviceParameters& device = config.device;
  const MemoryParameters& memory = config.memory;
  return {{"array",
           {{"lanes", device.lanes},
            {"columns", device.columns},
            {"max_code_bits", device.max_code_bits}}},
          {"accumulator", {{"bits", device.acc_bits}, {"depth", device.acc_depth}}},
          {"buffers",
           {{"activation_bytes", device.act_bytes},
            {"weight_bytes", device.wgt_bytes},
            {"output_bytes", device.out_bytes},
            {"parameter_entries", device.param_entries}}},
          {"bus", {{"width_bits", device.bus_bytes * 8}}},
          {"memory",
           {{"latency_cycles", memory.latency_cycles},
            {"bytes_per_cycle", memory.bytes_per_cycle},
            {"max_outstanding_reads", memory.max_outstanding_reads},
            {"max_outstanding_writes", memory.max_outstanding_writes},
            {"stall_probability", memory.stall_probability},
            {"seed", memory.seed},
            {"refresh_period_cycles", memory.refresh_period_cycles},
            {"refresh_cycles", memory.refresh_cycles}}}};
}

// What layers and the whole network have in common.
struct Counts {
  std::uint64_t macs = 0;
  std::uint64_t cycles = 0;
  const ArrayCycles* breakdown = nullptr;
  const BusBytes* moved = nullptr;
  const BusBytes* least = nullptr;
  double roofline_cycles = 0;
};

void AddCounts(Json& json, const Counts& counts, std::uint64_t pes) {
  const auto cycles = static_cast<double>(counts.cycles);
  const std::optional<double> intensity = OperationalIntensity(counts.macs, *counts.least);
  json["macs"] = counts.macs;
  json["cycles"] = counts.cycles;
  json["utilization"] = Utilization(counts.macs, counts.cycles, pes);
  json["roofline_cycles"] = counts.roofline_cycles;
  json["roofline_reached"] = Ratio(counts.roofline_cycles, cycles);
  json["breakdown"] = BreakdownJson(*counts.breakdown);
  json["bytes"] = BytesJson(*counts.moved);
  json["least_bytes"] = BytesJson(*counts.least);
  json["bandwidth"] = Ratio(static_cast<double>(TotalBytes(*counts.moved)), cycles);
  json["operational_intensity"] = intensity.has_value() ? Json(*intensity) : Json();
}

}  // namespace

std::string EstimateJson(const NetworkEstimate& estimate, int indent) {
  CheckReportable(estimate);
  const std::uint64_t pes = ProcessingElements(estimate.config);
  const EstimateTotals totals = Totals(estimate);
  Json json = {{"network", estimate.network}, {"config", estimate.config.name}, {"pes", pes}};
  AddCounts(json,
            {estimate.macs,
             estimate.cycles,
             &totals.breakdown,
             &totals.moved,
             &totals.least,
             totals.roofline_cycles},
            pes);
  json["command_bytes"] = estimate.command_bytes;
  json["parameters"] = ParametersJson(estimate.config);
  Json layers = Json::array();
  for (const LayerEstimate& layer : estimate.layers) {
    Json entry = {{"name", layer.name}, {"type", layer.type}, {"bottleneck", layer.bottleneck}};
    AddCounts(entry,
              {layer.macs,
               layer.cycles,
               &layer.breakdown,
               &layer.moved,
               &layer.least,
               layer.roofline_cycles},
              pes);
    layers.push_back(std::move(entry));
  }
  json["layers"] = std::move(layers);
  return json.dump(indent, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace denseshift::sim
