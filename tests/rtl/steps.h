// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_TESTS_RTL_STEPS_H_
#define DENSESHIFT_TESTS_RTL_STEPS_H_

#include <cstdint>
#include <vector>

#include "tests/rtl/command.h"
#include "tests/rtl/random.h"

namespace denseshift::rtl {

// One step of a kernel window, docs/commands.md, CONV, Steps.
struct Step {
  std::uint32_t run = 0;     // of the first part; runs are numbered ky * runs_x + kx
  std::uint32_t offset = 0;  // byte of that run the step starts with
  std::uint32_t length_a = 0;
  std::uint32_t length_b = 0;  // bytes from the start of the next run
};

// The steps of a window in order, from the fields run_length, runs_x, runs_y and dual.
[[nodiscard]] std::vector<Step> StepsOf(const Conv& conv, std::uint32_t lanes);

// The place of byte `x` of tile row `row`, docs/commands.md, Buffers: the row's slot modulo 2^17
// words, the byte modulo 2^24.
struct Place {
  std::uint32_t group = 0;
  std::uint64_t byte = 0;  // inside the group, or outside the buffer
};

[[nodiscard]] Place PlaceOf(const Walk& walk,
                            std::uint32_t bus_bytes,
                            std::uint64_t row,
                            std::uint64_t x);

// A convolution with random geometry whose input rows fit a group of group_bytes; steps, stripe
// and tile fields are left to the caller.
[[nodiscard]] Conv RandomConv(Random& random,
                              std::uint32_t lanes,
                              std::uint32_t bus_bytes,
                              std::uint32_t group_bytes);

// A pooling or addition with random geometry whose input rows fit, groups of `lanes` channels.
[[nodiscard]] Vector RandomVector(Random& random,
                                  std::uint32_t lanes,
                                  std::uint32_t bus_bytes,
                                  std::uint32_t group_bytes);

}  // namespace denseshift::rtl

#endif  // DENSESHIFT_TESTS_RTL_STEPS_H_
