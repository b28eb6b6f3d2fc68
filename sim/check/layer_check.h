// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_CHECK_LAYER_CHECK_H_
#define DENSESHIFT_SIM_CHECK_LAYER_CHECK_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "driver/network/network.h"
#include "golden/tensor.h"
#include "sim/check/golden_network.h"

namespace denseshift::sim {

// The first layer whose output on the device is not the golden model's.
struct LayerDifference {
  std::string layer;
  std::string onnx_type;
  std::size_t image = 0;
  // The first element that differs, in the order row, column, channel.
  int row = 0, column = 0, channel = 0;
  int expected = 0, actual = 0;
  std::size_t count = 0;  // elements that differ
  golden::Tensor expected_tensor, actual_tensor;

  // "layer conv2 (Conv), image 3: channel 5, row 0, column 7 is -12, expected -11; 40 of 6272
  // values differ"
  [[nodiscard]] std::string Description() const;
};

// Compares every layer's output with the golden model, bit for bit.
class LayerCheck {
 public:
  // Keeps a reference to `network`.
  explicit LayerCheck(const driver::Network& network) : network_(network), golden_(network) {}

  // Checks one image, layers in execution order, up to the first that differs. `read` gives a
  // tensor of that image, by index into Network::tensors, as the device computed it.
  //
  // Errors  std::invalid_argument if a tensor read has a wrong size.
  [[nodiscard]] std::optional<LayerDifference> Check(
      std::size_t image,
      const std::vector<std::int8_t>& input,
      const std::function<std::vector<std::int8_t>(std::size_t)>& read) const;

 private:
  const driver::Network& network_;
  GoldenNetwork golden_;
};

}  // namespace denseshift::sim

#endif  // DENSESHIFT_SIM_CHECK_LAYER_CHECK_H_
