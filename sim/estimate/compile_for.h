// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_ESTIMATE_COMPILE_FOR_H_
#define DENSESHIFT_SIM_ESTIMATE_COMPILE_FOR_H_

#include "driver/compiler/compile.h"
#include "driver/network/network.h"
#include "driver/program/program.h"
#include "sim/config/config.h"

namespace denseshift::sim {

// driver::Compile for a configuration: of the programs it thinks of, the one whose first job takes
// the fewest cycles on this device with this memory.
//
// batch   images of one job
// search  whether it thinks of more for small networks, which takes longer
[[nodiscard]] driver::Program CompileFor(const Config& config,
                                         const driver::Network& network,
                                         int batch = 1,
                                         bool search = true);

// driver::PlanProgram, likewise: the same commands.
[[nodiscard]] driver::ProgramPlan PlanFor(const Config& config,
                                          const driver::Network& network,
                                          int batch = 1,
                                          bool search = true);

}  // namespace denseshift::sim

#endif  // DENSESHIFT_SIM_ESTIMATE_COMPILE_FOR_H_
