// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_DRIVER_NETWORK_IMPORT_H_
#define DENSESHIFT_DRIVER_NETWORK_IMPORT_H_

#include <filesystem>
#include <vector>

#include "driver/network/network.h"

namespace denseshift::driver {

// What ImportOnnx makes of weights.
enum class ImportWeights {
  kExact,      // they must be DenseShift
  kShapesOnly  // their values do not matter and may be missing; layers get no codes
};

// How ImportOnnx treats what the file leaves open.
struct ImportOptions {
  // Widest code the caller's device takes, 2..4 bits. A tensor that needs more is refused.
  int max_code_bits = 4;

  ImportWeights weights = ImportWeights::kExact;

  // Shapes only: bits of every code, 2..4.
  int code_bits = 4;

  // Sample inputs, used only for activation tensors that have no QuantizeLinear of their own.
  // Each element holds one or more images, [C, H, W] float32 each, the values the graph's input
  // expects (for example pixels / 255). Empty: such a tensor is an error.
  std::vector<std::vector<float>> calibration;

  // Share of the calibration values, in percent, that the chosen range covers on each side;
  // 100 takes the smallest and the largest value seen. In (50, 100].
  double calibration_percentile = 100.0;

  // Calibrated scales: asymmetric int8 (the range, widened to hold 0, spans -128 .. 127), or
  // symmetric (zero point 0, the larger absolute bound becomes 127).
  bool calibration_symmetric = false;
};

// Reads an ONNX file and turns it into a network of integer layers.
//
// Weights must be DenseShift exactly: in every output channel +-2^p * alpha, to the last bit. Batch
// normalization, per-channel constants, Relu and Clip are folded into the convolution before them.
// Activations are quantized per tensor by the graph's QuantizeLinear / DequantizeLinear pairs, or
// by calibration where the graph has none. docs/networks.md describes the form of the shipped
// networks; the operators taken are listed in the message about one that is not.
//
// With shapes only, the layers are the same but for Layer::codes, bias and scale, which are empty.
// Weights may have any values, or none: data in another file are not read, tensors of FLOAT and its
// like, INT8 and UINT8 may lack theirs. An activation without QuantizeLinear has scale 1 and zero
// point 0.
//
// Shapes    the batch dimension is dropped; all other dimensions must be fixed.
// Errors    std::runtime_error naming the file and the node or tensor, what is wrong and the
//           remedy; std::invalid_argument for options out of range.
[[nodiscard]] Network ImportOnnx(const std::filesystem::path& path,
                                 const ImportOptions& options = {});

}  // namespace denseshift::driver

#endif  // DENSESHIFT_DRIVER_NETWORK_IMPORT_H_
