// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/lockstep/wide_memory.h"

#include <cstring>
#include <random>

#include <gtest/gtest.h>

namespace denseshift::sim {
namespace {

class WideMemoryOf : public testing::TestWithParam<bool> {  // plain
 protected:
  const WideMemory& memory_ = GetParam() ? PlainMemory() : FindWideMemory();
};

TEST_P(WideMemoryOf, FindsADifferenceInEveryByte) {
  for (const std::size_t bytes : {64U, 65U, 100U, 128U, 300U}) {
    std::vector<std::uint8_t> a(bytes);
    std::vector<std::uint8_t> b(bytes);
    const std::vector<Block> blocks = {{a.data(), b.data(), bytes}};
    EXPECT_FALSE(memory_.blocks_differ(blocks));
    for (std::size_t i = 0; i < bytes; ++i) {
      b[i] = 1;
      EXPECT_TRUE(memory_.blocks_differ(blocks)) << i << " of " << bytes;
      b[i] = 0;
    }
  }
}

// What one version collects another can apply.
TEST_P(WideMemoryOf, AppliesTheChangesItCollects) {
  constexpr std::size_t kLines = 5;
  std::vector<std::uint8_t> place(kLines * kLineBytes + 3);
  std::vector<const std::uint8_t*> places;
  for (std::size_t line = 0; line < kLines; ++line)
    places.push_back(&place[3 + line * kLineBytes]);
  std::vector<StateLine> copies(kLines);
  std::vector<StateLine> others(kLines);
  std::vector<std::uint64_t> changes(kLines * (kLineWords + 1) + kLineWords);
  std::mt19937 random(2);
  for (int round = 0; round < 500; ++round) {
    for (int i = 0; i < round % 7; ++i)
      place[random() % place.size()] = static_cast<std::uint8_t>(random());
    const std::size_t words =
        memory_.collect_changes(places.data(), kLines, copies.data(), changes.data());
    ASSERT_LE(words, kLines * (kLineWords + 1));
    (round % 2 == 0 ? memory_ : PlainMemory()).apply_changes(changes.data(), words, others.data());
    for (std::size_t line = 0; line < kLines; ++line) {
      ASSERT_EQ(std::memcmp(&copies[line], places[line], kLineBytes), 0);
      ASSERT_EQ(std::memcmp(&others[line], places[line], kLineBytes), 0);
    }
    ASSERT_EQ(memory_.collect_changes(places.data(), kLines, copies.data(), changes.data()), 0U);
  }
}

INSTANTIATE_TEST_SUITE_P(, WideMemoryOf, testing::Bool(), [](const auto& version) {
  return version.param ? "AnyProcessor" : "ThisProcessor";
});

}  // namespace
}  // namespace denseshift::sim
