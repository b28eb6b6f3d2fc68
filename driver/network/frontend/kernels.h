// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_DRIVER_NETWORK_FRONTEND_KERNELS_H_
#define DENSESHIFT_DRIVER_NETWORK_FRONTEND_KERNELS_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "driver/network/frontend/operators.h"

namespace denseshift::driver::frontend {

// A list of integers that was an attribute in early opsets and is an input since, such as the axes
// of Squeeze; nothing if the node has neither.
std::optional<std::vector<std::int64_t>> IntegerOperand(const Node& node,
                                                        const Inputs& inputs,
                                                        std::size_t index,
                                                        const char* attribute);

// One kernel per ONNX operator, named after it; see Evaluate in operators.h.

// kernels_layout.cc: change type or shape.
Array Cast(const Node& node, const Inputs& inputs);
Array Constant(const Node& node, const Inputs& inputs);
Array Dropout(const Node& node, const Inputs& inputs);
Array Flatten(const Node& node, const Inputs& inputs);
Array Identity(const Node& node, const Inputs& inputs);
Array Reshape(const Node& node, const Inputs& inputs);
Array Shape(const Node& node, const Inputs& inputs);
Array Squeeze(const Node& node, const Inputs& inputs);
Array Unsqueeze(const Node& node, const Inputs& inputs);

// kernels_indexing.cc: move elements.
Array Concat(const Node& node, const Inputs& inputs);
Array Gather(const Node& node, const Inputs& inputs);
Array Slice(const Node& node, const Inputs& inputs);
Array Transpose(const Node& node, const Inputs& inputs);

// kernels_elementwise.cc: one output element per input element.
Array Add(const Node& node, const Inputs& inputs);
Array BatchNormalization(const Node& node, const Inputs& inputs);
Array Clip(const Node& node, const Inputs& inputs);
Array DequantizeLinear(const Node& node, const Inputs& inputs);
Array Div(const Node& node, const Inputs& inputs);
Array Mul(const Node& node, const Inputs& inputs);
Array QuantizeLinear(const Node& node, const Inputs& inputs);
Array Relu(const Node& node, const Inputs& inputs);
Array Sub(const Node& node, const Inputs& inputs);

// kernels_reduce.cc: sums and maxima.
Array AveragePool(const Node& node, const Inputs& inputs);
Array Conv(const Node& node, const Inputs& inputs);
Array Gemm(const Node& node, const Inputs& inputs);
Array GlobalAveragePool(const Node& node, const Inputs& inputs);
Array MatMul(const Node& node, const Inputs& inputs);
Array MaxPool(const Node& node, const Inputs& inputs);
Array ReduceMean(const Node& node, const Inputs& inputs);

// denseshift_function.cc: org.denseshift::DenseShiftWeight, docs/networks.md.
Array DenseShiftWeight(const Node& node, const Inputs& inputs);

}  // namespace denseshift::driver::frontend

#endif  // DENSESHIFT_DRIVER_NETWORK_FRONTEND_KERNELS_H_
