// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_CLI_LOCKSTEP_FINDING_H_
#define DENSESHIFT_SIM_CLI_LOCKSTEP_FINDING_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "driver/program/program.h"
#include "driver/runtime.h"
#include "sim/config/config.h"
#include "sim/lockstep/bit_flip.h"
#include "sim/lockstep/lockstep_difference.h"
#include "sim/lockstep/unit_history.h"

namespace denseshift::sim {

// The command of a program that a unit is at work on.
struct UnitCommand {
  std::uint32_t index = 0;  // in the list
  std::string opcode;       // "CONV"
  std::string layer;
  std::uint32_t tile = 0;
};

// The first difference between RTL and cycle model, and what was going on.
struct LockstepFinding {
  LockstepDifference difference;
  std::string unit;  // whose history it is: of the signal, or the one that drives a pin
  UnitHistory history;
  std::optional<UnitCommand> command;
  std::size_t compared_signals = 0;  // in each cycle

  // One line: cycle, signal, values, command.
  [[nodiscard]] std::string Summary() const;

  // Everything, with the unit's last cycles as a table.
  [[nodiscard]] std::string Text() const;
};

// Runs the images again up to a difference that was found, and looks closely this time. With one
// device a run always takes the same cycles.
//
// Errors  std::logic_error if there is another difference this time, or none.
[[nodiscard]] LockstepFinding Investigate(const LockstepDifference& difference,
                                          const driver::Program& program,
                                          const std::vector<driver::Image>& images,
                                          const Config& config,
                                          const std::optional<BitFlip>& flip);

}  // namespace denseshift::sim

#endif  // DENSESHIFT_SIM_CLI_LOCKSTEP_FINDING_H_
