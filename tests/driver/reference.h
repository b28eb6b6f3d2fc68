// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_TESTS_DRIVER_REFERENCE_H_
#define DENSESHIFT_TESTS_DRIVER_REFERENCE_H_

#include <cstdint>
#include <vector>

#include "driver/network/network.h"

namespace denseshift::driver::testing {

// Every tensor of a network for one image, [height, width, channels], straight from
// docs/arithmetic.md: the plainest loops, written for these tests only.
[[nodiscard]] std::vector<std::vector<std::int8_t>> RunReference(
    const Network& network, const std::vector<std::int8_t>& input);

}  // namespace denseshift::driver::testing

#endif  // DENSESHIFT_TESTS_DRIVER_REFERENCE_H_
