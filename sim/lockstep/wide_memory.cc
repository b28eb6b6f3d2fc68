// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/lockstep/wide_memory.h"

#include <cstring>

#if defined(__x86_64__) && defined(__GNUC__)
#include <immintrin.h>
#endif

namespace denseshift::sim {

namespace {

bool BlocksDifferPlainly(const std::vector<Block>& blocks) {
  for (const Block& block : blocks) {
    if (std::memcmp(block.a, block.b, block.bytes) != 0)
      return true;
  }
  return false;
}

// In all versions every line is written to the end of the changes, and stays there if it has
// changed: which ones do is hard to foresee for a processor.
std::size_t UpdateLinesPlainly(const std::uint8_t* const* places,
                               std::size_t lines,
                               StateLine* copies,
                               StateLine* changed,
                               std::uint16_t* numbers) {
  std::size_t count = 0;
  for (std::size_t line = 0; line < lines; ++line) {
    std::memcpy(&changed[count], places[line], kLineBytes);
    const bool differs = std::memcmp(&copies[line], &changed[count], kLineBytes) != 0;
    std::memcpy(&copies[line], &changed[count], kLineBytes);
    numbers[count] = static_cast<std::uint16_t>(line);
    count += differs ? 1 : 0;
  }
  return count;
}

constexpr WideMemory kPlain = {BlocksDifferPlainly, UpdateLinesPlainly};

#if defined(__x86_64__) && defined(__GNUC__)

// The last vector of a block may overlap the one before.
[[gnu::target("avx512f")]] bool BlocksDifferAvx512(const std::vector<Block>& blocks) {
  __m512i difference = _mm512_setzero_si512();
  for (const Block& block : blocks) {
    const auto add = [&](std::size_t at) __attribute__((target("avx512f"), always_inline)) {
      difference = _mm512_or_si512(
          difference,
          _mm512_xor_si512(_mm512_loadu_si512(block.a + at), _mm512_loadu_si512(block.b + at)));
    };
    for (std::size_t at = 0; at + kLineBytes < block.bytes; at += kLineBytes)
      add(at);
    add(block.bytes - kLineBytes);
  }
  return _mm512_test_epi64_mask(difference, difference) != 0;
}

[[gnu::target("avx512f")]] std::size_t UpdateLinesAvx512(const std::uint8_t* const* places,
                                                         std::size_t lines,
                                                         StateLine* copies,
                                                         StateLine* changed,
                                                         std::uint16_t* numbers) {
  std::size_t count = 0;
  for (std::size_t line = 0; line < lines; ++line) {
    const __m512i now = _mm512_loadu_si512(places[line]);
    const __m512i before = _mm512_load_si512(&copies[line]);
    _mm512_store_si512(&copies[line], now);
    _mm512_store_si512(&changed[count], now);
    numbers[count] = static_cast<std::uint16_t>(line);
    count += _mm512_cmpneq_epi64_mask(now, before) != 0 ? 1 : 0;
  }
  return count;
}

constexpr WideMemory kAvx512 = {BlocksDifferAvx512, UpdateLinesAvx512};

#endif

}  // namespace

const WideMemory& FindWideMemory() {
#if defined(__x86_64__) && defined(__GNUC__)
  if (__builtin_cpu_supports("avx512f"))
    return kAvx512;
#endif
  return kPlain;
}

}  // namespace denseshift::sim
