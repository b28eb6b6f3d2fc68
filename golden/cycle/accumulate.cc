// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "golden/cycle/accumulate.h"

#include <cstddef>
#include <cstring>

#include "golden/cycle/vector.h"

namespace denseshift::golden::cycle {
namespace {

template <typename Vector, std::size_t kCount>
[[gnu::always_inline]] inline void Accumulate(const AccumulateOperands& in) {
  const Vector keep = in.keep - Vector{};
  const Vector mask = in.mask - Vector{};
  for (std::size_t i = 0; i < kCount; ++i) {
    constexpr std::size_t kWidth = sizeof(Vector) / sizeof(std::uint32_t);
    Vector word;
    Vector sums;
    std::memcpy(&word, in.word + i * kWidth, sizeof(word));
    std::memcpy(&sums, in.sums + i * kWidth, sizeof(sums));
    const Vector sum = ((word & keep) + sums) & mask;
    std::memcpy(in.word + i * kWidth, &sum, sizeof(sum));
    std::memcpy(in.last + i * kWidth, &sum, sizeof(sum));
  }
}

#if defined(__x86_64__) && defined(__GNUC__)
template <std::size_t kColumns>
[[gnu::target("avx512f")]] void AccumulateWithAvx512(const AccumulateOperands& in) {
  Accumulate<Vector16, kColumns / 16>(in);
}

template <std::size_t kColumns>
[[gnu::target("avx2")]] void AccumulateWithAvx2(const AccumulateOperands& in) {
  Accumulate<Vector8, kColumns / 8>(in);
}
#endif

template <std::size_t kColumns>
void AccumulatePlainly(const AccumulateOperands& in) {
  Accumulate<Vector4, kColumns / 4>(in);
}

template <std::size_t kColumns>
AccumulateFunction FastestAccumulate() {
#if defined(__x86_64__) && defined(__GNUC__)
  if constexpr (kColumns >= 16) {
    if (__builtin_cpu_supports("avx512f"))
      return AccumulateWithAvx512<kColumns>;
  }
  if constexpr (kColumns >= 8) {
    if (__builtin_cpu_supports("avx2"))
      return AccumulateWithAvx2<kColumns>;
  }
#endif
  return AccumulatePlainly<kColumns>;
}

}  // namespace

AccumulateFunction FindAccumulate(std::uint32_t columns) {
  switch (columns) {
    case 4:
      return FastestAccumulate<4>();
    case 8:
      return FastestAccumulate<8>();
    case 16:
      return FastestAccumulate<16>();
    case 32:
      return FastestAccumulate<32>();
    default:
      return FastestAccumulate<64>();
  }
}

}  // namespace denseshift::golden::cycle
