// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/lockstep/bit_flip.h"

#include <array>
#include <stdexcept>

#include <gtest/gtest.h>

namespace denseshift::sim {
namespace {

class BitFlips : public testing::Test {
 protected:
  std::uint16_t left_ = 0;
  std::array<std::uint32_t, 6> memory_{};  // three words of 40 bits
  std::uint8_t flip_ = 0;
  std::vector<StateEntry> rtl_ = {
      {"u_compute.u_feeder.left_q", &left_, 10, 1, 2},
      {"u_compute.u_act_buffer.gen_group[1].gen_bank[0].u_ram.mem", memory_.data(), 40, 3, 8},
      {"u_compute.u_array.gen_level[4].gen_row[2].gen_column[3].gen_pe.u_pe.flip_q",
       &flip_,
       8,
       1,
       1},
  };
};

std::string Message(const std::string& text) {
  try {
    static_cast<void>(ParseBitFlip(text));
  } catch (const std::invalid_argument& error) {
    return error.what();
  }
  return "";
}

TEST_F(BitFlips, AreReadAsTheyAreWritten) {
  for (const char* text :
       {"feeder.left[3]@1200", "array.flip[0][2][7]@0", "load.queue.mem[2][511]@9"})
    EXPECT_EQ(ParseBitFlip(text).Text(), text);
  const BitFlip flip = ParseBitFlip("array.flip[0][2][7]@12");
  EXPECT_EQ(flip.signal, "array.flip[0][2]");
  EXPECT_EQ(flip.bit, 7U);
  EXPECT_EQ(flip.cycle, 12U);
}

TEST_F(BitFlips, OfAnotherFormAreRefused) {
  for (const char* text : {"",
                           "feeder.left@3",
                           "feeder.left[3]",
                           "left[3]@1",
                           "feeder.left[-1]@1",
                           "feeder.left[x]@1",
                           "feeder.left[3]@1 "})
    EXPECT_NE(Message(text).find("is not of the form UNIT.SIGNAL[bit]@CYCLE"), std::string::npos)
        << text;
  EXPECT_EQ(Message("a.b[99999999999]@1"), "'a.b[99999999999]@1': 99999999999 is too large");
}

TEST_F(BitFlips, FindTheirBit) {
  PlaceOf(ParseBitFlip("feeder.left[9]@1"), rtl_).Flip();
  EXPECT_EQ(left_, 512);
  PlaceOf(ParseBitFlip("activation_buffer.mem[1][0][2][33]@1"), rtl_).Flip();
  EXPECT_EQ(memory_, (std::array<std::uint32_t, 6>{0, 0, 0, 0, 0, 2}));
  PlaceOf(ParseBitFlip("array.flip[2][3][7]@1"), rtl_).Flip();
  EXPECT_EQ(flip_, 128);
}

TEST_F(BitFlips, OutsideOfTheirSignalAreRefused) {
  for (const char* text : {"feeder.left[10]@1",
                           "activation_buffer.mem[1][0][3][0]@1",
                           "activation_buffer.mem[1][0][2][40]@1",
                           "array.flip[2][2][0]@1"})
    EXPECT_THROW(static_cast<void>(PlaceOf(ParseBitFlip(text), rtl_)), std::invalid_argument)
        << text;
}

TEST_F(BitFlips, NumberEveryBitOnce) {
  const StateBits bits(rtl_);
  ASSERT_EQ(bits.size(), 10U + 3 * 40 + 8);
  for (std::uint64_t bit = 0; bit < bits.size(); ++bit)
    PlaceOf(bits.Flip(bit, 0), rtl_).Flip();
  EXPECT_EQ(left_, 1023);
  EXPECT_EQ(memory_[4], 0xFFFFFFFFU);
  EXPECT_EQ(memory_[5], 0xFFU);
  EXPECT_EQ(flip_, 255);
  EXPECT_FALSE(bits.IsOfMemory(9));
  EXPECT_TRUE(bits.IsOfMemory(10));
  EXPECT_TRUE(bits.IsOfMemory(129));
  EXPECT_FALSE(bits.IsOfMemory(130));
}

TEST_F(BitFlips, DrawnAtRandomRepeat) {
  const StateBits bits(rtl_);
  EXPECT_EQ(RandomFlip(bits, 100, 5).Text(), RandomFlip(bits, 100, 5).Text());
  EXPECT_NE(RandomFlip(bits, 100, 5).Text(), RandomFlip(bits, 100, 6).Text());
  EXPECT_LT(RandomFlip(bits, 100, 5).cycle, 100U);
  EXPECT_EQ(RandomSeed("random:17"), 17U);
  EXPECT_EQ(RandomSeed("feeder.left[3]@1"), std::nullopt);
  EXPECT_THROW(static_cast<void>(RandomSeed("random:")), std::invalid_argument);
}

}  // namespace
}  // namespace denseshift::sim
