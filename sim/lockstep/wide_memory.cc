// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/lockstep/wide_memory.h"

#include <algorithm>
#include <cstring>

#if defined(__x86_64__) && defined(__GNUC__)
#include <immintrin.h>
#endif

namespace denseshift::sim {

namespace {

bool BlocksDifferPlainly(const std::vector<Block>& blocks) {
  return std::any_of(blocks.begin(), blocks.end(), [](const Block& block) {
    return std::memcmp(block.a, block.b, block.bytes) != 0;
  });
}

constexpr unsigned kMaskAt = 32;

std::size_t CollectPlainly(const std::uint8_t* const* places,
                           std::size_t lines,
                           StateLine* copies,
                           std::uint64_t* changes) {
  std::size_t count = 0;
  for (std::size_t line = 0; line < lines; ++line) {
    StateLine now{};
    std::memcpy(&now, places[line], kLineBytes);
    if (std::memcmp(&now, &copies[line], kLineBytes) == 0)
      continue;
    std::uint64_t& head = changes[count++];
    head = line;
    for (std::size_t i = 0; i < kLineWords; ++i) {
      if (now.words[i] == copies[line].words[i])
        continue;
      head |= std::uint64_t{1} << (kMaskAt + i);
      changes[count++] = now.words[i];
    }
    copies[line] = now;
  }
  return count;
}

void ApplyPlainly(const std::uint64_t* changes, std::size_t words, StateLine* copies) {
  for (const std::uint64_t* end = changes + words; changes < end;) {
    const std::uint64_t head = *changes++;
    StateLine& copy = copies[static_cast<std::uint32_t>(head)];
    for (std::size_t i = 0; i < kLineWords; ++i) {
      if ((head >> (kMaskAt + i) & 1U) != 0)
        copy.words[i] = *changes++;
    }
  }
}

constexpr WideMemory kPlain = {BlocksDifferPlainly, CollectPlainly, ApplyPlainly};

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

[[gnu::target("avx512f")]] std::size_t CollectAvx512(const std::uint8_t* const* places,
                                                     std::size_t lines,
                                                     StateLine* copies,
                                                     std::uint64_t* changes) {
  std::uint64_t* to = changes;
  for (std::size_t line = 0; line < lines; ++line) {
    const __m512i now = _mm512_loadu_si512(places[line]);
    const __mmask8 mask = _mm512_cmpneq_epi64_mask(now, _mm512_load_si512(&copies[line]));
    if (mask == 0)
      continue;
    _mm512_store_si512(&copies[line], now);
    *to++ = line | std::uint64_t{mask} << kMaskAt;
    _mm512_storeu_si512(to, _mm512_maskz_compress_epi64(mask, now));
    to += __builtin_popcount(mask);
  }
  return static_cast<std::size_t>(to - changes);
}

[[gnu::target("avx512f")]] void ApplyAvx512(const std::uint64_t* changes,
                                            std::size_t words,
                                            StateLine* copies) {
  for (const std::uint64_t* end = changes + words; changes < end;) {
    const std::uint64_t head = *changes++;
    const auto mask = static_cast<__mmask8>(head >> kMaskAt);
    StateLine* copy = &copies[static_cast<std::uint32_t>(head)];
    _mm512_store_si512(
        copy, _mm512_mask_expand_epi64(_mm512_load_si512(copy), mask, _mm512_loadu_si512(changes)));
    changes += __builtin_popcount(mask);
  }
}

constexpr WideMemory kAvx512 = {BlocksDifferAvx512, CollectAvx512, ApplyAvx512};

#endif

}  // namespace

const WideMemory& PlainMemory() {
  return kPlain;
}

const WideMemory& FindWideMemory() {
#if defined(__x86_64__) && defined(__GNUC__)
  if (__builtin_cpu_supports("avx512f"))
    return kAvx512;
#endif
  return kPlain;
}

}  // namespace denseshift::sim
