// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "driver/network/frontend/onnx_tensor.h"

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <fmt/format.h>
#include <limits>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace denseshift::driver::frontend {
namespace {

// A number of `exponent_bits` and `mantissa_bits` below a sign bit, as IEEE 754 reads it.
double DecodeFloat(std::uint32_t bits, int exponent_bits, int mantissa_bits) {
  const std::uint32_t mantissa = bits & ((1U << mantissa_bits) - 1U);
  const auto exponent = static_cast<int>((bits >> mantissa_bits) & ((1U << exponent_bits) - 1U));
  const bool negative = ((bits >> (mantissa_bits + exponent_bits)) & 1U) != 0;
  const int top = (1 << exponent_bits) - 1;
  const int bias = top / 2;
  double value = 0.0;
  if (exponent == top) {
    value = mantissa == 0 ? std::numeric_limits<double>::infinity()
                          : std::numeric_limits<double>::quiet_NaN();
  } else if (exponent == 0) {
    value = std::ldexp(mantissa, 1 - bias - mantissa_bits);
  } else {
    value = std::ldexp((1U << mantissa_bits) + mantissa, exponent - bias - mantissa_bits);
  }
  return negative ? -value : value;
}

template <typename T>
std::vector<double> FromRaw(const std::string& raw) {
  std::vector<double> values(raw.size() / sizeof(T));
  for (std::size_t i = 0; i < values.size(); ++i) {
    T value;
    std::memcpy(&value, raw.data() + i * sizeof(T), sizeof(T));
    values[i] = static_cast<double>(value);
  }
  return values;
}

std::vector<double> FromRawBits(const std::string& raw, int exponent_bits, int mantissa_bits) {
  std::vector<double> values = FromRaw<std::uint16_t>(raw);
  for (double& value : values) {
    value = DecodeFloat(static_cast<std::uint32_t>(value), exponent_bits, mantissa_bits);
  }
  return values;
}

// Bytes of one element in raw_data.
std::size_t ElementBytes(ElementType type) {
  switch (type) {
    case ElementType::kInt8:
    case ElementType::kUint8:
    case ElementType::kBool:
      return 1;
    case ElementType::kFloat16:
    case ElementType::kBfloat16:
    case ElementType::kInt16:
    case ElementType::kUint16:
      return 2;
    case ElementType::kFloat64:
    case ElementType::kInt64:
    case ElementType::kUint64:
      return 8;
    default:
      return 4;
  }
}

std::vector<double> RawValues(const std::string& raw, ElementType type) {
  switch (type) {
    case ElementType::kFloat32:
      return FromRaw<float>(raw);
    case ElementType::kFloat64:
      return FromRaw<double>(raw);
    case ElementType::kFloat16:
      return FromRawBits(raw, 5, 10);
    case ElementType::kBfloat16:
      return FromRawBits(raw, 8, 7);
    case ElementType::kInt8:
      return FromRaw<std::int8_t>(raw);
    case ElementType::kUint8:
      return FromRaw<std::uint8_t>(raw);
    case ElementType::kInt16:
      return FromRaw<std::int16_t>(raw);
    case ElementType::kUint16:
      return FromRaw<std::uint16_t>(raw);
    case ElementType::kInt32:
      return FromRaw<std::int32_t>(raw);
    case ElementType::kUint32:
      return FromRaw<std::uint32_t>(raw);
    case ElementType::kInt64:
      return FromRaw<std::int64_t>(raw);
    case ElementType::kUint64:
      return FromRaw<std::uint64_t>(raw);
    case ElementType::kBool:
      return FromRaw<std::uint8_t>(raw);
  }
  return {};
}

template <typename Field>
std::vector<double> FromField(const Field& field) {
  std::vector<double> values;
  values.reserve(static_cast<std::size_t>(field.size()));
  for (const auto element : field) {
    values.push_back(static_cast<double>(element));
  }
  return values;
}

// The typed field that onnx.proto assigns to the type.
std::vector<double> TypedValues(const onnx::TensorProto& tensor, ElementType type) {
  switch (type) {
    case ElementType::kFloat32:
      return FromField(tensor.float_data());
    case ElementType::kFloat64:
      return FromField(tensor.double_data());
    case ElementType::kInt64:
      return FromField(tensor.int64_data());
    case ElementType::kUint32:
    case ElementType::kUint64:
      return FromField(tensor.uint64_data());
    default:
      break;
  }
  std::vector<double> values = FromField(tensor.int32_data());
  if (type == ElementType::kFloat16 || type == ElementType::kBfloat16) {
    const int mantissa_bits = type == ElementType::kFloat16 ? 10 : 7;
    for (double& value : values) {
      const auto bits = static_cast<std::uint32_t>(static_cast<std::int32_t>(value)) & 0xFFFFU;
      value = DecodeFloat(bits, 15 - mantissa_bits, mantissa_bits);
    }
  } else {
    for (double& value : values) {
      value = RoundTo(type, value);
    }
  }
  return values;
}

[[noreturn]] void Fail(const onnx::TensorProto& tensor, const std::string& what) {
  throw std::runtime_error(fmt::format("tensor '{}': {}", tensor.name(), what));
}

bool IsExternal(const onnx::TensorProto& tensor) {
  return tensor.data_location() == onnx::TensorProto::EXTERNAL;
}

ElementType TypeOf(const onnx::TensorProto& tensor) {
  const std::optional<ElementType> type = FromOnnxType(tensor.data_type());
  if (!type) {
    Fail(tensor,
         fmt::format("data type {} is not supported; use FLOAT, or INT8 / UINT8 codes",
                     tensor.data_type()));
  }
  return *type;
}

std::vector<std::int64_t> DimsOf(const onnx::TensorProto& tensor) {
  return {tensor.dims().begin(), tensor.dims().end()};
}

std::size_t CountOf(const onnx::TensorProto& tensor) {
  try {
    return ElementCount(DimsOf(tensor));
  } catch (const std::runtime_error& error) {
    Fail(tensor, error.what());
  }
}

bool HasData(const onnx::TensorProto& tensor, ElementType type) {
  return !IsExternal(tensor) && (!tensor.raw_data().empty() || !TypedValues(tensor, type).empty());
}

}  // namespace

std::optional<ElementType> FromOnnxType(int data_type) {
  switch (data_type) {
    case onnx::TensorProto::FLOAT:
      return ElementType::kFloat32;
    case onnx::TensorProto::DOUBLE:
      return ElementType::kFloat64;
    case onnx::TensorProto::FLOAT16:
      return ElementType::kFloat16;
    case onnx::TensorProto::BFLOAT16:
      return ElementType::kBfloat16;
    case onnx::TensorProto::INT8:
      return ElementType::kInt8;
    case onnx::TensorProto::UINT8:
      return ElementType::kUint8;
    case onnx::TensorProto::INT16:
      return ElementType::kInt16;
    case onnx::TensorProto::UINT16:
      return ElementType::kUint16;
    case onnx::TensorProto::INT32:
      return ElementType::kInt32;
    case onnx::TensorProto::UINT32:
      return ElementType::kUint32;
    case onnx::TensorProto::INT64:
      return ElementType::kInt64;
    case onnx::TensorProto::UINT64:
      return ElementType::kUint64;
    case onnx::TensorProto::BOOL:
      return ElementType::kBool;
    default:
      return std::nullopt;
  }
}

Array ReadTensor(const onnx::TensorProto& tensor) {
  if (IsExternal(tensor)) {
    Fail(tensor, "its data are in another file; store them in the model itself");
  }
  if (tensor.has_segment()) {
    Fail(tensor, "segmented tensors are not supported; store it in one piece");
  }
  const ElementType type = TypeOf(tensor);
  const std::vector<std::int64_t> dims = DimsOf(tensor);
  const std::size_t count = CountOf(tensor);
  std::vector<double> values;
  if (tensor.has_raw_data()) {
    if (tensor.raw_data().size() != count * ElementBytes(type)) {
      Fail(tensor,
           fmt::format("{} bytes of data for shape {} of {}",
                       tensor.raw_data().size(),
                       DimsText(dims),
                       TypeName(type)));
    }
    values = RawValues(tensor.raw_data(), type);
  } else {
    values = TypedValues(tensor, type);
  }
  if (values.size() != count) {
    Fail(tensor, fmt::format("{} values for shape {}", values.size(), DimsText(dims)));
  }
  return {type, dims, std::move(values)};
}

Array ReadTensorShape(const onnx::TensorProto& tensor) {
  const ElementType type = TypeOf(tensor);
  const bool needs_no_data =
      IsFloatingPoint(type) || type == ElementType::kInt8 || type == ElementType::kUint8;
  if (!needs_no_data || HasData(tensor, type)) {
    return ReadTensor(tensor);
  }
  return {type, DimsOf(tensor), std::vector<double>(CountOf(tensor), 1.0)};
}

}  // namespace denseshift::driver::frontend
