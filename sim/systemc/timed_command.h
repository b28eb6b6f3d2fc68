// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_SYSTEMC_TIMED_COMMAND_H_
#define DENSESHIFT_SIM_SYSTEMC_TIMED_COMMAND_H_

#include "driver/command/command.h"
#include "sim/functional/command.h"

namespace denseshift::systemc {

// A legal command as the estimate of its time takes it.
[[nodiscard]] driver::Command ToTimedCommand(const sim::CommandWords& words);

}  // namespace denseshift::systemc

#endif  // DENSESHIFT_SIM_SYSTEMC_TIMED_COMMAND_H_
