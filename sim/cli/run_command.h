// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_CLI_RUN_COMMAND_H_
#define DENSESHIFT_SIM_CLI_RUN_COMMAND_H_

#include <cstddef>
#include <string>

#include "sim/cli/images.h"
#include "sim/cli/inference.h"

namespace denseshift::sim {

// Arguments of `denseshift run`; docs/usage.md.
struct RunArguments {
  std::string network;  // ONNX or program file
  std::string input;
  std::string labels;
  std::string output;
  std::string calibrate;
  std::string config = "16x16";
  DeviceKind device = DeviceKind::kRtl;
  Layout layout = Layout::kAuto;
  bool check_layers = true;
  bool json = false;
  int batch = 1;
  int threads = 0;        // 0: two for the functional device, else one
  std::size_t count = 0;  // 0: all images
  TraceWindow trace;
};

// Runs a network on a device and prints a report.
//
// Errors  std::exception for everything that goes wrong; also after the report, if a layer differs
//         from the golden model, naming layer, place, values and the files that hold both tensors.
void RunCommand(const RunArguments& arguments);

}  // namespace denseshift::sim

#endif  // DENSESHIFT_SIM_CLI_RUN_COMMAND_H_
