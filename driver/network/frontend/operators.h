// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_DRIVER_NETWORK_FRONTEND_OPERATORS_H_
#define DENSESHIFT_DRIVER_NETWORK_FRONTEND_OPERATORS_H_

#include <cstddef>
#include <string>
#include <vector>

#include "driver/network/frontend/array.h"
#include "driver/network/frontend/graph.h"

namespace denseshift::driver::frontend {

// Inputs of a node in order; nullptr where an optional one is omitted.
using Inputs = std::vector<const Array*>;

// Computes the first output of a node. Every operator the importer knows has only one that counts.
using Kernel = Array (*)(const Node& node, const Inputs& inputs);

// An operator the importer knows.
struct OperatorInfo {
  const char* domain;
  const char* name;
  Kernel kernel;
  std::size_t min_inputs;
  std::size_t max_inputs;
  std::vector<std::string> attributes;  // all that it may have

  // True for operators cheap enough to be computed while importing, when all inputs are constant.
  [[nodiscard]] bool Folds() const;
};

// The operator of a node, after a check that its number of inputs and the names of its attributes
// are those of the operator.
// Errors  std::runtime_error naming the node; for an unknown operator also all that are supported.
const OperatorInfo& FindOperator(const Node& node);

// Computes a node as the ONNX specification defines it, in the precision of the output's type.
//
// Used to fold constants and, on float activations, to calibrate.
// Errors  std::runtime_error naming the node, for shapes or values it cannot take.
[[nodiscard]] Array Evaluate(const Node& node, const Inputs& inputs);

// An axis counted from the end when negative, within 0 .. rank - 1.
// Errors  std::runtime_error naming the node.
[[nodiscard]] std::size_t NormalizeAxis(const Node& node, std::int64_t axis, std::size_t rank);

}  // namespace denseshift::driver::frontend

#endif  // DENSESHIFT_DRIVER_NETWORK_FRONTEND_OPERATORS_H_
