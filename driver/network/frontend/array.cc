// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "driver/network/frontend/array.h"

#include <algorithm>
#include <cfloat>
#include <cmath>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <limits>
#include <stdexcept>
#include <utility>

namespace denseshift::driver::frontend {
namespace {

constexpr double kMaxExactInteger = 9007199254740992.0;  // 2^53

struct IntegerRange {
  double low;
  double high;
};

template <typename T>
IntegerRange RangeOf() {
  return {static_cast<double>(std::numeric_limits<T>::min()),
          static_cast<double>(std::numeric_limits<T>::max())};
}

IntegerRange IntegerRangeOf(ElementType type) {
  switch (type) {
    case ElementType::kInt8:
      return RangeOf<std::int8_t>();
    case ElementType::kUint8:
      return RangeOf<std::uint8_t>();
    case ElementType::kInt16:
      return RangeOf<std::int16_t>();
    case ElementType::kUint16:
      return RangeOf<std::uint16_t>();
    case ElementType::kInt32:
      return RangeOf<std::int32_t>();
    case ElementType::kUint32:
      return RangeOf<std::uint32_t>();
    case ElementType::kUint64:
      return {0.0, kMaxExactInteger};
    case ElementType::kBool:
      return {0.0, 1.0};
    default:
      return {-kMaxExactInteger, kMaxExactInteger};
  }
}

// Rounds to `digits` significant bits (the hidden one included), to nearest even; numbers below
// the smallest normal keep its spacing; those that round to 2^exponent_limit become infinite.
double RoundToFormat(double value, int digits, double smallest_normal, int exponent_limit) {
  if (!std::isfinite(value) || value == 0.0) {
    return value;
  }
  const int exponent = std::max(std::ilogb(value), std::ilogb(smallest_normal));
  const double rounded =
      std::ldexp(std::nearbyint(std::ldexp(value, digits - 1 - exponent)), exponent - digits + 1);
  if (std::fabs(rounded) >= std::ldexp(1.0, exponent_limit)) {
    return std::copysign(std::numeric_limits<double>::infinity(), value);
  }
  return rounded;
}

}  // namespace

const char* TypeName(ElementType type) {
  switch (type) {
    case ElementType::kFloat32:
      return "FLOAT";
    case ElementType::kFloat64:
      return "DOUBLE";
    case ElementType::kFloat16:
      return "FLOAT16";
    case ElementType::kBfloat16:
      return "BFLOAT16";
    case ElementType::kInt8:
      return "INT8";
    case ElementType::kUint8:
      return "UINT8";
    case ElementType::kInt16:
      return "INT16";
    case ElementType::kUint16:
      return "UINT16";
    case ElementType::kInt32:
      return "INT32";
    case ElementType::kUint32:
      return "UINT32";
    case ElementType::kInt64:
      return "INT64";
    case ElementType::kUint64:
      return "UINT64";
    case ElementType::kBool:
      return "BOOL";
  }
  return "?";
}

bool IsFloatingPoint(ElementType type) {
  return type == ElementType::kFloat32 || type == ElementType::kFloat64 ||
         type == ElementType::kFloat16 || type == ElementType::kBfloat16;
}

double SmallestNormal(ElementType type) {
  switch (type) {
    case ElementType::kFloat64:
      return DBL_MIN;
    case ElementType::kFloat16:
      return std::ldexp(1.0, -14);
    default:
      return FLT_MIN;  // bfloat16 has the exponent range of float32
  }
}

std::size_t ElementCount(const std::vector<std::int64_t>& dims) {
  std::int64_t count = 1;
  for (const std::int64_t dim : dims) {
    if (dim < 0 || dim > kMaxElements) {
      throw std::runtime_error(
          fmt::format("shape {} has a dimension outside 0 .. {}", DimsText(dims), kMaxElements));
    }
    count *= dim;
    if (count > kMaxElements) {
      throw std::runtime_error(
          fmt::format("shape {} has more than {} elements", DimsText(dims), kMaxElements));
    }
  }
  return static_cast<std::size_t>(count);
}

std::string DimsText(const std::vector<std::int64_t>& dims) {
  return fmt::format("[{}]", fmt::join(dims, ", "));
}

Array::Array(ElementType element_type, std::vector<std::int64_t> shape)
    : type(element_type), dims(std::move(shape)), values(ElementCount(dims), 0.0) {
}

Array::Array(ElementType element_type,
             std::vector<std::int64_t> shape,
             std::vector<double> elements)
    : type(element_type), dims(std::move(shape)), values(std::move(elements)) {
  if (values.size() != ElementCount(dims)) {
    throw std::runtime_error(
        fmt::format("{} values for a tensor of shape {}", values.size(), DimsText(dims)));
  }
}

double RoundTo(ElementType type, double value) {
  switch (type) {
    case ElementType::kFloat32:
      if (std::fabs(value) <= static_cast<double>(FLT_MAX)) {
        return static_cast<double>(static_cast<float>(value));
      }
      return RoundToFormat(value, FLT_MANT_DIG, FLT_MIN, FLT_MAX_EXP);
    case ElementType::kFloat64:
      return value;
    case ElementType::kFloat16:
      return RoundToFormat(value, 11, SmallestNormal(type), 16);
    case ElementType::kBfloat16:
      return RoundToFormat(value, 8, FLT_MIN, FLT_MAX_EXP);
    default: {
      const IntegerRange range = IntegerRangeOf(type);
      if (std::isnan(value)) {
        return 0.0;
      }
      return std::min(range.high, std::max(range.low, std::trunc(value)));
    }
  }
}

std::vector<std::int64_t> ToIntegers(const Array& array) {
  std::vector<std::int64_t> result;
  result.reserve(array.values.size());
  for (const double value : array.values) {
    result.push_back(static_cast<std::int64_t>(RoundTo(ElementType::kInt64, value)));
  }
  return result;
}

}  // namespace denseshift::driver::frontend
