// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_CLI_ESTIMATE_COMMAND_H_
#define DENSESHIFT_SIM_CLI_ESTIMATE_COMMAND_H_

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "sim/cli/sweep_command.h"
#include "sim/cli/workload.h"

namespace denseshift::sim {

// Arguments of `estimate`; docs/estimate.md.
struct EstimateArguments {
  WorkloadArguments workload;
  std::string config = "16x16";
  std::vector<std::string> settings;
  bool csv = false;
  bool json = false;
  std::string scale_sim;  // folder
  std::string timeline;
  std::string html;
  bool against_rtl = false;
  SweepArguments sweep;
};

void AddEstimate(CLI::App& app, EstimateArguments& arguments);

// Errors  std::exception; after everything is written if the RTL takes other cycles.
void EstimateCommand(const EstimateArguments& arguments);

}  // namespace denseshift::sim

#endif  // DENSESHIFT_SIM_CLI_ESTIMATE_COMMAND_H_
