// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_FUNCTIONAL_ACTIVATION_ROWS_H_
#define DENSESHIFT_SIM_FUNCTIONAL_ACTIVATION_ROWS_H_

#include <cstdint>

#include "sim/functional/command.h"
#include "sim/functional/storage.h"

namespace denseshift::sim {

// Where a run of a CONV or a tap of a VECTOR command starts.
struct RunAddress {
  std::uint32_t group = 0;  // of the activation buffer
  std::uint64_t byte = 0;   // in the group
};

// A run or tap of the kernel window.
struct KernelRun {
  std::uint32_t ky = 0;
  std::uint32_t kx = 0;
};

// An output position, row and column.
struct Position {
  std::uint32_t oh = 0;
  std::uint32_t ow = 0;
};

// Start of a run at an output position; docs/commands.md "Buffers" and CONV "Window".
//
// Row rho = oh*sh + ky*dh lies in group (par + rho) mod 2 at word
// base + ((par + rho) >> 1) * pitch. The command holds sh and dh as their lowest
// bit and (sh >> 1) * pitch, (dh >> 1) * pitch; what is left of (par + rho) >> 1
// is the carry of the odd parts.
inline RunAddress AddressOf(const WindowFields& window,
                            std::uint64_t bus_bytes,
                            Position position,
                            KernelRun run) {
  const std::uint64_t odd_rows =
      window.par + (window.row_stride_odd ? position.oh : 0) + (window.kernel_row_odd ? run.ky : 0);
  const std::uint64_t word = window.base + (odd_rows >> 1) * window.pitch +
                             std::uint64_t{position.oh} * window.row_stride +
                             std::uint64_t{run.ky} * window.kernel_row_step;
  const std::uint64_t offset = window.x0 + std::uint64_t{position.ow} * window.x_stride +
                               std::uint64_t{run.kx} * window.run_step;
  return {static_cast<std::uint32_t>(odd_rows & 1), word * bus_bytes + offset};
}

// Byte address in the output buffer of channel 0 of an output position; docs/commands.md CONV
// "Order".
inline std::uint64_t OutputAddress(const WindowFields& window,
                                   std::uint64_t bus_bytes,
                                   Position position) {
  return window.output_base + position.oh * (window.output_row_pitch * bus_bytes) +
         std::uint64_t{position.ow} * window.output_position_pitch;
}

}  // namespace denseshift::sim

#endif  // DENSESHIFT_SIM_FUNCTIONAL_ACTIVATION_ROWS_H_
