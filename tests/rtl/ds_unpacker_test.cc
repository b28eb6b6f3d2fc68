// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0
//
// rtl/array/ds_unpacker.sv against docs/commands.md, CONV, Weights.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <vector>

#include <gtest/gtest.h>

#include "golden/arithmetic/code.h"
#include "tests/rtl/clocked.h"
#include "tests/rtl/command.h"
#include "tests/rtl/ports.h"
#include "tests/rtl/random.h"
#include "tests/rtl/shape_names.h"

#include "Vds_unpacker_16x16b16.h"
#include "Vds_unpacker_16x4b8m3.h"
#include "Vds_unpacker_4x4b32.h"
#include "Vds_unpacker_64x64b8.h"

namespace denseshift::rtl {
namespace {

constexpr std::size_t kWeightBytes = 16384;

// Four rows of codes and a word: a word holds a group of 2-bit codes.
struct Unpacker16x16 {
  using Model = Vds_unpacker_16x16b16;
  static constexpr const char* kName = "16x16b16";
  static constexpr std::size_t kLanes = 16;
  static constexpr std::size_t kColumns = 16;
  static constexpr std::size_t kBusBytes = 16;
  static constexpr std::size_t kGroupRows = 4;
  static constexpr std::uint32_t kMaxBits = 4;
};

// A word holds several tiles.
struct Unpacker4x4 {
  using Model = Vds_unpacker_4x4b32;
  static constexpr const char* kName = "4x4b32";
  static constexpr std::size_t kLanes = 4;
  static constexpr std::size_t kColumns = 4;
  static constexpr std::size_t kBusBytes = 32;
  static constexpr std::size_t kGroupRows = 4;
  static constexpr std::uint32_t kMaxBits = 4;
};

// A word holds part of a group.
struct Unpacker64x64 {
  using Model = Vds_unpacker_64x64b8;
  static constexpr const char* kName = "64x64b8";
  static constexpr std::size_t kLanes = 64;
  static constexpr std::size_t kColumns = 64;
  static constexpr std::size_t kBusBytes = 8;
  static constexpr std::size_t kGroupRows = 1;
  static constexpr std::uint32_t kMaxBits = 4;
};

// A build whose widest code is 3 bits.
struct Unpacker16x4 {
  using Model = Vds_unpacker_16x4b8m3;
  static constexpr const char* kName = "16x4b8m3";
  static constexpr std::size_t kLanes = 16;
  static constexpr std::size_t kColumns = 4;
  static constexpr std::size_t kBusBytes = 8;
  static constexpr std::size_t kGroupRows = 8;
  static constexpr std::uint32_t kMaxBits = 3;
};

// Codes widened to 4 bits, sign on top, (lane, column) at lane * Columns + column.
using Tile = std::vector<unsigned>;

template <typename Shape>
class DsUnpacker : public testing::Test {
 protected:
  static constexpr std::size_t kTileCodes = Shape::kLanes * Shape::kColumns;
  static constexpr std::size_t kGroupCodes = Shape::kGroupRows * Shape::kColumns;
  static constexpr std::size_t kGroups = Shape::kLanes / Shape::kGroupRows;
  static constexpr std::size_t kBufferWords = kWeightBytes / Shape::kBusBytes;

  DsUnpacker() : weights_(random_.ByteVector(kWeightBytes)), shadow_(kTileCodes) {
    Set(dut_->clear_i, 0);
    Set(dut_->cmd_valid_i, 0);
    Set(dut_->swap_i, 0);
    Set(dut_->take_i, 0);
  }

  // A command whose weights lie in the buffer.
  Conv MakeConv(std::uint32_t bits,
                std::uint32_t stripes,
                std::uint32_t tiles,
                std::uint32_t steps) {
    Conv conv;
    conv.bits = bits;
    conv.stripes = stripes;
    conv.tiles = tiles;
    conv.steps = steps;
    const std::size_t sweep_bits = std::size_t{tiles} * steps * kTileCodes * bits;
    const std::size_t word_bits = Shape::kBusBytes * 8;
    conv.weight_words = static_cast<std::uint32_t>((sweep_bits + word_bits - 1) / word_bits);
    conv.weight_base =
        random_.Word(0, static_cast<std::uint32_t>(kBufferWords) - conv.weight_words);
    return conv;
  }

  // One that is small enough for the test's time.
  Conv RandomConv() {
    const std::uint32_t bits = random_.Word(2, Shape::kMaxBits);
    const auto most = static_cast<std::uint32_t>(
        std::clamp<std::size_t>(kWeightBytes * 8 / (kTileCodes * bits), 1, 24));
    const std::uint32_t tiles = random_.Word(1, std::min<std::uint32_t>(4, most));
    return MakeConv(bits, random_.Word(1, 4), tiles, random_.Word(1, most / tiles));
  }

  // What the unpacker has to do for a command.
  void Expect(const Conv& conv) {
    commands_.push_back(conv);
    for (std::uint32_t stripe = 0; stripe < conv.stripes; ++stripe) {
      for (std::uint32_t word = 0; word < conv.weight_words; ++word) {
        reads_.push_back(conv.weight_base + word);
      }
      for (std::size_t tile = 0; tile < std::size_t{conv.tiles} * conv.steps; ++tile) {
        tiles_.push_back(GoldenTile(conv, tile));
      }
    }
  }

  // Code (lane i, column j) is bits [(i*C + j)*n, +n) of the tile; tiles follow without gaps.
  [[nodiscard]] Tile GoldenTile(const Conv& conv, std::size_t tile) const {
    Tile codes(kTileCodes);
    for (std::size_t k = 0; k < kTileCodes; ++k) {
      const std::size_t first = (tile * kTileCodes + k) * conv.bits;
      unsigned code = 0;
      for (std::size_t i = 0; i < conv.bits; ++i) {
        const std::size_t at = conv.weight_base * Shape::kBusBytes * 8 + first + i;
        code |= ((weights_[at / 8] >> (at % 8)) & 1U) << i;
      }
      const golden::Code wide = golden::DecodeCode(code, static_cast<int>(conv.bits));
      codes[k] = golden::EncodeCode(wide, 4);
    }
    return codes;
  }

  // One cycle, in which the feeder takes a complete tile if it `wants` to.
  void Cycle(bool wants) {
    const bool swap = taken_;
    Set(dut_->swap_i, swap);
    Set(dut_->take_i, 0);
    Set(dut_->cmd_valid_i, !commands_.empty());
    if (!commands_.empty()) {
      SetCommand(dut_->cmd_i, commands_.front().Encode());
    }
    DriveReadData();
    dut_.Settle();
    taken_ = wants && dut_->tile_ready_o != 0;
    Set(dut_->take_i, taken_);
    dut_.Settle();
    if (swap) {
      ASSERT_NO_FATAL_FAILURE(CheckActiveTile());
    }
    if (dut_->group_we_o != 0) {
      ASSERT_NO_FATAL_FAILURE(WriteGroup());
    }
    ASSERT_NO_FATAL_FAILURE(NoteRead());
    const bool done = dut_->cmd_ready_o != 0;
    dut_.Tick();
    if (done) {
      commands_.pop_front();
    }
  }

  void DriveReadData() {
    // Without a read in the cycle before, the data is of no account.
    const std::vector<std::uint8_t> word =
        reading_
            ? std::vector<std::uint8_t>(
                  weights_.begin() + static_cast<std::ptrdiff_t>(read_word_ * Shape::kBusBytes),
                  weights_.begin() +
                      static_cast<std::ptrdiff_t>((read_word_ + 1) * Shape::kBusBytes))
            : random_.ByteVector(Shape::kBusBytes);
    SetBytes(dut_->rdata_i, word.data(), word.size());
  }

  void CheckActiveTile() {
    ASSERT_FALSE(tiles_.empty()) << "a tile nobody asked for";
    ASSERT_EQ(groups_written_, kGroups) << "a tile became active before it was complete";
    ASSERT_EQ(shadow_, tiles_.front()) << tiles_.size() << " tiles were left";
    tiles_.pop_front();
    groups_written_ = 0;
  }

  void WriteGroup() {
    const std::size_t group = dut_->group_o;
    ASSERT_LT(group, kGroups);
    for (std::size_t i = 0; i < kGroupCodes; ++i) {
      shadow_[group * kGroupCodes + i] = static_cast<unsigned>(Bits(dut_->group_codes_o, i * 4, 4));
    }
    ++groups_written_;
    ASSERT_LE(groups_written_, kGroups) << "a complete tile was overwritten";
    last_group_cycle_ = dut_.Cycles();
  }

  void NoteRead() {
    reading_ = dut_->read_o != 0;
    if (!reading_) {
      return;
    }
    read_word_ = static_cast<std::size_t>(dut_->raddr_o);
    ASSERT_FALSE(reads_.empty()) << "a word was read nobody asked for";
    ASSERT_EQ(read_word_, reads_.front());
    reads_.pop_front();
    if (read_count_ == 0) {
      first_read_cycle_ = dut_.Cycles();
    }
    ++read_count_;
  }

  // Runs all commands; the feeder takes a complete tile in `percent` of 100 cycles.
  void Run(unsigned percent) {
    for (int cycle = 0; !tiles_.empty(); ++cycle) {
      ASSERT_LT(cycle, 200000) << tiles_.size() << " tiles never came";
      ASSERT_NO_FATAL_FAILURE(Cycle(random_.Chance(percent)));
      ASSERT_EQ(dut_->range_o, 0);
    }
    for (int cycle = 0; cycle < 8; ++cycle) {
      ASSERT_NO_FATAL_FAILURE(Cycle(true));
    }
    EXPECT_TRUE(commands_.empty());
    EXPECT_TRUE(reads_.empty());
  }

  Random random_;
  Clocked<typename Shape::Model> dut_;
  std::vector<std::uint8_t> weights_;
  std::deque<Conv> commands_;
  std::deque<std::size_t> reads_;  // words still to be read
  std::deque<Tile> tiles_;         // tiles still to become active
  Tile shadow_;
  std::size_t groups_written_ = 0;
  bool taken_ = false;
  bool reading_ = false;
  std::size_t read_word_ = 0;
  std::size_t read_count_ = 0;
  std::uint64_t first_read_cycle_ = 0;
  std::uint64_t last_group_cycle_ = 0;
};

using Shapes = testing::Types<Unpacker16x16, Unpacker4x4, Unpacker64x64, Unpacker16x4>;
TYPED_TEST_SUITE(DsUnpacker, Shapes, ShapeNames);

// Single commands, one after another, of every code width.
TYPED_TEST(DsUnpacker, CutsTheSweepIntoTiles) {
  for (std::uint32_t bits = 2; bits <= TypeParam::kMaxBits; ++bits) {
    for (const std::uint32_t steps : {1U, 2U, 3U}) {
      SCOPED_TRACE(testing::Message() << bits << " bits, " << steps << " steps");
      this->Expect(this->MakeConv(bits, 1, 1, steps));
      ASSERT_NO_FATAL_FAILURE(this->Run(100));
    }
  }
}

// Each stripe reads the whole sweep again; what is left of its last word is dropped.
TYPED_TEST(DsUnpacker, RereadsTheSweepForEveryStripe) {
  for (std::uint32_t bits = 2; bits <= TypeParam::kMaxBits; ++bits) {
    SCOPED_TRACE(testing::Message() << bits << " bits");
    this->Expect(this->MakeConv(bits, 5, 1, 3));
    this->Expect(this->MakeConv(bits, 3, 2, 1));
    ASSERT_NO_FATAL_FAILURE(this->Run(100));
  }
}

// Queued commands with tiles taken at random times.
TYPED_TEST(DsUnpacker, WaitsUntilATileIsTaken) {
  for (const unsigned percent : {100U, 50U, 5U}) {
    SCOPED_TRACE(testing::Message() << "taken in " << percent << " % of the cycles");
    for (int command = 0; command < 12; ++command) {
      this->Expect(this->RandomConv());
    }
    ASSERT_NO_FATAL_FAILURE(this->Run(percent));
  }
}

// A tile taken at once: reading or writing groups goes on without a gap.
TYPED_TEST(DsUnpacker, KeepsUpWithAFeederThatTakesAtOnce) {
  for (std::uint32_t bits = 2; bits <= TypeParam::kMaxBits; ++bits) {
    SCOPED_TRACE(testing::Message() << bits << " bits");
    const auto most = static_cast<std::uint32_t>(kWeightBytes * 8 / (this->kTileCodes * bits));
    const Conv conv = this->MakeConv(bits, 1, 1, std::min<std::uint32_t>(most, 40));
    this->Expect(conv);
    this->read_count_ = 0;
    ASSERT_NO_FATAL_FAILURE(this->Run(100));
    const std::uint64_t groups = conv.steps * this->kGroups;
    const std::uint64_t cycles = this->last_group_cycle_ - this->first_read_cycle_ + 1;
    EXPECT_LE(cycles, std::max<std::uint64_t>(conv.weight_words, groups) + 3);
  }
}

// Whatever was under way, a cleared unpacker starts the next command from its beginning.
TYPED_TEST(DsUnpacker, StartsAfreshAfterClear) {
  for (int run = 0; run < 20; ++run) {
    SCOPED_TRACE(testing::Message() << "run " << run);
    this->Expect(this->RandomConv());
    const std::uint64_t cycles = this->random_.Between(1, 60);
    for (std::uint64_t cycle = 0; cycle < cycles && !this->tiles_.empty(); ++cycle) {
      ASSERT_NO_FATAL_FAILURE(this->Cycle(this->random_.Chance(50)));
    }
    Set(this->dut_->clear_i, 1);
    Set(this->dut_->cmd_valid_i, 0);
    Set(this->dut_->swap_i, 0);
    Set(this->dut_->take_i, 0);
    this->dut_.Tick();
    Set(this->dut_->clear_i, 0);
    this->commands_.clear();
    this->tiles_.clear();
    this->reads_.clear();
    this->taken_ = false;
    this->reading_ = false;
    this->groups_written_ = 0;
    this->Expect(this->RandomConv());
    ASSERT_NO_FATAL_FAILURE(this->Run(70));
  }
}

// A sweep that leaves the buffer: words inside are read, then range_o names the byte behind it.
TYPED_TEST(DsUnpacker, ReportsASweepOutsideTheBuffer) {
  Conv conv = this->MakeConv(2, 1, 1, 1);
  conv.weight_words = 20;
  conv.steps = 40;
  conv.weight_base = static_cast<std::uint32_t>(this->kBufferWords) - 2;
  this->commands_.push_back(conv);
  this->reads_ = {conv.weight_base, conv.weight_base + 1};
  SetCommand(this->dut_->cmd_i, conv.Encode());
  Set(this->dut_->cmd_valid_i, 1);
  int cycle = 0;
  for (; cycle < 50 && this->dut_->range_o == 0; ++cycle) {
    this->DriveReadData();
    this->dut_.Settle();
    Set(this->dut_->take_i, 0);
    ASSERT_NO_FATAL_FAILURE(this->NoteRead());
    this->dut_.Tick();
    this->dut_.Settle();
  }
  EXPECT_TRUE(this->reads_.empty());
  EXPECT_EQ(this->dut_->range_o, 1);
  EXPECT_EQ(this->dut_->range_addr_o, kWeightBytes);
  EXPECT_EQ(this->dut_->read_o, 0);
}

}  // namespace
}  // namespace denseshift::rtl
