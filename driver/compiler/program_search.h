// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_DRIVER_COMPILER_PROGRAM_SEARCH_H_
#define DENSESHIFT_DRIVER_COMPILER_PROGRAM_SEARCH_H_

#include "driver/capabilities.h"
#include "driver/compiler/compile.h"
#include "driver/compiler/emit_program.h"
#include "driver/network/network.h"

namespace denseshift::driver {

// What takes the fewest cycles. Without options.timer that is what LayerPipeline says of a memory
// as fast as the bus; with it a few programs are timed,
// docs/decisions/0011-programs-for-memories.md.
//
// Errors  std::invalid_argument naming a layer that does not fit, or if memory is too small.
[[nodiscard]] ProgramChoice ChooseProgram(const Network& network,
                                          const Capabilities& capabilities,
                                          const CompileOptions& options);

}  // namespace denseshift::driver

#endif  // DENSESHIFT_DRIVER_COMPILER_PROGRAM_SEARCH_H_
