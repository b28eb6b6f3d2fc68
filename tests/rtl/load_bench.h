// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_TESTS_RTL_LOAD_BENCH_H_
#define DENSESHIFT_TESTS_RTL_LOAD_BENCH_H_

#include <cstddef>
#include <cstdint>
#include <deque>
#include <vector>

#include "tests/rtl/command.h"
#include "tests/rtl/random.h"

namespace denseshift::rtl {

// Sizes of the unit under test: words of a bus word each.
struct LoadSizes {
  std::uint32_t bus_bytes = 0;
  std::uint32_t group_words = 0;  // of one activation group
  std::uint32_t weight_words = 0;
  std::uint32_t parameter_words = 0;

  [[nodiscard]] std::uint32_t LimitOf(Destination destination) const;
};

// A word the load unit puts into a buffer.
struct BufferWrite {
  Destination destination = Destination::kActivation;
  std::uint32_t group = 0;
  std::uint32_t word = 0;
  std::vector<std::uint8_t> bytes;
};

// A load to any buffer with any fill, inside buffer and memory.
[[nodiscard]] Load RandomLoad(Random& random, const LoadSizes& sizes, std::uint32_t memory_bytes);

// What a load writes, row by row, docs/commands.md, LOAD.
[[nodiscard]] std::deque<BufferWrite> WritesOf(const Load& load,
                                               const LoadSizes& sizes,
                                               const std::vector<std::uint8_t>& memory);

}  // namespace denseshift::rtl

#endif  // DENSESHIFT_TESTS_RTL_LOAD_BENCH_H_
