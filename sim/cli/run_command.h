// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_CLI_RUN_COMMAND_H_
#define DENSESHIFT_SIM_CLI_RUN_COMMAND_H_

#include <optional>
#include <string>

#include "sim/cli/inference.h"
#include "sim/cli/job.h"

namespace denseshift::sim {

// What a run is checked against; each includes what is before it.
enum class CheckMode { kOff, kLayer, kLockstep };

// Arguments of `denseshift run`; docs/usage.md.
struct RunArguments : JobArguments {
  std::string program = "denseshift";  // as it was called
  std::string labels;
  std::string output;
  DeviceKind device = DeviceKind::kRtl;
  std::optional<CheckMode> check;  // nullopt: all the device can do
  std::string inject_fault;
  bool json = false;
  int threads = 0;  // 0: two for the functional device, else one
  TraceWindow trace;
};

// Runs a network on a device and prints a report.
//
// Errors  std::exception for everything that goes wrong; also after the report, if a layer differs
//         from the golden model, naming layer, place, values and the files that hold both tensors,
//         and if the RTL differs from the cycle model, with all docs/lockstep.md promises.
void RunCommand(const RunArguments& arguments);

}  // namespace denseshift::sim

#endif  // DENSESHIFT_SIM_CLI_RUN_COMMAND_H_
