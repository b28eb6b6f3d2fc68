// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0
//
// rtl/mem/ds_out_buffer.sv against a plain array of bytes.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include <gtest/gtest.h>

#include "tests/rtl/clocked.h"
#include "tests/rtl/ports.h"
#include "tests/rtl/random.h"
#include "tests/rtl/shape_names.h"

#include "Vds_out_buffer_16b16.h"
#include "Vds_out_buffer_32b8.h"
#include "Vds_out_buffer_4b16.h"

namespace denseshift::rtl {
namespace {

constexpr std::size_t kOutBytes = 512;

struct Buffer16b16 {
  using Model = Vds_out_buffer_16b16;
  static constexpr const char* kName = "16b16";
  static constexpr std::size_t kColumns = 16;
  static constexpr std::size_t kBusBytes = 16;
};

struct Buffer4b16 {
  using Model = Vds_out_buffer_4b16;
  static constexpr const char* kName = "4b16";
  static constexpr std::size_t kColumns = 4;
  static constexpr std::size_t kBusBytes = 16;
};

struct Buffer32b8 {
  using Model = Vds_out_buffer_32b8;
  static constexpr const char* kName = "32b8";
  static constexpr std::size_t kColumns = 32;
  static constexpr std::size_t kBusBytes = 8;
};

template <typename Shape>
class DsOutBuffer : public testing::Test {
 protected:
  static constexpr std::size_t kWords = kOutBytes / Shape::kBusBytes;

  DsOutBuffer() : bytes_(kOutBytes) {
    Set(dut_->read_i, 0);
    Set(dut_->we_i, 0);
    for (std::size_t at = 0; at < kOutBytes; at += Shape::kColumns) {
      DriveWrite(at, Shape::kColumns);
      Tick();
    }
  }

  // A write of random bytes, none of which may change beyond `length`.
  void DriveWrite(std::size_t at, std::size_t length) {
    data_ = random_.ByteVector(Shape::kColumns);
    at_ = at;
    length_ = length;
    Set(dut_->we_i, 1);
    Set(dut_->waddr_i, at);
    Set(dut_->wlen_i, length);
    SetBytes(dut_->wdata_i, data_.data(), data_.size());
  }

  void DriveRead(std::size_t word) {
    Set(dut_->read_i, 1);
    Set(dut_->raddr_i, word);
    const auto from = bytes_.begin() + static_cast<std::ptrdiff_t>(word * Shape::kBusBytes);
    expected_.assign(from, from + Shape::kBusBytes);
  }

  // One cycle; the word read last is shown.
  void Tick() {
    dut_.Tick();
    if (dut_->we_i != 0) {
      std::copy_n(data_.begin(), length_, bytes_.begin() + static_cast<std::ptrdiff_t>(at_));
    }
    Set(dut_->we_i, 0);
    Set(dut_->read_i, 0);
    if (!expected_.empty()) {
      ASSERT_EQ(Bytes(dut_->rdata_o, Shape::kBusBytes), expected_);
    }
  }

  void CheckAll() {
    for (std::size_t word = 0; word < kWords; ++word) {
      SCOPED_TRACE(testing::Message() << "word " << word);
      DriveRead(word);
      ASSERT_NO_FATAL_FAILURE(Tick());
    }
  }

  Random random_;
  Clocked<typename Shape::Model> dut_;
  std::vector<std::uint8_t> bytes_;
  std::vector<std::uint8_t> data_;
  std::size_t at_ = 0;
  std::size_t length_ = 0;
  std::vector<std::uint8_t> expected_;
};

using Shapes = testing::Types<Buffer16b16, Buffer4b16, Buffer32b8>;
TYPED_TEST_SUITE(DsOutBuffer, Shapes, ShapeNames);

// Every length at every byte that the buffer has room for.
TYPED_TEST(DsOutBuffer, WritesEveryLengthAtEveryByte) {
  for (std::size_t length = 1; length <= TypeParam::kColumns; ++length) {
    SCOPED_TRACE(testing::Message() << "length " << length);
    for (std::size_t at = 0; at + length <= kOutBytes; ++at) {
      this->DriveWrite(at, length);
      if (at > 0) {
        this->DriveRead((at - 1) / TypeParam::kBusBytes);
      }
      ASSERT_NO_FATAL_FAILURE(this->Tick());
    }
    ASSERT_NO_FATAL_FAILURE(this->CheckAll());
  }
}

// Reads and writes in any cycle; a read shows the word before the write beside it, and holds.
TYPED_TEST(DsOutBuffer, ReadsAndWritesInTheSameCycle) {
  for (int cycle = 0; cycle < 20000; ++cycle) {
    if (this->random_.Chance(50)) {
      this->DriveRead(this->random_.Between(0, this->kWords - 1));
    }
    if (this->random_.Chance(70)) {
      const std::size_t length = this->random_.Between(1, TypeParam::kColumns);
      this->DriveWrite(this->random_.Between(0, kOutBytes - length), length);
    }
    ASSERT_NO_FATAL_FAILURE(this->Tick()) << "cycle " << cycle;
  }
  ASSERT_NO_FATAL_FAILURE(this->CheckAll());
}

}  // namespace
}  // namespace denseshift::rtl
