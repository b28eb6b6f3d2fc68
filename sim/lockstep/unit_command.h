// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_LOCKSTEP_UNIT_COMMAND_H_
#define DENSESHIFT_SIM_LOCKSTEP_UNIT_COMMAND_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "golden/cycle/state_list.h"

namespace denseshift::sim {

// The command a unit is at work on, or was last, as the cycle model sees it: the index in the list
// of the head of the queue of the unit or of the one it follows. nullopt for units that have no
// command, and before the first one.
[[nodiscard]] std::optional<std::uint32_t> CommandOfUnit(
    const std::string& unit, const std::vector<golden::cycle::StateItem>& model);

}  // namespace denseshift::sim

#endif  // DENSESHIFT_SIM_LOCKSTEP_UNIT_COMMAND_H_
