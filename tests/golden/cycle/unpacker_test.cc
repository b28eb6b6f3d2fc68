// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "golden/cycle/unpacker.h"

#include <random>
#include <vector>

#include <gtest/gtest.h>

#include "tests/golden/cycle/commands.h"

namespace denseshift::golden::cycle {
namespace {

// Unpacks `tiles` tiles of random codes of n bits and takes each as soon as it is ready.
void ExpectTiles(Parameters p, std::uint32_t n, std::uint32_t tiles) {
  p.wgt_bytes = 4096;
  const std::size_t places = std::size_t{p.lanes} * p.columns;
  WordBuffer weights(p.WgtWords(), p.bus_bytes);
  std::mt19937 random(n);
  std::vector<std::uint32_t> codes(places * tiles);
  std::vector<std::uint8_t> bytes(4096 + kMaxBusBytes);
  for (std::size_t i = 0; i < codes.size(); ++i) {
    codes[i] = static_cast<std::uint32_t>(random()) % (1U << n);
    for (std::uint32_t bit = 0; bit < n; ++bit) {
      const std::size_t place = i * n + bit;
      bytes[place / 8] =
          static_cast<std::uint8_t>(bytes[place / 8] | (codes[i] >> bit & 1U) << place % 8);
    }
  }
  for (std::uint32_t word = 0; word < p.WgtWords(); ++word)
    weights.Write(word, &bytes[std::size_t{word} * p.bus_bytes]);

  Command command = testing::OneStepConv(1);
  const std::uint32_t word_bits = p.bus_bytes * 8;
  command.words[10] = n << 8U | tiles << 16U;
  command.words[11] = testing::Halves(
      0, static_cast<std::uint32_t>((places * tiles * n + word_bits - 1) / word_bits));
  Unpacker unpacker(p, weights);
  Array array(p);
  unpacker.queue().Push(command);
  std::uint32_t taken = 0;
  bool swap = false;
  for (int cycle = 0; cycle < 3000 && taken < tiles; ++cycle) {
    const Unpacker::Values& values = unpacker.Step(swap, array);
    EXPECT_FALSE(values.is_outside);
    if (values.is_ready) {
      for (std::size_t i = 0; i < places; ++i) {
        const std::uint32_t code = codes[taken * places + i];
        const std::uint32_t sign = code >> (n - 1);
        ASSERT_EQ(array.shadow()[i / 2] >> i % 2 * 4 & 15,
                  sign * 8 + (code & ((1U << (n - 1)) - 1)))
            << "tile " << taken << " place " << i;
      }
      ++taken;
    }
    const bool takes = values.is_ready;
    unpacker.EndStep(swap, takes);
    swap = takes;
  }
  EXPECT_EQ(taken, tiles);
  EXPECT_TRUE(unpacker.queue().empty());
}

TEST(CycleUnpacker, CodesOfEveryWidthOnEveryBus) {
  for (const std::uint32_t bus_bytes : {8U, 16U, 32U}) {
    for (const std::uint32_t columns : {4U, 16U, 64U}) {
      for (const std::uint32_t n : {2U, 3U, 4U}) {
        SCOPED_TRACE(bus_bytes * 10000 + columns * 100 + n);
        Parameters p = testing::SmallParameters();
        p.bus_bytes = bus_bytes;
        p.columns = columns;
        ExpectTiles(p, n, 5);
      }
    }
  }
}

// 4x4 with 8 bytes: a word is a tile of 4-bit codes. Read in cycle 0, in the gearbox after 1,
// written in 2.
TEST(CycleUnpacker, ATileTakesItsCycles) {
  const Parameters p = testing::SmallParameters();
  const WordBuffer weights(p.WgtWords(), p.bus_bytes);
  Unpacker unpacker(p, weights);
  Array array(p);
  Command command = testing::OneStepConv(1);
  command.words[11] = testing::Halves(0, 1);
  unpacker.queue().Push(command);
  EXPECT_FALSE(unpacker.Step(false, array).is_ready);
  EXPECT_FALSE(unpacker.Step(false, array).is_ready);
  EXPECT_TRUE(unpacker.Step(false, array).is_ready);
  unpacker.EndStep(false, true);
  EXPECT_FALSE(unpacker.Step(false, array).is_ready);  // reserved
}

TEST(CycleUnpacker, WordsOutsideTheBufferAreReported) {
  const Parameters p = testing::SmallParameters();
  const WordBuffer weights(p.WgtWords(), p.bus_bytes);
  Unpacker unpacker(p, weights);
  Array array(p);
  Command command = testing::OneStepConv(1);
  command.words[11] = testing::Halves(64, 1);
  command.index = 2;
  unpacker.queue().Push(command);
  EXPECT_FALSE(unpacker.Step(false, array).is_outside);
  const Unpacker::Values& values = unpacker.Step(false, array);
  EXPECT_TRUE(values.is_outside);
  EXPECT_EQ(values.address, 512U);
  EXPECT_EQ(values.index, 2U);
}

}  // namespace
}  // namespace denseshift::golden::cycle
