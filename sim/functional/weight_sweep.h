// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_FUNCTIONAL_WEIGHT_SWEEP_H_
#define DENSESHIFT_SIM_FUNCTIONAL_WEIGHT_SWEEP_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "sim/device_parameters.h"
#include "sim/functional/command.h"
#include "sim/functional/storage.h"

namespace denseshift::sim {

// The weights of a CONV command, decoded so that those of one output channel are
// consecutive: [column tile, column, step, lane]. A code becomes the two numbers
// of a PE's term (u XOR flip) * factor, docs/arithmetic.md section 2.1.
struct WeightSweep {
  std::size_t depth = 0;             // steps * lanes: numbers per column
  std::vector<std::int16_t> flip;    // 255 if the sign is set, else 0
  std::vector<std::int16_t> factor;  // 2^exponent
};

// Number of output channels CONV computes in column tile t. A command that leaves
// sums in the accumulators or continues them computes all columns.
[[nodiscard]] std::uint32_t ColumnsOfTile(const ConvCommand& conv,
                                          const DeviceParameters& parameters,
                                          std::uint32_t t);

// Reads and decodes the sweep, docs/commands.md CONV "Weights". Columns that are not
// computed keep zeros.
// Throws JobError kBufferRange if the sweep's words are not all inside the buffer,
// kNoProgress if they hold fewer codes than CT*KT tiles: the last tile never fills.
[[nodiscard]] WeightSweep DecodeSweep(const ConvCommand& conv,
                                      const DeviceParameters& parameters,
                                      Storage& storage);

}  // namespace denseshift::sim

#endif  // DENSESHIFT_SIM_FUNCTIONAL_WEIGHT_SWEEP_H_
