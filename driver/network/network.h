// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_DRIVER_NETWORK_NETWORK_H_
#define DENSESHIFT_DRIVER_NETWORK_NETWORK_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace denseshift::driver {

// An activation tensor of one image, [height, width, channels] int8 on the device.
// Real value = (x - zero_point) * scale.
struct Tensor {
  std::string name;
  int height = 1;
  int width = 1;
  int channels = 1;
  double scale = 1.0;
  int zero_point = 0;        // int8 domain, -128 .. 127
  bool is_unsigned = false;  // the ONNX graph holds uint8: device value + 128
  // Rank of the ONNX tensor: 2 for [N, C] and 4 for [N, C, H, W]. A flattened
  // tensor keeps its [H, W, C] layout on the device.
  int onnx_rank = 4;

  [[nodiscard]] std::size_t Elements() const {
    return static_cast<std::size_t>(height) * static_cast<std::size_t>(width) *
           static_cast<std::size_t>(channels);
  }
};

// Kernel window, in input elements.
struct Window {
  int kernel_h = 1, kernel_w = 1;
  int stride_h = 1, stride_w = 1;
  int dilation_h = 1, dilation_w = 1;
  int pad_top = 0, pad_left = 0, pad_bottom = 0, pad_right = 0;
};

// A positive real factor as multiplier * 2^-shift; docs/arithmetic.md section 3.
struct FixedPoint {
  std::uint16_t multiplier = 0;
  std::uint8_t shift = 0;
};

enum class Operator { kConv, kMaxPool, kAveragePool, kAdd };

// One layer in integers: all that golden model and tiler need, no reals left.
struct Layer {
  std::string name;       // ONNX node name (or output name when the node has none)
  std::string onnx_type;  // "Conv", "Gemm", "MaxPool", "GlobalAveragePool", "Add", ...
  Operator op = Operator::kConv;
  std::vector<int> inputs;  // indices into Network::tensors; 2 for kAdd, else 1
  int output = 0;           // index into Network::tensors
  Window window;            // conv and pools. A Gemm is a conv whose kernel is the whole input

  // Conv: one code per weight, [out channel][kernel row][kernel column][in channel]. Codes, bias
  // and scale are empty if only shapes are known.
  int code_bits = 0;
  std::vector<std::uint8_t> codes;
  // Conv: integer bias per out channel in units of input scale * weight scale,
  // for sums over w * (x - zero_in); and the requantization scale per out channel.
  std::vector<std::int32_t> bias;
  std::vector<FixedPoint> scale;

  // Max pool: pool_scale[1]. Average pools: pool_scale[count of taps inside the
  // image] (the whole window's count only, when padding is counted).
  std::map<int, FixedPoint> pool_scale;
  bool count_include_pad = false;

  // Add: scales of both inputs; they share the shift.
  FixedPoint add_scale[2];

  int lo = -128;  // clamp of the output, int8 domain (holds ReLU and Clip)
  int hi = 127;

  // Multiply-accumulates for one image; 0 for pools and additions.
  [[nodiscard]] std::uint64_t Macs(const std::vector<Tensor>& tensors) const;
};

// A quantized network. Layers are in execution order.
struct Network {
  std::string name;
  std::vector<Tensor> tensors;
  std::vector<Layer> layers;
  int input = 0;                   // index into tensors
  int output = 0;                  // index into tensors
  std::vector<std::string> notes;  // what the import left out, for the user
};

}  // namespace denseshift::driver

#endif  // DENSESHIFT_DRIVER_NETWORK_NETWORK_H_
