// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_DRIVER_NETWORK_FRONTEND_ONNX_TENSOR_H_
#define DENSESHIFT_DRIVER_NETWORK_FRONTEND_ONNX_TENSOR_H_

#include <onnx/onnx_pb.h>
#include <optional>

#include "driver/network/frontend/array.h"

namespace denseshift::driver::frontend {

// The element type of an ONNX data type number; nothing for those the importer cannot hold.
[[nodiscard]] std::optional<ElementType> FromOnnxType(int data_type);

// Decodes an initializer or attribute tensor from raw_data or its typed field.
//
// Errors  std::runtime_error naming the tensor: external or segmented data, a type that is not
//         held, data that do not fill the shape.
[[nodiscard]] Array ReadTensor(const onnx::TensorProto& tensor);

// As ReadTensor, but a floating-point, INT8 or UINT8 tensor whose data are missing or external
// counts as one of ones. Other types keep to their data, as they may say what shape a tensor has.
[[nodiscard]] Array ReadTensorShape(const onnx::TensorProto& tensor);

}  // namespace denseshift::driver::frontend

#endif  // DENSESHIFT_DRIVER_NETWORK_FRONTEND_ONNX_TENSOR_H_
