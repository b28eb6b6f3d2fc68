// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "tests/rtl/load_bench.h"

#include <algorithm>

namespace denseshift::rtl {
namespace {

// A load of random shape; where it lies is left to the caller.
Load ShapeLoad(Random& random, std::uint32_t bus_bytes) {
  Load load;
  load.destination = static_cast<Destination>(random.Word(0, 2));
  load.tail = random.Word(1, bus_bytes);
  load.fill = random.Byte();
  load.words = random.Word(1, random.Chance(80) ? 12 : 60);
  if (load.destination == Destination::kActivation) {
    load.rows = random.Word(0, 5);
    load.parity = random.Word(0, 1);
    load.left = random.Chance(50) ? random.Word(0, 3) : 0;
    load.right = random.Chance(50) ? random.Word(0, 3) : 0;
    load.top = random.Chance(50) ? random.Word(0, 2) : 0;
    load.bottom = random.Chance(50) ? random.Word(0, 2) : 0;
    load.rows += load.rows + load.top + load.bottom == 0 ? 1 : 0;
    load.pitch = load.left + load.words + load.right + random.Word(0, 2);
  }
  load.stride = random.Word(load.words, load.words + 20) * bus_bytes;
  return load;
}

}  // namespace

std::uint32_t LoadSizes::LimitOf(Destination destination) const {
  switch (destination) {
    case Destination::kActivation:
      return group_words;
    case Destination::kWeight:
      return weight_words;
    default:
      return parameter_words;
  }
}

Load RandomLoad(Random& random, const LoadSizes& sizes, std::uint32_t memory_bytes) {
  while (true) {
    Load load = ShapeLoad(random, sizes.bus_bytes);
    const std::uint32_t rows = load.top + load.rows + load.bottom;
    const std::uint32_t used =
        (load.parity + rows - 1) / 2 * load.pitch + load.left + load.words + load.right;
    const std::uint32_t limit = sizes.LimitOf(load.destination);
    const std::uint32_t reach = load.stride * 5 + load.words * sizes.bus_bytes;
    if (used <= limit && reach <= memory_bytes) {
      load.base = random.Word(0, limit - used);
      load.address = random.Word(0, (memory_bytes - reach) / sizes.bus_bytes) * sizes.bus_bytes;
      return load;
    }
  }
}

std::deque<BufferWrite> WritesOf(const Load& load,
                                 const LoadSizes& sizes,
                                 const std::vector<std::uint8_t>& memory) {
  std::deque<BufferWrite> writes;
  for (std::uint32_t row = 0; row < load.top + load.rows + load.bottom; ++row) {
    const bool is_data_row = row >= load.top && row < load.top + load.rows;
    const std::uint32_t first = load.base + ((load.parity + row) >> 1) * load.pitch;
    for (std::uint32_t column = 0; column < load.left + load.words + load.right; ++column) {
      BufferWrite write{
          load.destination,
          (load.parity + row) % 2,
          first + column,
          std::vector<std::uint8_t>(sizes.bus_bytes, static_cast<std::uint8_t>(load.fill))};
      if (is_data_row && column >= load.left && column < load.left + load.words) {
        const std::uint32_t word = column - load.left;
        const std::uint32_t valid = word + 1 == load.words ? load.tail : sizes.bus_bytes;
        const std::uint32_t from =
            load.address + (row - load.top) * load.stride + word * sizes.bus_bytes;
        std::copy_n(&memory.at(from), valid, write.bytes.begin());
      }
      writes.push_back(write);
    }
  }
  return writes;
}

}  // namespace denseshift::rtl
