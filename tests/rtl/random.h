// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_TESTS_RTL_RANDOM_H_
#define DENSESHIFT_TESTS_RTL_RANDOM_H_

#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace denseshift::rtl {

// Random numbers that a failed test can have again: every failure inside the scope of this object
// names the seed. Another seed: GTEST_RANDOM_SEED or --gtest_random_seed, 0 .. 99999.
class Random {
 public:
  Random()
      : seed_(GTEST_FLAG_GET(random_seed)),
        generator_(static_cast<std::uint32_t>(seed_)),
        trace_(
            __FILE__, __LINE__, "random numbers of --gtest_random_seed=" + std::to_string(seed_)) {}

  // A number in [low, high], all equally likely.
  std::uint64_t Between(std::uint64_t low, std::uint64_t high) {
    return std::uniform_int_distribution<std::uint64_t>(low, high)(generator_);
  }

  // The same for indices, sizes and field values.
  std::uint32_t Word(std::uint32_t low, std::uint32_t high) {
    return static_cast<std::uint32_t>(Between(low, high));
  }

  // True in `percent` of 100 calls.
  bool Chance(unsigned percent) { return Between(0, 99) < percent; }

  std::uint8_t Byte() { return static_cast<std::uint8_t>(Between(0, 255)); }

  std::uint64_t Any() { return generator_(); }

  std::vector<std::uint8_t> ByteVector(std::size_t count) {
    std::vector<std::uint8_t> bytes(count);
    for (std::uint8_t& byte : bytes) {
      byte = Byte();
    }
    return bytes;
  }

 private:
  std::int32_t seed_;
  std::mt19937_64 generator_;
  testing::ScopedTrace trace_;
};

}  // namespace denseshift::rtl

#endif  // DENSESHIFT_TESTS_RTL_RANDOM_H_
