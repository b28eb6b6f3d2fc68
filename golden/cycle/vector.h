// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_GOLDEN_CYCLE_VECTOR_H_
#define DENSESHIFT_GOLDEN_CYCLE_VECTOR_H_

#include <cstdint>
#include <cstring>

namespace denseshift::golden::cycle {

// Four numbers at once: arrays of lanes and columns have a multiple of four items, so loops over
// them need no rest. Every processor this runs on has such vectors.
using Vector4 [[gnu::vector_size(16)]] = std::uint32_t;

// For processors that are known to have such.
using Vector8 [[gnu::vector_size(32)]] = std::uint32_t;
using Vector16 [[gnu::vector_size(64)]] = std::uint32_t;

inline void StoreVector(std::uint32_t* to, Vector4 vector) {
  std::memcpy(to, &vector, sizeof(vector));
}

// Sixteen bytes at once.
using VectorOfBytes [[gnu::vector_size(16)]] = std::uint8_t;

constexpr std::uint32_t kVectorBytes = 16;

inline VectorOfBytes LoadBytes(const std::uint8_t* from) {
  VectorOfBytes vector;
  std::memcpy(&vector, from, sizeof(vector));
  return vector;
}

inline void StoreBytes(std::uint8_t* to, VectorOfBytes vector) {
  std::memcpy(to, &vector, sizeof(vector));
}

// Both halves of each byte, the lower one first, as 32 bytes.
inline void StoreNibbles(std::uint8_t* to, VectorOfBytes bytes) {
  const VectorOfBytes low = bytes & 15;
  const VectorOfBytes high = bytes >> 4;
  const VectorOfBytes first =
      __builtin_shufflevector(low, high, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
  const VectorOfBytes second = __builtin_shufflevector(
      low, high, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
  std::memcpy(to, &first, sizeof(first));
  std::memcpy(to + kVectorBytes, &second, sizeof(second));
}

// Each byte as a number of 32 bits.
inline void StoreWidened(std::uint32_t* to, VectorOfBytes bytes) {
  using Halves [[gnu::vector_size(16)]] = std::uint16_t;
  constexpr VectorOfBytes kZeros = {};
  constexpr Halves kZeroHalves = {};
  const auto low = (Halves)__builtin_shufflevector(
      bytes, kZeros, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
  const auto high = (Halves)__builtin_shufflevector(
      bytes, kZeros, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
  StoreVector(to, (Vector4)__builtin_shufflevector(low, kZeroHalves, 0, 8, 1, 9, 2, 10, 3, 11));
  StoreVector(to + 4,
              (Vector4)__builtin_shufflevector(low, kZeroHalves, 4, 12, 5, 13, 6, 14, 7, 15));
  StoreVector(to + 8,
              (Vector4)__builtin_shufflevector(high, kZeroHalves, 0, 8, 1, 9, 2, 10, 3, 11));
  StoreVector(to + 12,
              (Vector4)__builtin_shufflevector(high, kZeroHalves, 4, 12, 5, 13, 6, 14, 7, 15));
}

}  // namespace denseshift::golden::cycle

#endif  // DENSESHIFT_GOLDEN_CYCLE_VECTOR_H_
