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
  std::vector<StateEntry> state = {{"a_q", object.data(), 8, 1, 1},
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
  changes.words.resize(LineChanges::MaxWords(changing.size()));
  std::mt19937 random(1);
  for (int round = 0; round < 300; ++round) {
    for (int i = 0; i < round % 5; ++i)
      rtl.object[random() % rtl.object.size()] = static_cast<std::uint8_t>(random());
    changes.count = 0;
    changing.Collect(changes);
    ASSERT_LE(changes.count, 2U * 4 * 2);  // heads and words; lines may overlap
    checked.Apply(changes, 0, changes.count);
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
