// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_DRIVER_NETWORK_FRONTEND_ARRAY_H_
#define DENSESHIFT_DRIVER_NETWORK_FRONTEND_ARRAY_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace denseshift::driver::frontend {

// Element types of ONNX tensors that the importer reads.
enum class ElementType {
  kFloat32,
  kFloat64,
  kFloat16,
  kBfloat16,
  kInt8,
  kUint8,
  kInt16,
  kUint16,
  kInt32,
  kUint32,
  kInt64,
  kUint64,
  kBool
};

// The name ONNX gives a type, for example "FLOAT16".
[[nodiscard]] const char* TypeName(ElementType type);

[[nodiscard]] bool IsFloatingPoint(ElementType type);

// Smallest positive normal number of a floating-point type.
[[nodiscard]] double SmallestNormal(ElementType type);

// No tensor may have more elements than this: 2^28, 2 GiB as double.
inline constexpr std::int64_t kMaxElements = std::int64_t{1} << 28;

// Number of elements of a shape.
// Errors  std::runtime_error for a negative dimension or more than kMaxElements elements.
[[nodiscard]] std::size_t ElementCount(const std::vector<std::int64_t>& dims);

// "[2, 3, 4]".
[[nodiscard]] std::string DimsText(const std::vector<std::int64_t>& dims);

// A tensor of the ONNX graph. Every value is one that `type` can hold, kept as double: exact for
// all types but 64-bit integers beyond 2^53, which only occur as "to the end" in Slice.
struct Array {
  ElementType type = ElementType::kFloat32;
  std::vector<std::int64_t> dims;
  std::vector<double> values;  // row-major, ElementCount(dims) of them

  Array() = default;

  // Zeros.
  Array(ElementType element_type, std::vector<std::int64_t> shape);
  Array(ElementType element_type, std::vector<std::int64_t> shape, std::vector<double> elements);

  [[nodiscard]] std::size_t Rank() const { return dims.size(); }
};

// The value as `type` would hold it: floats rounded to nearest even. Integers are truncated towards
// zero and saturated to the type's range.
[[nodiscard]] double RoundTo(ElementType type, double value);

// All values as integers, saturated to +-2^53.
[[nodiscard]] std::vector<std::int64_t> ToIntegers(const Array& array);

}  // namespace denseshift::driver::frontend

#endif  // DENSESHIFT_DRIVER_NETWORK_FRONTEND_ARRAY_H_
