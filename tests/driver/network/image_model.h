// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_TESTS_DRIVER_NETWORK_IMAGE_MODEL_H_
#define DENSESHIFT_TESTS_DRIVER_NETWORK_IMAGE_MODEL_H_

#include <cstdint>

#include "tests/driver/network/onnx_builder.h"

namespace denseshift::driver {

// Input [N, channels, 6, 5] with integer real values, quantized to "x", int8, zero point 3.
[[nodiscard]] OnnxBuilder ImageModel(std::int64_t channels);

// The same with a convolution of "x" into "conv": 3 -> 4 channels, 3x3, `bits`-bit weights "w".
[[nodiscard]] OnnxBuilder ConvModel(int bits = 3);

}  // namespace denseshift::driver

#endif  // DENSESHIFT_TESTS_DRIVER_NETWORK_IMAGE_MODEL_H_
