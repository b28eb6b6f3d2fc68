// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_CLI_REPLAY_H_
#define DENSESHIFT_SIM_CLI_REPLAY_H_

#include <optional>
#include <string>

#include "sim/cli/lockstep_finding.h"
#include "sim/cli/run_command.h"
#include "sim/lockstep/bit_flip.h"

namespace denseshift::sim {

// Writes a save file of GTKWave for a finding, NETWORK_lockstep.gtkw in the current folder, and
// returns the command line that makes the waveform of the cycles around it and opens both.
[[nodiscard]] std::string WriteReplay(const RunArguments& arguments,
                                      const std::optional<BitFlip>& flip,
                                      const LockstepFinding& finding);

}  // namespace denseshift::sim

#endif  // DENSESHIFT_SIM_CLI_REPLAY_H_
