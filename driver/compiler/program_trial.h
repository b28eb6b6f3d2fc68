// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_DRIVER_COMPILER_PROGRAM_TRIAL_H_
#define DENSESHIFT_DRIVER_COMPILER_PROGRAM_TRIAL_H_

#include <cstdint>
#include <limits>

#include "driver/capabilities.h"
#include "driver/compiler/compile.h"
#include "driver/compiler/emit_program.h"
#include "driver/network/network.h"

namespace denseshift::driver {

// What a choice led to.
struct ProgramTrial {
  static constexpr std::int64_t kForever = std::numeric_limits<std::int64_t>::max();

  // Forever if the program does not fit memory or its commands their fields.
  std::int64_t cycles = kForever;
  std::int64_t commands = 0;
  Capabilities least_device;  // EmittedProgram
};

// Makes a program and asks options.timer, which must be there, how long it takes.
//
// capabilities  of the device it is for
[[nodiscard]] ProgramTrial TryProgram(const Network& network,
                                      const Capabilities& capabilities,
                                      const CompileOptions& options,
                                      const ProgramChoice& choice);

}  // namespace denseshift::driver

#endif  // DENSESHIFT_DRIVER_COMPILER_PROGRAM_TRIAL_H_
