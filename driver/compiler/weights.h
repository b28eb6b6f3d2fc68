// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_DRIVER_COMPILER_WEIGHTS_H_
#define DENSESHIFT_DRIVER_COMPILER_WEIGHTS_H_

#include <cstdint>
#include <vector>

#include "driver/capabilities.h"
#include "driver/compiler/steps.h"
#include "driver/network/network.h"

namespace denseshift::driver {

// Constants of one output channel's weights; docs/arithmetic.md section 2.1.
struct WeightSums {
  std::int64_t sum = 0;              // SUM w
  std::int64_t magnitude = 0;        // SUM |w|
  std::int64_t negative_powers = 0;  // SUM over s=1 of 2^e
};

// Shapes  one entry per output channel.
[[nodiscard]] std::vector<WeightSums> SumWeights(const Layer& layer);

// Proves that no sum of the layer can leave the accumulator; docs/arithmetic.md section 2.2.
//
// Errors  std::invalid_argument naming layer, channel, the largest sum and the largest allowed.
void CheckOverflow(const Layer& layer,
                   const std::vector<WeightSums>& sums,
                   int zero_in,
                   int accumulator_bits);

// The value B of a convolution's parameter set: docs/arithmetic.md section 2.1, reduced to AccW
// bits and sign extended.
[[nodiscard]] std::int32_t FoldBias(std::int32_t bias,
                                    const WeightSums& sums,
                                    int zero_in,
                                    int accumulator_bits);

// Bus words of a sweep of `column_tiles` column tiles of `steps` steps.
[[nodiscard]] std::int64_t SweepWords(const Capabilities& capabilities,
                                      int code_bits,
                                      int column_tiles,
                                      int steps);

// Which weights of a layer a sweep holds.
struct SweepPart {
  KernelBlock block;
  int first_tile = 0;  // column tiles
  int column_tiles = 1;
};

// Codes of one CONV command as they lie in the weight buffer; docs/commands.md "Weights".
//
// Shapes  codes [out channel][kernel row][kernel column][in channel] -> SweepWords() * BusBytes
// bytes.
[[nodiscard]] std::vector<std::uint8_t> PackSweep(const Layer& layer,
                                                  int in_channels,
                                                  const KernelRuns& kernel,
                                                  const SweepPart& part,
                                                  const Capabilities& capabilities);

constexpr std::int64_t kParameterSetBytes = 8;

// One parameter set of a column.
struct ParameterSet {
  std::int32_t bias = 0;  // B
  FixedPoint scale;       // M, S
};

// Shapes  [entries * Columns] -> entries * Columns * 8 bytes.
[[nodiscard]] std::vector<std::uint8_t> PackParameters(const std::vector<ParameterSet>& sets);

}  // namespace denseshift::driver

#endif  // DENSESHIFT_DRIVER_COMPILER_WEIGHTS_H_
