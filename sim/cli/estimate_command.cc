// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/cli/estimate_command.h"

#include <array>
#include <fmt/format.h>
#include <stdexcept>
#include <utility>

#include "sim/cli/against_rtl.h"
#include "sim/cli/standard_output.h"
#include "sim/config/config.h"
#include "sim/estimate/report/estimate_csv.h"
#include "sim/estimate/report/estimate_html.h"
#include "sim/estimate/report/estimate_json.h"
#include "sim/estimate/report/estimate_table.h"
#include "sim/estimate/report/estimate_timeline.h"
#include "sim/estimate/report/scale_sim_reports.h"

namespace denseshift::sim {
namespace {

void AddWorkload(CLI::App& command, WorkloadArguments& a) {
  command.add_option("network", a.file, "ONNX file, or topology file (.csv)")
      ->required()
      ->type_name("FILE");
  command
      .add_option("--bits",
                  a.bits,
                  "Code bits of weights whose values do not matter; without it a network's weights "
                  "must be DenseShift, and a topology has 4")
      ->check(CLI::Range(2, 4).description(""))
      ->type_name("2..4");
  command.add_flag("--gemm", a.gemm, "The rows of the topology file are matrix products: M, N, K");
  command.add_option("--layer", a.layers, "Only this row of the topology file; may be repeated")
      ->allow_extra_args(false)
      ->type_name("NAME");
  command.add_option("--batch,-b", a.batch, "Images of one job (default 1)")
      ->check(CLI::Range(1, 65536).description(""))
      ->type_name("N");
  command
      .add_option("--calibrate",
                  a.calibrate,
                  "Sample inputs (.npy, float32) for tensors the graph does not quantize")
      ->type_name("FILE");
  command.add_flag_callback(
      "--no-search",
      [&a] { a.search = false; },
      "Do not search for the fastest program of a small network: milliseconds instead "
      "of up to seconds, but mostly some more cycles");
}

void WriteFiles(const EstimateArguments& a, const NetworkEstimate& estimate) {
  if (!a.scale_sim.empty())
    WriteScaleSimReports(a.scale_sim, estimate);
  if (!a.timeline.empty())
    WriteTimeline(a.timeline, estimate);
  if (!a.html.empty())
    WriteHtml(a.html, estimate);
}

// Refuses what shows a single configuration.
void CheckSweepOnly(const EstimateArguments& a) {
  const std::array<std::pair<bool, const char*>, 3> options = {{
      {!a.scale_sim.empty(), "--scalesim"},
      {!a.timeline.empty(), "--timeline"},
      {a.against_rtl, "--against-rtl"},
  }};
  for (const auto& [is_given, name] : options) {
    if (is_given) {
      throw std::runtime_error(
          fmt::format("{} is for one configuration; a sweep is written as CSV, with --json as "
                      "JSON, with --html as a page",
                      name));
    }
  }
}

std::string Text(const EstimateArguments& a, const NetworkEstimate& estimate) {
  if (a.json)
    return EstimateJson(estimate);
  return a.csv ? EstimateCsv(estimate) : EstimateTable(estimate);
}

}  // namespace

void AddEstimate(CLI::App& app, EstimateArguments& a) {
  CLI::App* estimate = app.add_subcommand(
      "estimate", "Say how many cycles a network takes on the RTL, exactly, without running it");
  AddWorkload(*estimate, a.workload);
  estimate
      ->add_option("--config,-c",
                   a.config,
                   "Shipped name (4x4, 8x8, 16x16, 32x32) or .toml file (default 16x16)")
      ->type_name("NAME|FILE");
  estimate->add_option("--set", a.settings, "Change a key of the configuration; may be repeated")
      ->allow_extra_args(false)
      ->type_name("SECTION.KEY=NUMBER");
  CLI::Option* json = estimate->add_flag("--json", a.json, "Print one JSON object");
  CLI::Option* csv =
      estimate->add_flag("--csv", a.csv, "Print a table of comma-separated values")->excludes(json);
  estimate->add_option("--scalesim", a.scale_sim, "Write SCALE-Sim's reports into this folder")
      ->type_name("FOLDER");
  estimate
      ->add_option("--timeline",
                   a.timeline,
                   "Write what every unit does when: Chrome trace events, for Perfetto (.json, "
                   ".json.gz)")
      ->type_name("FILE");
  estimate
      ->add_option(
          "--html",
          a.html,
          "Write a page with all of it; of a sweep, CSV or JSON then only with --output, --csv or "
          "--json")
      ->type_name("FILE");
  estimate->add_flag("--against-rtl", a.against_rtl, "Run the RTL too, and show both")
      ->excludes(csv);
  AddSweep(*estimate, a.sweep);
  estimate->callback([&a] { EstimateCommand(a); });
}

void EstimateCommand(const EstimateArguments& a) {
  if (a.sweep.IsWanted()) {
    CheckSweepOnly(a);
    SweepCommand(a.sweep, {a.workload, a.config, a.settings}, {a.csv, a.json, a.html});
    return;
  }
  CheckNoSweep(a.sweep);
  const Config config = LoadConfig(a.config, a.settings);
  const Workload workload(a.workload);
  const bool timeline = !a.timeline.empty() || !a.html.empty();
  const NetworkEstimate estimate = workload.Estimate(config, timeline);
  WriteFiles(a, estimate);
  if (!a.against_rtl) {
    WriteStandardOutput(Text(a, estimate));
    return;
  }
  const RtlComparison comparison{estimate, workload.RunOnRtl(config)};
  WriteStandardOutput(a.json ? ComparisonJson(comparison) : ComparisonTable(comparison));
  if (const std::size_t differences = comparison.Differences(); differences != 0)
    throw std::runtime_error(fmt::format("{} layers take other cycles on the RTL", differences));
}

}  // namespace denseshift::sim
