// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "tests/driver/network/image_model.h"

#include "tests/driver/network/float_check.h"

namespace denseshift::driver {

OnnxBuilder ImageModel(std::int64_t channels) {
  OnnxBuilder model;
  model.Input({-1, channels, 6, 5}).Pair("input", "x", 1.0F, 3, onnx::TensorProto::INT8);
  return model;
}

OnnxBuilder ConvModel(int bits) {
  OnnxBuilder model = ImageModel(3);
  model.Floats("w", {4, 3, 3, 3}, RandomWeights(108, bits, 1));
  model.Node("Conv", {"x", "w"}, "conv").Ints("pads", {1, 1, 1, 1});
  return model;
}

}  // namespace denseshift::driver
