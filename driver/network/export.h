// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_DRIVER_NETWORK_EXPORT_H_
#define DENSESHIFT_DRIVER_NETWORK_EXPORT_H_

#include <filesystem>

#include "driver/network/network.h"

namespace denseshift::driver {

// Writes a network as a plain ONNX graph whose every value is exact.
//
// Any runtime that computes float32 and float64 by IEEE 754 gives the integers of
// docs/arithmetic.md, bit for bit: convolutions are float32 sums of integers that stay below 2^24
// (split into several where they would not), requantization is Mul, Add, Floor, Max and Min on
// float64. The graph (IR 8, opset 15) is meant as an independent check of the hardware, not as an
// interchange format.
//
// Shapes    input [N, C, H, W] (or [N, C]) float32 real values, quantized by a QuantizeLinear as in
//           the network; output float32, the dequantized integers (y - zero_point) * scale.
// Errors    std::invalid_argument if a layer is not consistent; std::runtime_error if the file
//           cannot be written.
void ExportExactOnnx(const Network& network, const std::filesystem::path& path);

}  // namespace denseshift::driver

#endif  // DENSESHIFT_DRIVER_NETWORK_EXPORT_H_
