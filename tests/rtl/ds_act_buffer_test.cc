// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0
//
// rtl/mem/ds_act_buffer.sv and ds_align.sv against a plain array of bytes.

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include <gtest/gtest.h>

#include "golden/arithmetic/offset_binary.h"
#include "tests/rtl/clocked.h"
#include "tests/rtl/ports.h"
#include "tests/rtl/random.h"
#include "tests/rtl/shape_names.h"

#include "Vds_act_buffer_16b16.h"
#include "Vds_act_buffer_32b8.h"
#include "Vds_act_buffer_4b16.h"

namespace denseshift::rtl {
namespace {

constexpr std::size_t kGroupBytes = 1024;

struct Buffer16b16 {
  using Model = Vds_act_buffer_16b16;
  static constexpr const char* kName = "16b16";
  static constexpr std::size_t kLanes = 16;
  static constexpr std::size_t kBusBytes = 16;
};

struct Buffer4b16 {
  using Model = Vds_act_buffer_4b16;
  static constexpr const char* kName = "4b16";
  static constexpr std::size_t kLanes = 4;
  static constexpr std::size_t kBusBytes = 16;
};

struct Buffer32b8 {
  using Model = Vds_act_buffer_32b8;
  static constexpr const char* kName = "32b8";
  static constexpr std::size_t kLanes = 32;
  static constexpr std::size_t kBusBytes = 8;
};

// A read of the cycle before: the bytes each lane has to show.
struct Read {
  std::vector<std::uint8_t> lanes;  // of both parts; 0 beyond
  std::size_t length_a = 0;
  std::size_t length = 0;
};

template <typename Shape>
class DsActBuffer : public testing::Test {
 protected:
  static constexpr std::size_t kWords = kGroupBytes / Shape::kBusBytes;

  DsActBuffer() {
    Idle();
    for (std::size_t group = 0; group < 2; ++group) {
      for (std::size_t word = 0; word < kWords; ++word) {
        DriveWrite(group, word);
        Tick();
      }
    }
    Idle();
  }

  void Idle() {
    Set(dut_->we_i, 0);
    Set(dut_->read_i, 0);
    Set(dut_->lanes_we_i, 0);
  }

  // A write of random bytes; the model has it after the next Tick().
  void DriveWrite(std::size_t group, std::size_t word) {
    const std::vector<std::uint8_t> data = random_.ByteVector(Shape::kBusBytes);
    Set(dut_->we_i, 1);
    Set(dut_->wgroup_i, group);
    Set(dut_->waddr_i, word);
    SetBytes(dut_->wdata_i, data.data(), data.size());
    write_ = Write{group, word * Shape::kBusBytes, data};
  }

  void DriveLanes(std::size_t length_a, std::size_t length) {
    Set(dut_->lanes_we_i, 1);
    Set(dut_->a_len_i, length_a);
    Set(dut_->ab_len_i, length);
    length_a_ = length_a;
    length_ = length;
  }

  // A read with the lane counts in force: first part at byte a of a group, the second so that it
  // starts with byte b of the other one.
  void DriveRead(std::size_t group, std::size_t a, std::size_t b) {
    Set(dut_->read_i, 1);
    Set(dut_->a_group_i, group);
    Set(dut_->a_addr_i, a);
    Set(dut_->b_use_i, length_ > length_a_);
    Set(dut_->b_addr_i, (b + kGroupBytes - length_a_) % kGroupBytes);
    Read read{std::vector<std::uint8_t>(Shape::kLanes, 0), length_a_, length_};
    for (std::size_t lane = 0; lane < length_; ++lane) {
      read.lanes[lane] = lane < length_a_ ? bytes_.at(group).at(a + lane)
                                          : bytes_.at(1 - group).at(b + lane - length_a_);
    }
    read_ = read;
  }

  void Tick() {
    dut_.Tick();
    if (write_) {
      for (std::size_t i = 0; i < write_->data.size(); ++i) {
        bytes_.at(write_->group).at(write_->byte + i) = write_->data[i];
      }
      write_.reset();
    }
    if (read_) {
      ASSERT_NO_FATAL_FAILURE(CheckRead(*read_));
      read_.reset();
    }
  }

  void CheckRead(const Read& read) {
    for (std::size_t lane = 0; lane < Shape::kLanes; ++lane) {
      const auto x = static_cast<std::int8_t>(read.lanes[lane]);
      const std::uint64_t expected = lane < read.length ? golden::ToOffsetBinary(x) : 0;
      ASSERT_EQ(Bits(dut_->u_o, lane * 8, 8), expected)
          << "lane " << lane << " of " << read.length_a << " + " << read.length - read.length_a;
      if (lane < read.length_a) {
        ASSERT_EQ(Bits(dut_->x_o, lane * 8, 8), read.lanes[lane]) << "lane " << lane;
      }
    }
  }

  struct Write {
    std::size_t group = 0;
    std::size_t byte = 0;
    std::vector<std::uint8_t> data;
  };

  Random random_;
  Clocked<typename Shape::Model> dut_;
  std::array<std::vector<std::uint8_t>, 2> bytes_{std::vector<std::uint8_t>(kGroupBytes),
                                                  std::vector<std::uint8_t>(kGroupBytes)};
  std::optional<Write> write_;
  std::optional<Read> read_;
  std::size_t length_a_ = Shape::kLanes;
  std::size_t length_ = Shape::kLanes;
};

using Shapes = testing::Types<Buffer16b16, Buffer4b16, Buffer32b8>;
TYPED_TEST_SUITE(DsActBuffer, Shapes, ShapeNames);

// All lanes from every byte of both groups.
TYPED_TEST(DsActBuffer, ReadsAtEveryByte) {
  this->DriveLanes(TypeParam::kLanes, TypeParam::kLanes);
  for (std::size_t group = 0; group < 2; ++group) {
    for (std::size_t a = 0; a + TypeParam::kLanes <= kGroupBytes; ++a) {
      SCOPED_TRACE(testing::Message() << "byte " << a << " of group " << group);
      this->DriveRead(group, a, 0);
      ASSERT_NO_FATAL_FAILURE(this->Tick());
      this->Idle();
    }
  }
}

// The last bytes of a group can be used although the lanes behind them lie outside.
TYPED_TEST(DsActBuffer, ReadsUpToTheEndOfAGroup) {
  for (std::size_t length = 1; length <= TypeParam::kLanes; ++length) {
    this->DriveLanes(length, length);
    this->DriveRead(length % 2, kGroupBytes - length, 0);
    ASSERT_NO_FATAL_FAILURE(this->Tick());
    this->Idle();
  }
}

// Every split of the lanes into two parts at random places, also at both ends of the groups.
TYPED_TEST(DsActBuffer, ReadsASecondPartFromTheOtherGroup) {
  for (std::size_t length = 2; length <= TypeParam::kLanes; ++length) {
    for (std::size_t length_a = 1; length_a < length; ++length_a) {
      const std::size_t length_b = length - length_a;
      this->DriveLanes(length_a, length);
      for (const std::size_t b : {std::size_t{0},
                                  kGroupBytes - length_b,
                                  std::size_t{this->random_.Between(0, kGroupBytes - length_b)}}) {
        SCOPED_TRACE(testing::Message() << "second part at byte " << b);
        this->DriveRead(
            this->random_.Between(0, 1), this->random_.Between(0, kGroupBytes - length_a), b);
        ASSERT_NO_FATAL_FAILURE(this->Tick());
        this->Idle();
      }
    }
  }
}

// Reads and writes in any cycle; a read sees the bytes as they were before the write beside it.
// Lane counts hold until others are given.
TYPED_TEST(DsActBuffer, ReadsAndWritesInTheSameCycle) {
  this->DriveLanes(TypeParam::kLanes, TypeParam::kLanes);
  for (int cycle = 0; cycle < 20000; ++cycle) {
    SCOPED_TRACE(testing::Message() << "cycle " << cycle);
    if (this->random_.Chance(25)) {
      const std::size_t length_a = this->random_.Between(1, TypeParam::kLanes);
      const std::size_t length =
          this->random_.Chance(50) ? length_a : this->random_.Between(length_a, TypeParam::kLanes);
      this->DriveLanes(length_a, length);
    }
    if (this->random_.Chance(80)) {
      this->DriveRead(this->random_.Between(0, 1),
                      this->random_.Between(0, kGroupBytes - this->length_a_),
                      this->random_.Between(0, kGroupBytes - (this->length_ - this->length_a_)));
    }
    if (this->random_.Chance(60)) {
      this->DriveWrite(this->random_.Between(0, 1), this->random_.Between(0, this->kWords - 1));
    }
    ASSERT_NO_FATAL_FAILURE(this->Tick());
    this->Idle();
  }
}

}  // namespace
}  // namespace denseshift::rtl
