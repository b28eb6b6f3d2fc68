// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/cli/against_rtl.h"

#include <cstddef>
#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <numeric>

#include "sim/estimate/report/estimate_json.h"
#include "sim/text_table.h"

namespace denseshift::sim {
namespace {

std::string Difference(std::uint64_t estimate, std::uint64_t rtl) {
  return fmt::format("{}", static_cast<std::int64_t>(estimate - rtl));
}

}  // namespace

std::uint64_t RtlComparison::Total() const {
  return std::accumulate(cycles.begin(), cycles.end(), std::uint64_t{0});
}

std::size_t RtlComparison::Differences() const {
  std::size_t differences = 0;
  for (std::size_t i = 0; i < cycles.size(); ++i)
    differences += cycles[i] == estimate.layers.at(i).cycles ? 0 : 1;
  return differences;
}

std::string ComparisonTable(const RtlComparison& comparison) {
  TextTable table({"layer", "estimate", "RTL", "difference"});
  for (std::size_t i = 0; i < comparison.cycles.size(); ++i) {
    const LayerEstimate& layer = comparison.estimate.layers.at(i);
    const std::uint64_t rtl = comparison.cycles[i];
    table.AddRow({layer.name,
                  fmt::format("{}", layer.cycles),
                  fmt::format("{}", rtl),
                  Difference(layer.cycles, rtl)});
  }
  const std::uint64_t estimate = comparison.estimate.cycles;
  const std::uint64_t rtl = comparison.Total();
  table.AddRow(
      {"all", fmt::format("{}", estimate), fmt::format("{}", rtl), Difference(estimate, rtl)});
  return table.Text();
}

std::string ComparisonJson(const RtlComparison& comparison) {
  auto json = nlohmann::ordered_json::parse(EstimateJson(comparison.estimate));
  json["rtl_cycles"] = comparison.Total();
  for (std::size_t i = 0; i < comparison.cycles.size(); ++i)
    json["layers"][i]["rtl_cycles"] = comparison.cycles[i];
  return json.dump(2) + "\n";
}

}  // namespace denseshift::sim
