// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_TESTS_DRIVER_NETWORK_FLOAT_CHECK_H_
#define DENSESHIFT_TESTS_DRIVER_NETWORK_FLOAT_CHECK_H_

#include <cstddef>
#include <vector>

#include "driver/network/import.h"
#include "driver/network/network.h"
#include "tests/driver/network/onnx_builder.h"

namespace denseshift::driver {

// `count` weights +-2^p with p < 2^(bits-1), random but for the first two, which use the whole
// span, so that a tensor of them needs exactly `bits` bits.
[[nodiscard]] std::vector<float> RandomWeights(std::size_t count, int bits, unsigned seed);

// Imports the model and runs it on random images, whose integers lie within `magnitude` of the zero
// point: once in floating point as the ONNX graph says, once as docs/arithmetic.md says. Expects
// the same integers.
//
// The models must have no result at a rounding boundary: ONNX rounds half to even, the device half
// up. The tests choose scales so that results are whole numbers divided by an odd one.
Network ExpectMatchesFloat(OnnxBuilder* model,
                           int magnitude = 127,
                           const ImportOptions& options = {});

}  // namespace denseshift::driver

#endif  // DENSESHIFT_TESTS_DRIVER_NETWORK_FLOAT_CHECK_H_
