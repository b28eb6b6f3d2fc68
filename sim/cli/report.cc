// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/cli/report.h"

#include <algorithm>
#include <fmt/format.h>
#include <iterator>
#include <nlohmann/json.hpp>

#include "driver/registers.h"
#include "sim/text_table.h"

namespace denseshift::sim {

namespace registers = driver::registers;
using Json = nlohmann::ordered_json;

namespace {

constexpr std::size_t kMaxPictures = 32;

std::uint64_t LayerMacs(const RunReport& report, std::size_t layer) {
  return report.program->layers[layer].macs * report.images;
}

// Share of the array's multiply-accumulates that did work of the network.
double Utilization(const RunReport& report, std::uint64_t macs, std::uint64_t cycles) {
  const DeviceParameters& device = report.config->device;
  return cycles == 0 ? 0.0
                     : static_cast<double>(macs) / static_cast<double>(cycles) / device.lanes /
                           device.columns;
}

double CyclesPerSecond(const RunReport& report) {
  const InferenceResult& result = report.result;
  return result.simulation_seconds > 0
             ? static_cast<double>(result.simulated_cycles) / result.simulation_seconds
             : 0.0;
}

std::uint64_t TotalMacs(const RunReport& report) {
  std::uint64_t macs = 0;
  for (std::size_t i = 0; i < report.program->layers.size(); ++i)
    macs += LayerMacs(report, i);
  return macs;
}

Json CheckJson(const RunReport& report) {
  const std::optional<LayerDifference>& difference = report.result.difference;
  Json check = {{"mode",
                 report.lockstep        ? "lockstep"
                 : report.checks_layers ? "layer"
                                        : "off"},
                {"images", report.result.checked_images},
                {"differences", difference.has_value() ? difference->count : 0}};
  if (report.lockstep) {
    check["compared_cycles"] = report.result.compared_cycles;
    check["compared_signals"] = report.result.compared_signals;
  }
  if (report.flip.has_value())
    check["fault"] = report.flip->Text();
  if (difference.has_value()) {
    check["first"] = {{"layer", difference->layer},
                      {"image", difference->image},
                      {"channel", difference->channel},
                      {"row", difference->row},
                      {"column", difference->column},
                      {"actual", difference->actual},
                      {"expected", difference->expected}};
  }
  return check;
}

// "lane 3" as 3; -1 is none.
Json IndexJson(int index) {
  return index < 0 ? Json() : Json(index);
}

Json FindingJson(const LockstepFinding& finding, const std::string& replay) {
  const LockstepDifference& difference = finding.difference;
  Json first = {{"cycle", difference.cycle},
                {"unit", difference.signal.unit},
                {"signal", difference.signal.name},
                {"lane", IndexJson(difference.signal.lane)},
                {"column", IndexJson(difference.signal.column)},
                {"expected", difference.expected},
                {"actual", difference.actual},
                {"rtl_signal", difference.signal.rtl_name},
                {"layer", Json()},
                {"command", Json()},
                {"tile", Json()},
                {"replay", replay}};
  if (finding.command.has_value()) {
    first["layer"] = finding.command->layer;
    first["command"] = finding.command->index;
    first["tile"] = finding.command->tile;
  }
  return first;
}

Json HeadJson(const RunReport& report) {
  return {{"network", report.program->name},
          {"device", report.device},
          {"config", report.config->name},
          {"images", report.images},
          {"batch", report.program->batch}};
}

Json LayersJson(const RunReport& report) {
  Json layers = Json::array();
  for (std::size_t i = 0; i < report.program->layers.size(); ++i) {
    const driver::ProgramLayer& layer = report.program->layers[i];
    const std::uint64_t cycles = report.result.layer_cycles[i];
    const std::uint64_t macs = LayerMacs(report, i);
    Json entry = {{"name", layer.name},
                  {"operator", layer.onnx_type},
                  {"code_bits", layer.code_bits},
                  {"macs", macs}};
    entry["cycles"] = report.has_time ? Json(cycles) : Json();
    entry["utilization"] = report.has_time ? Json(Utilization(report, macs, cycles)) : Json();
    layers.push_back(entry);
  }
  return layers;
}

Json CountersJson(const RunReport& report) {
  Json units = Json::object();
  for (std::size_t unit = 0; unit < report.result.counters.size(); ++unit) {
    Json counters = Json::object();
    for (std::size_t k = 0; k < 4; ++k) {
      std::string name = registers::kCounterNames[k];
      std::replace(name.begin(), name.end(), ' ', '_');
      counters[name] = report.result.counters[unit][k];
    }
    units[registers::kUnitNames[unit]] = counters;
  }
  return units;
}

std::string PicturesText(const RunReport& report) {
  if (report.predictions.empty())
    return "";
  const bool has_labels = !report.labels.empty();
  TextTable table(has_labels ? std::vector<std::string>{"image", "label", "prediction", ""}
                             : std::vector<std::string>{"image", "prediction"});
  const std::size_t shown = std::min(report.predictions.size(), kMaxPictures);
  for (std::size_t i = 0; i < shown; ++i) {
    std::vector<std::string> row = {std::to_string(i)};
    if (has_labels)
      row.push_back(std::to_string(report.labels[i]));
    row.push_back(std::to_string(report.predictions[i]));
    if (has_labels)
      row.emplace_back(report.labels[i] == report.predictions[i] ? "" : "wrong");
    table.AddRow(row);
  }
  std::string text = table.Text();
  if (shown < report.predictions.size()) {
    text += fmt::format("... and {} more\n", report.predictions.size() - shown);
  }
  return text + "\n";
}

std::string LayersText(const RunReport& report) {
  TextTable table(
      {"layer", "operator", "code bits", "MACs", "cycles", "MACs/cycle", "utilization"});
  const auto add = [&](const std::string& name,
                       const std::string& type,
                       int bits,
                       std::uint64_t macs,
                       std::uint64_t cycles) {
    const double rate = cycles == 0 ? 0.0 : static_cast<double>(macs) / static_cast<double>(cycles);
    table.AddRow(
        {name,
         type,
         bits == 0 ? "" : std::to_string(bits),
         std::to_string(macs),
         report.has_time ? std::to_string(cycles) : "-",
         report.has_time ? fmt::format("{:.1f}", rate) : "-",
         report.has_time ? fmt::format("{:.1f} %", 100 * Utilization(report, macs, cycles)) : "-"});
  };
  for (std::size_t i = 0; i < report.program->layers.size(); ++i) {
    const driver::ProgramLayer& layer = report.program->layers[i];
    add(layer.name,
        layer.onnx_type,
        layer.code_bits,
        LayerMacs(report, i),
        report.result.layer_cycles[i]);
  }
  add("total", "", 0, TotalMacs(report), report.result.cycles);
  return table.Text() + "\n";
}

std::string CountersText(const RunReport& report) {
  TextTable table({"unit (cycles)",
                   registers::kCounterNames[0],
                   registers::kCounterNames[1],
                   registers::kCounterNames[2],
                   registers::kCounterNames[3]});
  for (std::size_t unit = 0; unit < report.result.counters.size(); ++unit) {
    std::vector<std::string> row = {registers::kUnitNames[unit]};
    for (const std::uint64_t cycles : report.result.counters[unit])
      row.push_back(std::to_string(cycles));
    table.AddRow(row);
  }
  return table.Text() + "\n";
}

}  // namespace

std::optional<std::size_t> RunReport::Correct() const {
  if (labels.empty() || predictions.empty())
    return std::nullopt;
  std::size_t correct = 0;
  for (std::size_t i = 0; i < predictions.size(); ++i) {
    if (predictions[i] == labels[i])
      ++correct;
  }
  return correct;
}

std::string ToJson(const RunReport& report) {
  const std::optional<std::size_t> correct = report.Correct();
  Json json = HeadJson(report);
  json["correct"] = correct.has_value() ? Json(*correct) : Json();
  json["macs"] = TotalMacs(report);
  json["cycles"] = report.has_time ? Json(report.result.cycles) : Json();
  json["utilization"] =
      report.has_time ? Json(Utilization(report, TotalMacs(report), report.result.cycles)) : Json();
  json["simulated_cycles_per_second"] = report.has_time ? Json(CyclesPerSecond(report)) : Json();
  json["check"] = CheckJson(report);
  json["predictions"] = report.predictions.empty() ? Json() : Json(report.predictions);
  json["layers"] = LayersJson(report);
  json["counters"] = report.has_time ? CountersJson(report) : Json();
  return json.dump(2) + "\n";
}

std::string ToJson(const RunReport& report,
                   const LockstepFinding& finding,
                   const std::string& replay) {
  Json json = HeadJson(report);
  json["check"] = CheckJson(report);
  json["check"]["differences"] = 1;
  json["check"]["compared_cycles"] = finding.difference.cycle;
  json["check"]["compared_signals"] = finding.compared_signals;
  json["check"]["first"] = FindingJson(finding, replay);
  return json.dump(2) + "\n";
}

std::string ToText(const RunReport& report) {
  std::string text = fmt::format("{} on {} {}: {} image{}, batch {}\n\n",
                                 report.program->name,
                                 report.device,
                                 report.config->name,
                                 report.images,
                                 report.images == 1 ? "" : "s",
                                 report.program->batch);
  text += PicturesText(report);
  text += LayersText(report);
  if (report.has_time)
    text += CountersText(report);
  if (const std::optional<std::size_t> correct = report.Correct()) {
    text += fmt::format(
        "accuracy   {} of {} = {:.2f} %\n",
        *correct,
        report.predictions.size(),
        100.0 * static_cast<double>(*correct) / static_cast<double>(report.predictions.size()));
  }
  if (report.checks_layers && !report.result.difference.has_value()) {
    text += fmt::format("check      all {} layers of {} image{} equal the golden model\n",
                        report.program->layers.size(),
                        report.result.checked_images,
                        report.result.checked_images == 1 ? "" : "s");
  }
  if (report.lockstep) {
    text += fmt::format(
        "lock-step  RTL and cycle model equal in {} cycles, {} signals in each{}\n",
        report.result.compared_cycles,
        report.result.compared_signals,
        report.flip.has_value() ? "; the fault " + report.flip->Text() + " was masked" : "");
  }
  if (report.has_time) {
    text += fmt::format("simulated  {} cycles in {:.2f} s, {:.0f} cycles per second\n",
                        report.result.simulated_cycles,
                        report.result.simulation_seconds,
                        CyclesPerSecond(report));
  }
  return text;
}

}  // namespace denseshift::sim
