// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/functional/weight_sweep.h"

#include <array>

#include "golden/arithmetic/code.h"

namespace denseshift::sim {
namespace {

// Codes of n bits laid end to end, first bit in the lowest bit of the first byte.
class CodeStream {
 public:
  CodeStream(const std::uint8_t* data, std::size_t bytes, unsigned code_bits)
      : data_(data, data + bytes), code_bits_(code_bits) {
    data_.push_back(0);  // lets every code be cut from two bytes
  }

  [[nodiscard]] unsigned At(std::size_t index) const {
    const std::size_t bit = index * code_bits_;
    const std::size_t byte = bit / 8;
    const unsigned two_bytes = data_[byte] + (static_cast<unsigned>(data_[byte + 1]) << 8);
    return (two_bytes >> (bit % 8)) & ((1U << code_bits_) - 1);
  }

 private:
  std::vector<std::uint8_t> data_;
  unsigned code_bits_;
};

// Term numbers of each code.
struct TermTable {
  std::array<std::int16_t, 16> flip{};
  std::array<std::int16_t, 16> factor{};

  explicit TermTable(unsigned code_bits) {
    for (unsigned code = 0; code < (1U << code_bits); ++code) {
      const golden::Code weight = golden::DecodeCode(code, static_cast<int>(code_bits));
      flip.at(code) = weight.negative ? 255 : 0;
      factor.at(code) = static_cast<std::int16_t>(weight.Magnitude());
    }
  }
};

}  // namespace

std::uint32_t ColumnsOfTile(const ConvCommand& conv,
                            const DeviceParameters& parameters,
                            std::uint32_t t) {
  const bool is_partial = t + 1 == conv.column_tiles && conv.first && conv.last;
  return is_partial ? conv.valid_columns : static_cast<std::uint32_t>(parameters.columns);
}

WeightSweep DecodeSweep(const ConvCommand& conv,
                        const DeviceParameters& parameters,
                        Storage& storage) {
  const auto lanes = static_cast<std::size_t>(parameters.lanes);
  const auto columns = static_cast<std::size_t>(parameters.columns);
  const auto bus_bytes = static_cast<std::size_t>(parameters.bus_bytes);
  const std::size_t bytes = conv.weight_words * bus_bytes;
  // Words are read one by one, so the first one outside the buffer is the error.
  for (std::size_t word = 0; word < conv.weight_words; ++word) {
    static_cast<void>(
        storage.weight.At((conv.weight_base + word) * bus_bytes, bus_bytes, Unit::kFeeder));
  }
  const std::uint8_t* data = storage.weight.At(conv.weight_base * bus_bytes, bytes, Unit::kFeeder);

  const std::size_t tiles = std::size_t{conv.column_tiles} * conv.steps;
  if (tiles * lanes * columns * conv.code_bits > bytes * 8) {
    throw JobError(ErrorCode::kNoProgress, Unit::kFeeder);
  }
  const CodeStream codes(data, bytes, conv.code_bits);
  const TermTable terms(conv.code_bits);

  WeightSweep sweep;
  sweep.depth = conv.steps * lanes;
  sweep.flip.resize(conv.column_tiles * columns * sweep.depth);
  sweep.factor.resize(sweep.flip.size());
  for (std::uint32_t t = 0; t < conv.column_tiles; ++t) {
    for (std::size_t step = 0; step < conv.steps; ++step) {
      const std::size_t tile = t * std::size_t{conv.steps} + step;
      for (std::size_t j = 0; j < ColumnsOfTile(conv, parameters, t); ++j) {
        const std::size_t to = (t * columns + j) * sweep.depth + step * lanes;
        for (std::size_t i = 0; i < lanes; ++i) {
          const unsigned code = codes.At((tile * lanes + i) * columns + j);
          sweep.flip[to + i] = terms.flip[code];
          sweep.factor[to + i] = terms.factor[code];
        }
      }
    }
  }
  return sweep;
}

}  // namespace denseshift::sim
