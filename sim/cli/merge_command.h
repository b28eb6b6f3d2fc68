// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_CLI_MERGE_COMMAND_H_
#define DENSESHIFT_SIM_CLI_MERGE_COMMAND_H_

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

namespace denseshift::sim {

// Arguments of `merge`; docs/estimate.md "Sweeps".
struct MergeArguments {
  std::vector<std::string> files;
  std::string output;  // file; empty: standard output
  std::string html;    // file for a page; empty: none
  bool json = false;
};

void AddMerge(CLI::App& app, MergeArguments& arguments);

// Errors  std::exception.
void MergeCommand(const MergeArguments& arguments);

}  // namespace denseshift::sim

#endif  // DENSESHIFT_SIM_CLI_MERGE_COMMAND_H_
