// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_CLI_INSPECT_COMMAND_H_
#define DENSESHIFT_SIM_CLI_INSPECT_COMMAND_H_

#include <string>

namespace denseshift::sim {

// Arguments of `denseshift inspect`; docs/usage.md.
struct InspectArguments {
  std::string file;  // ONNX or program file
  std::string calibrate;
  bool commands = false;  // program: list every command
};

// Prints what a network or program holds.
//
// Errors  std::exception for everything that goes wrong.
void InspectCommand(const InspectArguments& arguments);

}  // namespace denseshift::sim

#endif  // DENSESHIFT_SIM_CLI_INSPECT_COMMAND_H_
