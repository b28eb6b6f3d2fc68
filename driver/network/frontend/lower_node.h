// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_DRIVER_NETWORK_FRONTEND_LOWER_NODE_H_
#define DENSESHIFT_DRIVER_NETWORK_FRONTEND_LOWER_NODE_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "driver/network/frontend/graph.h"
#include "driver/network/frontend/quantizer.h"
#include "driver/network/frontend/value.h"
#include "driver/network/import.h"

namespace denseshift::driver::frontend {

// A node with at least one activation among its inputs, on its way to becoming part of a layer.
struct Lowering {
  const Node& node;
  std::vector<const Value*> inputs;  // nullptr where an optional one is omitted
  Quantizer* quantizer;
  const ImportOptions& options;

  [[nodiscard]] bool Has(std::size_t index) const {
    return index < inputs.size() && inputs[index] != nullptr;
  }

  // Input `index` as an activation, or as a constant. Errors: std::runtime_error if it is not.
  [[nodiscard]] const Value& Activation(std::size_t index) const;
  [[nodiscard]] const Array& Constant(std::size_t index) const;
};

// Lowers a node: adds to the network of the quantizer, or folds the node into the draft before it.
// Errors  std::runtime_error naming the node.
[[nodiscard]] Value LowerNode(const Lowering& lowering);

// The value of a draft, named after the node's output.
[[nodiscard]] Value DraftValue(const Node& node, const Draft& draft, const ActivationShape& shape);

// The shape [N, C, H, W] of an image.
// Errors  std::runtime_error naming the node for more than 2^24 elements.
[[nodiscard]] ActivationShape ImageShape(const Node& node,
                                         std::int64_t batch,
                                         std::int64_t channels,
                                         std::int64_t height,
                                         std::int64_t width);

// lower_layers.cc: nodes that begin a layer.
[[nodiscard]] Value LowerAddition(const Lowering& lowering);
[[nodiscard]] Value LowerAveragePool(const Lowering& lowering);
[[nodiscard]] Value LowerConv(const Lowering& lowering);
[[nodiscard]] Value LowerGemm(const Lowering& lowering);
[[nodiscard]] Value LowerGlobalAveragePool(const Lowering& lowering);
[[nodiscard]] Value LowerMaxPool(const Lowering& lowering);

// lower_folding.cc: nodes that become part of the layer before them.
[[nodiscard]] Value LowerArithmetic(const Lowering& lowering);  // Add, Sub, Mul, Div by constants
[[nodiscard]] Value LowerBatchNormalization(const Lowering& lowering);
[[nodiscard]] Value LowerClip(const Lowering& lowering);
[[nodiscard]] Value LowerLayout(const Lowering& lowering);
[[nodiscard]] Value LowerQuantization(const Lowering& lowering);
[[nodiscard]] Value LowerRelu(const Lowering& lowering);
[[nodiscard]] Value LowerShape(const Lowering& lowering);

}  // namespace denseshift::driver::frontend

#endif  // DENSESHIFT_DRIVER_NETWORK_FRONTEND_LOWER_NODE_H_
