// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_TESTS_SYSTEM_RANDOM_CASE_H_
#define DENSESHIFT_TESTS_SYSTEM_RANDOM_CASE_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "driver/network/network.h"
#include "driver/program/program.h"
#include "sim/device_parameters.h"
#include "sim/memory/memory_parameters.h"

namespace denseshift::testing {

// A device build the random layers run on.
struct Build {
  std::string name;
  sim::DeviceParameters parameters;
};

// Arrays 4x4, 8x8, 16x16 and 32x16, bus widths 64, 128 and 256, buffers small
// enough that most layers need several tiles.
[[nodiscard]] const std::vector<Build>& Builds();

// One random layer (now and then two or three in a row), with everything around it.
struct RandomCase {
  std::size_t build = 0;  // index into Builds()
  sim::MemoryParameters memory;
  driver::Network network;
  driver::Program program;
  std::vector<std::vector<std::int8_t>> images;  // batch
};

// The case of a seed: always the same. Draws again while the layer does not fit the
// build at all (its tiler says so).
[[nodiscard]] RandomCase MakeRandomCase(std::uint32_t seed);

// What the case is, for messages.
[[nodiscard]] std::string Describe(const RandomCase& random_case);

// The number in an environment variable, or `otherwise`: DENSESHIFT_SEED, DENSESHIFT_LAYERS.
[[nodiscard]] std::uint32_t FromEnvironment(const char* name, std::uint32_t otherwise);

}  // namespace denseshift::testing

#endif  // DENSESHIFT_TESTS_SYSTEM_RANDOM_CASE_H_
