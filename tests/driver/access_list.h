// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_TESTS_DRIVER_ACCESS_LIST_H_
#define DENSESHIFT_TESTS_DRIVER_ACCESS_LIST_H_

#include <array>
#include <cstdint>
#include <vector>

#include "driver/capabilities.h"
#include "driver/command/command.h"

namespace denseshift::driver::testing {

enum class Space { kAct0, kAct1, kWeight, kParameter, kOutput, kMemory };
constexpr std::size_t kSpaces = 6;

constexpr std::array<const char*, kSpaces> kSpaceNames = {
    "activation group 0", "activation group 1", "weights", "parameters", "output", "memory"};

// Bus words low .. high - 1 of a buffer or of device memory.
struct Access {
  Space space = Space::kMemory;
  std::int64_t low = 0;
  std::int64_t high = 0;
  bool write = false;
};

// Everything a command touches, row by row.
[[nodiscard]] std::vector<Access> ListAccesses(const Command& command,
                                               const Capabilities& capabilities);

}  // namespace denseshift::driver::testing

#endif  // DENSESHIFT_TESTS_DRIVER_ACCESS_LIST_H_
