// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_DRIVER_COMPILER_COMPILE_H_
#define DENSESHIFT_DRIVER_COMPILER_COMPILE_H_

#include <cstdint>
#include <vector>

#include "driver/capabilities.h"
#include "driver/command/command.h"
#include "driver/compiler/program_timer.h"
#include "driver/network/network.h"
#include "driver/program/program.h"

namespace denseshift::driver {

struct CompileOptions {
  int batch = 1;                                         // images of one job
  std::uint64_t memory_bytes = std::uint64_t{1} << 32U;  // of the device, at most 2^32
  // Programs are chosen by the cycles it says; without it by a model of them.
  const ProgramTimer* timer = nullptr;
  // Whether it may take up to seconds to find the fastest program of a small network.
  bool search = true;
};

// Turns a network into a command list and memory image for one device configuration.
//
// Errors  std::invalid_argument naming layer and remedy if a layer's sums may overflow
//         (docs/arithmetic.md section 2.2), a layer does not fit the buffers even in the smallest
//         pieces, codes are wider than the device supports, or memory is too small.
[[nodiscard]] Program Compile(const Network& network,
                              const Capabilities& capabilities,
                              const CompileOptions& options = {});

// A program without its constants, which cannot run: enough to say how long it would.
struct ProgramPlan {
  Program program;  // without commands and segments
  std::vector<Command> commands;
};

// The same commands and places without weights and biases, which may be missing from the network.
// That its sums cannot overflow is not checked.
//
// Errors  as Compile() otherwise.
[[nodiscard]] ProgramPlan PlanProgram(const Network& network,
                                      const Capabilities& capabilities,
                                      const CompileOptions& options = {});

}  // namespace denseshift::driver

#endif  // DENSESHIFT_DRIVER_COMPILER_COMPILE_H_
