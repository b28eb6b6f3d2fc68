// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_DRIVER_COMPILER_EMIT_PROGRAM_H_
#define DENSESHIFT_DRIVER_COMPILER_EMIT_PROGRAM_H_

#include <optional>
#include <vector>

#include "driver/capabilities.h"
#include "driver/compiler/compile.h"
#include "driver/compiler/network_tiler.h"
#include "driver/network/network.h"
#include "driver/program/program.h"

namespace denseshift::driver {

// The tensors of a network with their places in memory, where those of any program of it are.
//
// Errors  std::invalid_argument if memory is too small.
[[nodiscard]] std::vector<ProgramTensor> PlaceTensors(const Network& network,
                                                      const Capabilities& capabilities,
                                                      const CompileOptions& options);

// What leaves a program of a network open.
struct ProgramChoice {
  // The device it keeps to: the one it is for, or one that differs in smaller buffers only.
  Capabilities device;
  NetworkTiling tiling;       // for that device
  int prefetch_distance = 0;  // OrderCommands()
};

struct EmittedProgram {
  ProgramPlan plan;
  // The device it keeps to, with smaller buffers that would lead to the same commands, too.
  Capabilities least_device;
};

// The program that follows from a choice, without its encoded commands.
//
// capabilities  of the device it is for
// constants     whether it gets its weights and parameters; else they only have places
// Errors        std::invalid_argument if memory is too small, or naming a pool without a scale for
//               one of its windows.
[[nodiscard]] EmittedProgram EmitProgram(const Network& network,
                                         const Capabilities& capabilities,
                                         const CompileOptions& options,
                                         const ProgramChoice& choice,
                                         bool constants);

// The same without constants; nothing if memory has no room for it, or one of its commands' fields
// for a number.
[[nodiscard]] std::optional<EmittedProgram> TryEmitProgram(const Network& network,
                                                           const Capabilities& capabilities,
                                                           const CompileOptions& options,
                                                           const ProgramChoice& choice);

}  // namespace denseshift::driver

#endif  // DENSESHIFT_DRIVER_COMPILER_EMIT_PROGRAM_H_
