// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_CLI_IMAGES_H_
#define DENSESHIFT_SIM_CLI_IMAGES_H_

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <vector>

#include "driver/network/network.h"
#include "driver/runtime.h"
#include "golden/tensor.h"
#include "sim/npy/npy.h"

namespace denseshift::sim {

// Order of the dimensions after the first in an input file.
enum class Layout { kAuto, kNhwc, kNchw };

// Turns an array into device images for a network's input.
//
// uint8 and int8 values are the quantized values of the ONNX tensor, which must have that type;
// float values are real and are quantized as ONNX QuantizeLinear does: x / scale in float32,
// rounded half to even, plus zero point, clamped.
//
// Shapes    [N, H, W, C] or [N, C, H, W]; also [N, H, W] if C = 1, and [N, C] if H = W = 1. The
//           layout decides if both of the first two fit.
// Errors    std::runtime_error telling expected and actual type and shape.
[[nodiscard]] std::vector<driver::Image> MakeImages(const NpyArray& array,
                                                    const driver::Tensor& input,
                                                    Layout layout = Layout::kAuto);

// Class numbers of the images, from an integer array [N].
//
// Errors  std::runtime_error if type or shape is wrong or a value is not in 0 .. classes - 1.
[[nodiscard]] std::vector<int> MakeLabels(const NpyArray& array, std::size_t images, int classes);

// Sample inputs for calibration from a float array, in the order the graph's input has.
//
// Errors  std::runtime_error if the array is not float32 or has no values.
[[nodiscard]] std::vector<std::vector<float>> MakeCalibration(const NpyArray& array);

// Quantized values of a tensor for all images, as the ONNX graph has them: uint8 or int8, [N, C, H,
// W], or [N, C] for a tensor of rank 2.
[[nodiscard]] NpyArray ImagesToArray(const std::vector<driver::Image>& images,
                                     const driver::Tensor& tensor);

// Device values of one tensor, [H, W, C] int8.
[[nodiscard]] NpyArray TensorToArray(const golden::Tensor& tensor);

// Index of the largest value, the first one if there are several.
[[nodiscard]] int LargestIndex(const driver::Image& values);

}  // namespace denseshift::sim

#endif  // DENSESHIFT_SIM_CLI_IMAGES_H_
