// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/lockstep/comparison.h"

#include <array>
#include <cstdint>

#include <gtest/gtest.h>

namespace denseshift::sim {
namespace {

// Signals of all widths and layouts, next to each other and apart.
class ComparisonOfAll : public testing::Test {
 protected:
  ComparisonOfAll() {
    std::uint32_t at = 0;
    for (const std::uint32_t bytes : {1U, 1U, 1U, 2U, 4U, 8U, 4U, 12U, 68U, 256U, 1U, 20U}) {
      Add(at, bytes, bytes, 8 * bytes, 0);
      at += bytes + (bytes == 12 ? 3 : 0);  // a gap
    }
    for (const std::uint32_t bytes : {1U, 1U, 2U}) {  // wider in the model
      Add(at, bytes, bytes == 1 && signals_.size() % 2 == 0 ? 2 : 4, 8 * bytes, 0);
      at += 8;
    }
    for (std::uint32_t lsb = 0; lsb < 96; lsb += 24)  // parts of one register
      Add(at, 12, 4, 24, lsb);
  }

  void Add(std::uint32_t at,
           std::uint32_t rtl_bytes,
           std::uint32_t model_bytes,
           std::uint32_t bits,
           std::uint32_t lsb) {
    Signal signal;
    signal.unit = "unit";
    signal.name = std::to_string(signals_.size());
    signal.bits = bits;
    signal.is_whole = bits == 8 * rtl_bytes;
    signal.rtl = {&rtl_[at], rtl_bytes, lsb};
    signal.model = {&model_[at + lsb], model_bytes, 0};
    signals_.push_back(signal);
  }

  std::array<std::uint8_t, 600> rtl_{};
  std::array<std::uint8_t, 800> model_{};
  std::vector<Signal> signals_;
};

TEST_F(ComparisonOfAll, SeesEveryBitOnBothSides) {
  const Comparison comparison(signals_);
  ASSERT_TRUE(comparison.Equal());
  EXPECT_FALSE(comparison.FirstDifference().has_value());
  const auto flip = [](const Place& place, std::uint32_t bit) {
    auto* bytes = static_cast<std::uint8_t*>(const_cast<void*>(place.data));
    const std::uint32_t at = place.lsb + bit;
    bytes[at / 8] ^= static_cast<std::uint8_t>(1U << at % 8);
  };
  for (const Signal& signal : signals_) {
    for (std::uint32_t bit = 0; bit < signal.bits; ++bit) {
      for (const Place& place : {signal.rtl, signal.model}) {
        flip(place, bit);
        EXPECT_FALSE(comparison.Equal()) << signal.name << " bit " << bit;
        ASSERT_TRUE(comparison.FirstDifference().has_value());
        EXPECT_EQ(comparison.FirstDifference()->name, signal.name);
        flip(place, bit);
        ASSERT_TRUE(comparison.Equal());
      }
    }
  }
}

}  // namespace
}  // namespace denseshift::sim
