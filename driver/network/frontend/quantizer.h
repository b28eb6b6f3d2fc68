// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_DRIVER_NETWORK_FRONTEND_QUANTIZER_H_
#define DENSESHIFT_DRIVER_NETWORK_FRONTEND_QUANTIZER_H_

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "driver/network/frontend/graph.h"
#include "driver/network/frontend/value.h"
#include "driver/network/network.h"

namespace denseshift::driver::frontend {

// Quantization of one activation tensor, in the device's int8 domain.
struct Quantization {
  double scale = 1.0;
  int zero_point = 0;
  bool is_unsigned = false;

  [[nodiscard]] bool operator==(const Quantization& other) const {
    return scale == other.scale && zero_point == other.zero_point &&
           is_unsigned == other.is_unsigned;
  }
};

// Quantizations found by calibration, by ONNX tensor name.
using Calibration = std::map<std::string, Quantization>;

// Turns values into quantized tensors and, on the way, drafts into the layers of a network.
class Quantizer {
 public:
  Quantizer(Network* network, Calibration calibration);

  // Creates the network's input. An integer input gets its scale from its DequantizeLinear.
  [[nodiscard]] Value AddInput(const GraphInput& input, const ActivationShape& shape);

  // A QuantizeLinear node: the value in the given quantization, named after the node's output.
  // Errors  std::runtime_error naming the node.
  [[nodiscard]] Value Quantize(const Node& node, const Value& value, const Quantization& target);

  // A DequantizeLinear node.
  // Errors  std::runtime_error if the scale or zero point is not that of the quantized tensor.
  [[nodiscard]] Value Dequantize(const Node& node, const Value& value, const Quantization& source);

  // The value as an index into Network::tensors. One without quantization inherits its input's
  // where that is exact, or takes the calibrated one.
  // Errors  std::runtime_error naming node and tensor, with the remedy, if there is none.
  [[nodiscard]] int Require(const Node& node, const Value& value);

  // The value as a draft that `node` can be folded into; an identity layer if it is quantized.
  [[nodiscard]] Draft ToDraft(const Node& node, const Value& value);

  // Quantization of a tensor of the network.
  [[nodiscard]] Quantization Of(int tensor) const;

 private:
  struct Built {
    std::shared_ptr<const Draft> draft;
    Quantization quantization;
    int tensor;
  };

  [[nodiscard]] int QuantizeInput(const Node& node, const Quantization& target);
  [[nodiscard]] int Build(const std::shared_ptr<const Draft>& draft,
                          const ActivationShape& shape,
                          const Quantization& target,
                          const std::string& name);
  [[nodiscard]] Tensor& At(int tensor);

  Network* network_;
  Calibration calibration_;
  bool input_quantized_ = false;
  std::vector<Built> built_;
};

}  // namespace denseshift::driver::frontend

#endif  // DENSESHIFT_DRIVER_NETWORK_FRONTEND_QUANTIZER_H_
