// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "driver/compiler/weights.h"

#include <algorithm>
#include <cstdlib>
#include <fmt/format.h>
#include <stdexcept>

#include "driver/compiler/integers.h"

namespace denseshift::driver {
namespace {

std::int64_t SweepBits(const Capabilities& capabilities, int code_bits, int tiles, int steps) {
  return std::int64_t{capabilities.lanes} * capabilities.columns * code_bits * tiles * steps;
}

// Writes `code` at bit `bit`, the lowest bit of a byte first.
void PutCode(std::vector<std::uint8_t>& bytes, std::int64_t bit, unsigned code) {
  const auto byte = static_cast<std::size_t>(bit / 8);
  const unsigned shifted = code << static_cast<unsigned>(bit % 8);
  bytes[byte] = static_cast<std::uint8_t>(bytes[byte] | (shifted & 0xFFU));
  if (shifted > 0xFFU) {
    bytes[byte + 1] = static_cast<std::uint8_t>(bytes[byte + 1] | shifted >> 8U);
  }
}

void PutLittleEndian(std::vector<std::uint8_t>& bytes, std::uint32_t value, int count) {
  for (int i = 0; i < count; ++i) {
    bytes.push_back(static_cast<std::uint8_t>(value >> static_cast<unsigned>(8 * i)));
  }
}

}  // namespace

std::vector<WeightSums> SumWeights(const Layer& layer) {
  std::vector<WeightSums> sums(layer.bias.size());
  const std::size_t per_channel = layer.codes.size() / layer.bias.size();
  const auto sign_bit = static_cast<unsigned>(layer.code_bits - 1);
  for (std::size_t i = 0; i < layer.codes.size(); ++i) {
    const unsigned code = layer.codes[i];
    const std::int64_t power = std::int64_t{1} << (code & ((1U << sign_bit) - 1U));
    const bool negative = (code >> sign_bit & 1U) != 0;
    WeightSums& channel = sums[i / per_channel];
    channel.sum += negative ? -power : power;
    channel.magnitude += power;
    channel.negative_powers += negative ? power : 0;
  }
  return sums;
}

void CheckOverflow(const Layer& layer,
                   const std::vector<WeightSums>& sums,
                   int zero_in,
                   int accumulator_bits) {
  const std::int64_t largest_input = std::max(zero_in + 128, 127 - zero_in);
  const std::int64_t allowed = (std::int64_t{1} << static_cast<unsigned>(accumulator_bits - 1)) - 1;
  for (std::size_t channel = 0; channel < sums.size(); ++channel) {
    const std::int64_t largest =
        sums[channel].magnitude * largest_input + std::abs(std::int64_t{layer.bias[channel]});
    if (largest > allowed) {
      throw std::invalid_argument(
          fmt::format("layer '{}', channel {}: sums may reach {}, but a {}-bit accumulator holds "
                      "at most {}; use a device with a larger AccW or split the layer",
                      layer.name,
                      channel,
                      largest,
                      accumulator_bits,
                      allowed));
    }
  }
}

std::int32_t FoldBias(std::int32_t bias,
                      const WeightSums& sums,
                      int zero_in,
                      int accumulator_bits) {
  const std::int64_t folded =
      bias - zero_in * sums.sum - 128 * sums.magnitude + sums.negative_powers;
  const auto unused = static_cast<unsigned>(64 - accumulator_bits);
  const auto high = static_cast<std::int64_t>(static_cast<std::uint64_t>(folded) << unused);
  return static_cast<std::int32_t>(high >> unused);
}

std::int64_t SweepWords(const Capabilities& capabilities,
                        int code_bits,
                        int column_tiles,
                        int steps) {
  return CeilDivide(SweepBits(capabilities, code_bits, column_tiles, steps),
                    std::int64_t{8} * capabilities.bus_bytes);
}

std::vector<std::uint8_t> PackSweep(const Layer& layer,
                                    int in_channels,
                                    const KernelRuns& kernel,
                                    const SweepPart& part,
                                    const Capabilities& capabilities) {
  const std::vector<Step> steps = CutSteps(capabilities.lanes,
                                           part.block.runs_x * part.block.runs_y,
                                           part.block.run_len,
                                           part.block.dual);
  const auto bytes = static_cast<std::size_t>(
      SweepWords(capabilities, layer.code_bits, part.column_tiles, static_cast<int>(steps.size())) *
      capabilities.bus_bytes);
  std::vector<std::uint8_t> packed(bytes);
  const auto out_channels = static_cast<std::int64_t>(layer.bias.size());
  const std::int64_t per_channel = static_cast<std::int64_t>(layer.codes.size()) / out_channels;
  std::int64_t tile_bit = 0;
  for (int tile = part.first_tile; tile < part.first_tile + part.column_tiles; ++tile) {
    const std::int64_t channel = std::int64_t{tile} * capabilities.columns;
    const std::int64_t columns =
        std::min<std::int64_t>(capabilities.columns, out_channels - channel);
    for (const Step& step : steps) {
      for (int lane = 0; lane < step.length_a + step.length_b; ++lane) {
        const bool second = lane >= step.length_a;
        const KernelByte place = LocateByte(kernel,
                                            part.block,
                                            in_channels,
                                            step.run + (second ? 1 : 0),
                                            second ? lane - step.length_a : step.offset + lane);
        const std::int64_t tap =
            (std::int64_t{place.kernel_row} * layer.window.kernel_w + place.kernel_column) *
                in_channels +
            place.channel;
        const std::int64_t row_bit =
            tile_bit + std::int64_t{lane} * capabilities.columns * layer.code_bits;
        for (std::int64_t j = 0; j < columns; ++j) {
          PutCode(packed,
                  row_bit + j * layer.code_bits,
                  layer.codes[static_cast<std::size_t>((channel + j) * per_channel + tap)]);
        }
      }
      tile_bit += SweepBits(capabilities, layer.code_bits, 1, 1);
    }
  }
  return packed;
}

std::vector<std::uint8_t> PackParameters(const std::vector<ParameterSet>& sets) {
  std::vector<std::uint8_t> bytes;
  bytes.reserve(sets.size() * 8);
  for (const ParameterSet& set : sets) {
    PutLittleEndian(bytes, static_cast<std::uint32_t>(set.bias), 4);
    PutLittleEndian(bytes, set.scale.multiplier, 2);
    PutLittleEndian(bytes, set.scale.shift, 2);
  }
  return bytes;
}

}  // namespace denseshift::driver
