// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/estimate/sweep/sweep_output.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>

#include "sim/estimate/bottleneck.h"
#include "sim/estimate/report/csv_row.h"
#include "sim/estimate/report/measures.h"

namespace denseshift::sim {

using Json = nlohmann::ordered_json;

namespace {

std::string Dump(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::vector<std::string> Header(const SweepSpace& space) {
  std::vector<std::string> names = space.Keys();
  names.insert(names.end(),
               {"cycles", "macs", "pes", "utilization", "buffer_bytes", "bus_bits", "bottleneck"});
  for (const CycleCategory& category : kCycleCategories)
    names.push_back(fmt::format("{}_cycles", category.name));
  names.insert(names.end(), {"roofline_cycles", "pareto", "error"});
  return names;
}

void AddMeasures(const SweepOutcome& outcome, std::vector<std::string>& fields) {
  const SweepMeasures& m = outcome.measures;
  fields.insert(fields.end(),
                {fmt::to_string(m.cycles),
                 fmt::to_string(m.macs),
                 fmt::to_string(m.pes),
                 fmt::format("{}", Utilization(m.macs, m.cycles, m.pes)),
                 fmt::to_string(m.buffer_bytes),
                 fmt::to_string(m.bus_bits),
                 Bottleneck(m.breakdown)});
  for (const CycleCategory& category : kCycleCategories)
    fields.push_back(fmt::to_string(m.breakdown.*category.cycles));
  fields.push_back(fmt::format("{}", m.roofline_cycles));
  fields.emplace_back(outcome.pareto ? "1" : "0");
}

Json ValuesJson(const SweepSpace& space, std::uint64_t point) {
  const std::vector<std::string> values = space.Values(point);
  Json json = Json::object();
  for (std::size_t i = 0; i < values.size(); ++i)
    json[space.Keys()[i]] = Json::parse(values[i]);
  return json;
}

// Members are null if there is an error.
Json PointJson(const SweepSpace& space, std::uint64_t point, const SweepOutcome& outcome) {
  const SweepMeasures& m = outcome.measures;
  const bool failed = !outcome.error.empty();
  const auto unless_failed = [&](Json value) { return failed ? Json() : std::move(value); };
  Json breakdown = Json::object();
  for (const CycleCategory& category : kCycleCategories)
    breakdown[category.name] = m.breakdown.*category.cycles;
  return {{"values", ValuesJson(space, point)},
          {"cycles", unless_failed(m.cycles)},
          {"macs", unless_failed(m.macs)},
          {"pes", unless_failed(m.pes)},
          {"utilization", unless_failed(Utilization(m.macs, m.cycles, m.pes))},
          {"buffer_bytes", unless_failed(m.buffer_bytes)},
          {"bus_bits", unless_failed(m.bus_bits)},
          {"bottleneck", unless_failed(Bottleneck(m.breakdown))},
          {"breakdown", unless_failed(std::move(breakdown))},
          {"roofline_cycles", unless_failed(m.roofline_cycles)},
          {"pareto", unless_failed(outcome.pareto)},
          {"error", failed ? Json(outcome.error) : Json()}};
}

}  // namespace

void WriteSweepCsv(const SweepResult& result, const TextSink& sink) {
  const std::vector<std::string> header = Header(result.space);
  sink(MakeCsvRow(header));
  for (std::size_t i = 0; i < result.outcomes.size(); ++i) {
    const SweepOutcome& outcome = result.outcomes[i];
    std::vector<std::string> fields = result.space.Values(i);
    if (outcome.error.empty())
      AddMeasures(outcome, fields);
    fields.resize(header.size() - 1);
    fields.push_back(outcome.error);
    sink(MakeCsvRow(fields));
  }
}

void WriteSweepJson(const SweepResult& result, const TextSink& sink) {
  // Point by point, as all of them as one object would not fit the memory they fit now.
  std::string head = Dump({{"network", result.network},
                           {"config", result.config},
                           {"settings", result.settings},
                           {"keys", result.space.Keys()},
                           {"points", Json::array()}});
  head.resize(head.size() - std::string_view("]}").size());
  sink(head);
  for (std::size_t i = 0; i < result.outcomes.size(); ++i) {
    sink(i == 0 ? "\n" : ",\n");
    sink(Dump(PointJson(result.space, i, result.outcomes[i])));
  }
  sink("\n]}\n");
}

void WriteShard(const SweepIdentity& identity,
                const std::vector<SweepOutcome>& outcomes,
                const TextSink& sink) {
  sink(IdentityLine(identity) + "\n");
  const std::vector<std::uint64_t> points = PointsOf(identity.space, identity.shard);
  for (std::size_t i = 0; i < points.size(); ++i)
    sink(PointLine(points[i], outcomes.at(i)) + "\n");
}

}  // namespace denseshift::sim
