// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_DRIVER_NETWORK_FRONTEND_ONNX_READER_H_
#define DENSESHIFT_DRIVER_NETWORK_FRONTEND_ONNX_READER_H_

#include <cstdint>
#include <filesystem>

#include "driver/network/frontend/graph.h"
#include "driver/network/import.h"

namespace denseshift::driver::frontend {

// Larger files are refused before they are read.
inline constexpr std::uintmax_t kMaxFileBytes = std::uintmax_t{512} << 20;

// Opsets of the default domain that the importer knows.
inline constexpr std::int64_t kMinOpset = 7;
inline constexpr std::int64_t kMaxOpset = 23;

// Reads an ONNX file into a graph. Operators are not looked at. With shapes only, initializers that
// may be weights need no data; ReadTensorShape has the rules.
//
// Errors  std::runtime_error if the file cannot be read, is larger than kMaxFileBytes, is cut off
//         or no ONNX model, or uses what the importer cannot hold: external data, sparse or string
//         initializers, inputs that are no tensors, an opset out of range. The message does not
//         name the file; the caller does.
[[nodiscard]] Graph ReadOnnx(const std::filesystem::path& path,
                             ImportWeights weights = ImportWeights::kExact);

}  // namespace denseshift::driver::frontend

#endif  // DENSESHIFT_DRIVER_NETWORK_FRONTEND_ONNX_READER_H_
