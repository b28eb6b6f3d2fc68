// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_TESTS_SYSTEM_RANDOM_DEVICE_H_
#define DENSESHIFT_TESTS_SYSTEM_RANDOM_DEVICE_H_

#include <cstdint>
#include <random>

#include "driver/network/network.h"
#include "sim/config/config.h"

namespace denseshift::testing {

class Draw {
 public:
  explicit Draw(std::uint32_t seed) : random_(seed) {}

  // Uniform in [low, high].
  int operator()(int low, int high) {
    return std::uniform_int_distribution<int>(low, high)(random_);
  }

 private:
  std::mt19937 random_;
};

// Any device, also those nobody builds the RTL of, and a memory without pauses: when these come
// decides what they cost. It may be one no network fits.
[[nodiscard]] sim::Config DrawConfig(Draw& draw);

// One to three layers. Throws std::invalid_argument if they do not fit the device.
[[nodiscard]] driver::Network DrawNetwork(Draw& draw, const sim::Config& config);

}  // namespace denseshift::testing

#endif  // DENSESHIFT_TESTS_SYSTEM_RANDOM_DEVICE_H_
