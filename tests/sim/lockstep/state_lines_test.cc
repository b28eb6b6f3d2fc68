// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/lockstep/state_lines.h"

#include <random>

#include <gtest/gtest.h>

#include "sim/lockstep/check_thread.h"

namespace denseshift::sim {
namespace {

// Registers scattered over an object, one of them wide, and a memory.
struct Rtl {
  std::vector<std::uint8_t> object = std::vector<std::uint8_t>(1000);
  std::vector<StateEntry> state = {{"a_q", &object[0], 8, 1, 1},
                                   {"b_q", &object[90], 64, 1, 8},
                                   {"wide_q", &object[300], 8 * 200, 1, 200},
                                   {"u_ram.mem", &object[600], 8, 100, 1},
                                   {"c_q", &object[998], 16, 1, 2}};
};

TEST(StateLines, BringCopiesUpToDate) {
  Rtl rtl;
  StateLines changing(rtl.state);
  StateLines checked(rtl.state);
  const std::vector<StateEntry> copies = checked.InCopies(rtl.state);
  LineChanges changes;
  changes.lines.resize(changing.size() + 1);
  changes.numbers.resize(changing.size() + 1);
  std::mt19937 random(1);
  for (int round = 0; round < 300; ++round) {
    for (int i = 0; i < round % 5; ++i)
      rtl.object[random() % rtl.object.size()] = static_cast<std::uint8_t>(random());
    changes.count = 0;
    changing.Collect(changes);
    ASSERT_LE(changes.count, 5U);
    for (std::size_t i = 0; i < changes.count; ++i)
      checked.Apply(changes.numbers[i], changes.lines[i]);
    for (std::size_t i = 0; i < copies.size(); ++i) {
      if (i == 3)
        continue;
      const auto* from = static_cast<const std::uint8_t*>(rtl.state[i].items);
      const auto* copy = static_cast<const std::uint8_t*>(copies[i].items);
      ASSERT_NE(from, copy);
      for (std::uint32_t byte = 0; byte < rtl.state[i].item_bytes; ++byte)
        ASSERT_EQ(copy[byte], from[byte]) << rtl.state[i].name << " byte " << byte;
    }
  }
}

TEST(StateLines, LeaveMemoriesWhereTheyAre) {
  Rtl rtl;
  EXPECT_EQ(StateLines(rtl.state).InCopies(rtl.state)[3].items, &rtl.object[600]);
  EXPECT_LE(StateLines(rtl.state).size(), 8U);
}

TEST(WideMemory, FindsADifferenceInEveryByte) {
  for (const std::size_t bytes : {64, 65, 100, 128, 300}) {
    std::vector<std::uint8_t> a(bytes);
    std::vector<std::uint8_t> b(bytes);
    const std::vector<Block> blocks = {{a.data(), b.data(), bytes}};
    EXPECT_FALSE(FindWideMemory().blocks_differ(blocks));
    for (std::size_t i = 0; i < bytes; ++i) {
      b[i] = 1;
      EXPECT_TRUE(FindWideMemory().blocks_differ(blocks)) << i << " of " << bytes;
      b[i] = 0;
    }
  }
}

TEST(CheckThread, ChecksEveryCycleInOrder) {
  std::vector<std::uint64_t> firsts;
  {
    CheckThread thread(1, [&](const CheckBatch& batch) { firsts.push_back(batch.first); });
    for (std::uint64_t i = 0; i < 100; ++i) {
      thread.batch().first = i;
      thread.batch().count = 1;
      thread.Submit();
    }
    thread.Wait();
    EXPECT_EQ(firsts.size(), 100U);
  }
  for (std::uint64_t i = 0; i < firsts.size(); ++i)
    EXPECT_EQ(firsts[i], i);
}

TEST(CheckThread, HandsOverWhatACheckThrows) {
  CheckThread thread(1, [](const CheckBatch&) { throw std::runtime_error("differs"); });
  thread.Submit();
  EXPECT_THROW(thread.Wait(), std::runtime_error);
  EXPECT_THROW(thread.Submit(), std::runtime_error);  // and again
}

}  // namespace
}  // namespace denseshift::sim
