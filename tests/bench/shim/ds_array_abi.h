// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_TESTS_BENCH_SHIM_DS_ARRAY_ABI_H_
#define DENSESHIFT_TESTS_BENCH_SHIM_DS_ARRAY_ABI_H_

#include <cstdint>

namespace denseshift::bench {

// What the shared object of a bare ds_array exports.
struct ArrayAbi {
  void* (*create)();
  void (*destroy)(void* array);

  // Runs clock cycles, a step in each. A new weight tile is swapped in every `tile_cycles`, after
  // its `groups` groups were written one a cycle. Inputs change every cycle. Returns a checksum of
  // sums.
  std::uint64_t (*run)(void* array,
                       std::uint64_t cycles,
                       std::uint64_t tile_cycles,
                       std::uint64_t groups);
};

constexpr const char* kArrayAbiSymbol = "DenseShiftArrayAbi";
using ArrayAbiFunction = const ArrayAbi* (*)();

}  // namespace denseshift::bench

#endif  // DENSESHIFT_TESTS_BENCH_SHIM_DS_ARRAY_ABI_H_
