// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "golden/cycle/array_sum.h"

#include <cstddef>
#include <cstring>

#include "golden/cycle/vector.h"

// One source for several instruction sets: a shift by a different amount in each place of a vector
// takes AVX2.
#if defined(__x86_64__) && defined(__GNUC__)
#define DENSESHIFT_HAS_VECTORS 1
#else
#define DENSESHIFT_HAS_VECTORS 0
#endif

namespace denseshift::golden::cycle {
namespace {

constexpr std::size_t kLanesAtOnce = 4;  // of which every array has a multiple

// A row of the array is kCount vectors, all of whose sums stay in registers.
template <typename Vector, std::size_t kCount>
[[gnu::always_inline]] inline void SumOf(const SumOperands& in) {
  constexpr std::size_t kWidth = sizeof(Vector) / sizeof(std::uint32_t);
  Vector sum[kCount] = {};
  const std::uint32_t* u = in.u;
  const std::uint32_t* flips = in.flip;
  const std::uint32_t* shifts = in.shift;
  for (std::size_t lane = 0; lane < in.lanes; lane += kLanesAtOnce) {
    for (std::size_t k = 0; k < kLanesAtOnce; ++k) {
      for (std::size_t i = 0; i < kCount; ++i) {
        const std::size_t place = (k * kCount + i) * kWidth;
        Vector flip;
        Vector shift;
        std::memcpy(&flip, flips + place, sizeof(flip));
        std::memcpy(&shift, shifts + place, sizeof(shift));
        sum[i] += (u[k] ^ flip) << shift;
      }
    }
    u += kLanesAtOnce;
    flips += kLanesAtOnce * kCount * kWidth;
    shifts += kLanesAtOnce * kCount * kWidth;
  }
  std::memcpy(in.sum, sum, sizeof(sum));
}

// Vectors as wide as the instruction set and the array have them.
#if DENSESHIFT_HAS_VECTORS
template <std::size_t kColumns>
[[gnu::target("avx512f")]] void SumWithAvx512(const SumOperands& in) {
  SumOf<Vector16, kColumns / 16>(in);
}

template <std::size_t kColumns>
[[gnu::target("avx2")]] void SumWithAvx2(const SumOperands& in) {
  SumOf<Vector8, kColumns / 8>(in);
}
#endif

template <std::size_t kColumns>
void SumPlainly(const SumOperands& in) {
  SumOf<Vector4, kColumns / 4>(in);
}

template <std::size_t kColumns>
SumFunction FastestSum() {
#if DENSESHIFT_HAS_VECTORS
  const bool has_avx512 = __builtin_cpu_supports("avx512f");
  const bool has_avx2 = __builtin_cpu_supports("avx2");
  if constexpr (kColumns >= 16) {
    if (has_avx512)
      return SumWithAvx512<kColumns>;
  }
  if constexpr (kColumns >= 8) {
    if (has_avx2)
      return SumWithAvx2<kColumns>;
  }
#endif
  return SumPlainly<kColumns>;
}

}  // namespace

SumFunction FindSum(std::uint32_t columns) {
  switch (columns) {
    case 4:
      return FastestSum<4>();
    case 8:
      return FastestSum<8>();
    case 16:
      return FastestSum<16>();
    case 32:
      return FastestSum<32>();
    default:
      return FastestSum<64>();
  }
}

}  // namespace denseshift::golden::cycle
