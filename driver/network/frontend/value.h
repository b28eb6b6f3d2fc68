// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_DRIVER_NETWORK_FRONTEND_VALUE_H_
#define DENSESHIFT_DRIVER_NETWORK_FRONTEND_VALUE_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "driver/network/frontend/array.h"
#include "driver/network/frontend/draft.h"

namespace denseshift::driver::frontend {

// Shape of an activation: the image on the device, and how the ONNX graph sees it.
//
// Layout operators (Flatten, Reshape, ..) change `dims` only; its elements in row-major order are
// always those of the image in [C, H, W] order.
struct ActivationShape {
  int height = 1;
  int width = 1;
  int channels = 1;
  std::vector<std::int64_t> dims;  // with the batch in front

  [[nodiscard]] std::int64_t Features() const { return std::int64_t{height} * width * channels; }

  // True for [N, C, H, W].
  [[nodiscard]] bool IsImage() const {
    return dims.size() == 4 && dims[1] == channels && dims[2] == height && dims[3] == width;
  }

  // True for [N, C * H * W].
  [[nodiscard]] bool IsVector() const { return dims.size() == 2 && dims[1] == Features(); }

  // True where dims[1] counts the device's channels.
  [[nodiscard]] bool HasChannelAxis() const {
    return IsImage() || (IsVector() && dims[1] == channels);
  }
};

// What is known about an ONNX tensor while the graph is walked.
struct Value {
  enum class Kind {
    kConstant,  // `constant`
    kInput,     // the graph's real input, not quantized yet
    kInteger,   // integers: output of QuantizeLinear, or an integer graph input; `tensor`
    kReal,      // real values of a quantized tensor: output of DequantizeLinear; `tensor`
    kDraft      // real output of a layer that is not quantized yet; `draft`
  };
  Kind kind = Kind::kConstant;
  std::string name;  // ONNX tensor
  std::shared_ptr<const Array> constant;
  int tensor = -1;
  std::shared_ptr<const Draft> draft;
  ActivationShape shape;

  [[nodiscard]] bool IsConstant() const { return kind == Kind::kConstant; }
};

}  // namespace denseshift::driver::frontend

#endif  // DENSESHIFT_DRIVER_NETWORK_FRONTEND_VALUE_H_
