// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/cli/merge_command.h"

#include <filesystem>

#include "sim/cli/sweep_files.h"
#include "sim/estimate/sweep/merge_shards.h"

namespace denseshift::sim {

void AddMerge(CLI::App& app, MergeArguments& a) {
  CLI::App* merge = app.add_subcommand(
      "merge", "Join the outputs of all shards of a sweep ('estimate --shard') to its result");
  merge->add_option("files", a.files, "Outputs of the shards, in any order")
      ->required()
      ->type_name("FILE");
  merge->add_option("--output,-o", a.output, "File for the result (default: standard output)")
      ->type_name("FILE");
  merge->add_flag("--json", a.json, "Write one JSON object instead of CSV");
  merge->add_option("--html", a.html, "Write a page; CSV or JSON then only with --output or --json")
      ->type_name("FILE");
  merge->callback([&a] { MergeCommand(a); });
}

void MergeCommand(const MergeArguments& a) {
  const SweepFormat format{false, a.json, a.html};
  const SweepResult result = MergeShards({a.files.begin(), a.files.end()});
  CheckPage(format, a.output, result.outcomes.size());
  WriteSweepFiles(format, a.output, result);
}

}  // namespace denseshift::sim
