// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_DRIVER_COMPILER_COMPILE_H_
#define DENSESHIFT_DRIVER_COMPILER_COMPILE_H_

#include <cstdint>

#include "driver/capabilities.h"
#include "driver/network/network.h"
#include "driver/program/program.h"

namespace denseshift::driver {

struct CompileOptions {
  int batch = 1;                                         // images of one job
  std::uint64_t memory_bytes = std::uint64_t{1} << 32U;  // of the device, at most 2^32
  // Without, weights and biases of the network may be missing: the commands are those of the whole
  // program, but it has no segments and cannot run, and sums are not checked for overflow.
  bool constants = true;
};

// Turns a network into a command list and memory image for one device configuration.
//
// Errors  std::invalid_argument naming layer and remedy if a layer's sums may overflow
//         (docs/arithmetic.md section 2.2), a layer does not fit the buffers even in the smallest
//         pieces, codes are wider than the device supports, or memory is too small.
[[nodiscard]] Program Compile(const Network& network,
                              const Capabilities& capabilities,
                              const CompileOptions& options = {});

}  // namespace denseshift::driver

#endif  // DENSESHIFT_DRIVER_COMPILER_COMPILE_H_
