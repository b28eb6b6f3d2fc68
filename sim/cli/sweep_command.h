// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_CLI_SWEEP_COMMAND_H_
#define DENSESHIFT_SIM_CLI_SWEEP_COMMAND_H_

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "sim/cli/sweep_files.h"
#include "sim/cli/workload.h"
#include "sim/estimate/sweep/sweep_record.h"

namespace denseshift::sim {

// Arguments of `estimate` for many configurations; docs/estimate.md "Sweeps".
struct SweepArguments {
  std::vector<std::string> axes;  // "KEY=V1,V2,..."
  std::string file;               // CSV, instead of axes
  std::string output;             // file; empty: standard output
  int threads = 0;                // 0: one for each core
  SweepShard shard;
  bool is_shard = false;

  // Whether there is anything to sweep.
  [[nodiscard]] bool IsWanted() const { return !axes.empty() || !file.empty(); }
};

// What each configuration has in common.
struct SweepBase {
  const WorkloadArguments& workload;
  const std::string& config;
  const std::vector<std::string>& settings;
};

void AddSweep(CLI::App& estimate, SweepArguments& arguments);

// Throws std::runtime_error if an option is given that is for sweeps only.
void CheckNoSweep(const SweepArguments& arguments);

// Errors  std::exception; not for single configurations, whose errors are in the output.
void SweepCommand(const SweepArguments& arguments,
                  const SweepBase& base,
                  const SweepFormat& format);

}  // namespace denseshift::sim

#endif  // DENSESHIFT_SIM_CLI_SWEEP_COMMAND_H_
