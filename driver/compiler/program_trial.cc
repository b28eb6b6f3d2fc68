// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "driver/compiler/program_trial.h"

#include <stdexcept>

namespace denseshift::driver {

ProgramTrial TryProgram(const Network& network,
                        const Capabilities& capabilities,
                        const CompileOptions& options,
                        const ProgramChoice& choice) {
  ProgramTrial trial;
  trial.least_device = choice.device;
  try {
    const auto [plan, least_device] = EmitProgram(network, capabilities, options, choice, false);
    for (const Command& command : plan.commands) {
      static_cast<void>(Encode(command));
    }
    trial.cycles = options.timer->Cycles(plan);
    trial.commands = static_cast<std::int64_t>(plan.commands.size());
    trial.least_device = least_device;
  } catch (const std::invalid_argument&) {
    // Whoever uses it is told why, with names.
  }
  return trial;
}

}  // namespace denseshift::driver
