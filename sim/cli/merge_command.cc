// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/cli/merge_command.h"

#include <filesystem>

#include "sim/cli/text_output.h"
#include "sim/estimate/sweep/merge_shards.h"
#include "sim/estimate/sweep/sweep_output.h"

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
  merge->callback([&a] { MergeCommand(a); });
}

void MergeCommand(const MergeArguments& a) {
  const SweepResult result = MergeShards({a.files.begin(), a.files.end()});
  WriteText(a.output, [&](const TextSink& sink) {
    a.json ? WriteSweepJson(result, sink) : WriteSweepCsv(result, sink);
  });
}

}  // namespace denseshift::sim
