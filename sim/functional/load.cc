// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include <cstring>

#include "sim/functional/execute.h"

namespace denseshift::sim {
namespace {

// Writes the words of one row to consecutive words of a buffer.
class RowWriter {
 public:
  RowWriter(Buffer& buffer, std::uint64_t word, std::size_t bus_bytes)
      : buffer_(buffer), address_(word * bus_bytes), bus_bytes_(bus_bytes) {}

  void Fill(std::uint32_t words, std::uint8_t fill) {
    for (std::uint32_t i = 0; i < words; ++i) {
      std::memset(Next(), fill, bus_bytes_);
    }
  }

  // Writes one word of which the first `valid` bytes are data, the others the fill byte.
  void Data(const std::uint8_t* word, std::size_t valid, std::uint8_t fill) {
    std::uint8_t* target = Next();
    std::memcpy(target, word, valid);
    std::memset(target + valid, fill, bus_bytes_ - valid);
  }

 private:
  std::uint8_t* Next() {
    std::uint8_t* word = buffer_.At(address_, bus_bytes_, Unit::kLoad);
    address_ += bus_bytes_;
    return word;
  }

  Buffer& buffer_;
  std::uint64_t address_;
  std::size_t bus_bytes_;
};

RowWriter WriterOfRow(const LoadCommand& load,
                      std::uint32_t row,
                      std::size_t bus_bytes,
                      Storage& storage) {
  switch (static_cast<LoadDestination>(load.destination)) {
    case LoadDestination::kWeight:
      return {storage.weight, load.base, bus_bytes};
    case LoadDestination::kParameter:
      return {storage.parameter, load.base, bus_bytes};
    default: {
      const std::uint32_t parity_row = load.par + row;
      const std::uint64_t word = load.base + std::uint64_t{parity_row >> 1} * load.pitch;
      return {storage.activation.at(parity_row & 1), word, bus_bytes};
    }
  }
}

}  // namespace

void ExecuteLoad(const LoadCommand& load, const DeviceParameters& parameters, Storage& storage) {
  const auto bus_bytes = static_cast<std::uint32_t>(parameters.bus_bytes);
  const std::uint32_t all_rows = load.top + load.rows + load.bottom;
  for (std::uint32_t row = 0; row < all_rows; ++row) {
    RowWriter writer = WriterOfRow(load, row, bus_bytes, storage);
    if (row < load.top || row >= load.top + load.rows) {
      writer.Fill(load.left + load.words_per_row + load.right, load.fill);
      continue;
    }
    writer.Fill(load.left, load.fill);
    std::uint32_t address = load.address + (row - load.top) * load.row_stride;
    for (std::uint32_t i = 0; i < load.words_per_row; ++i) {
      const bool is_last = i + 1 == load.words_per_row;
      writer.Data(storage.memory.ReadWord(address, Unit::kLoad),
                  is_last ? load.tail : bus_bytes,
                  load.fill);
      address += bus_bytes;
    }
    writer.Fill(load.right, load.fill);
  }
}

}  // namespace denseshift::sim
