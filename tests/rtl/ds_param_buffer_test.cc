// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0
//
// rtl/mem/ds_param_buffer.sv against docs/commands.md, Buffers.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include <gtest/gtest.h>

#include "tests/rtl/clocked.h"
#include "tests/rtl/ports.h"
#include "tests/rtl/random.h"
#include "tests/rtl/shape_names.h"

#include "Vds_param_buffer_16b8.h"
#include "Vds_param_buffer_4b32.h"
#include "Vds_param_buffer_8b16.h"

namespace denseshift::rtl {
namespace {

constexpr std::size_t kEntries = 8;

// An entry is one bus word.
struct Buffer4b32 {
  using Model = Vds_param_buffer_4b32;
  static constexpr const char* kName = "4b32";
  static constexpr std::size_t kColumns = 4;
  static constexpr std::size_t kBusBytes = 32;
};

struct Buffer8b16 {
  using Model = Vds_param_buffer_8b16;
  static constexpr const char* kName = "8b16";
  static constexpr std::size_t kColumns = 8;
  static constexpr std::size_t kBusBytes = 16;
};

struct Buffer16b8 {
  using Model = Vds_param_buffer_16b8;
  static constexpr const char* kName = "16b8";
  static constexpr std::size_t kColumns = 16;
  static constexpr std::size_t kBusBytes = 8;
};

template <typename Shape>
class DsParamBuffer : public testing::Test {
 protected:
  static constexpr std::size_t kEntryBytes = Shape::kColumns * 8;
  static constexpr std::size_t kWords = kEntries * kEntryBytes / Shape::kBusBytes;

  DsParamBuffer() : bytes_(kEntries * kEntryBytes) {
    Set(dut_->we_i, 0);
    Set(dut_->read_i, 0);
  }

  void DriveWrite(std::size_t word) {
    data_ = random_.ByteVector(Shape::kBusBytes);
    word_ = word;
    Set(dut_->we_i, 1);
    Set(dut_->waddr_i, word);
    SetBytes(dut_->wdata_i, data_.data(), data_.size());
  }

  // Entry e, column c is byte (e*C + c) * 8 of the linear run of words.
  void DriveRead(std::size_t entry) {
    Set(dut_->read_i, 1);
    Set(dut_->raddr_i, entry);
    const auto from = bytes_.begin() + static_cast<std::ptrdiff_t>(entry * kEntryBytes);
    expected_.assign(from, from + kEntryBytes);
  }

  void Tick() {
    dut_.Tick();
    if (dut_->we_i != 0) {
      std::copy(data_.begin(),
                data_.end(),
                bytes_.begin() + static_cast<std::ptrdiff_t>(word_ * Shape::kBusBytes));
    }
    Set(dut_->we_i, 0);
    Set(dut_->read_i, 0);
    if (!expected_.empty()) {
      ASSERT_EQ(Bytes(dut_->params_o, kEntryBytes), expected_);
    }
  }

  Random random_;
  Clocked<typename Shape::Model> dut_;
  std::vector<std::uint8_t> bytes_;
  std::vector<std::uint8_t> data_;
  std::size_t word_ = 0;
  std::vector<std::uint8_t> expected_;
};

using Shapes = testing::Types<Buffer4b32, Buffer8b16, Buffer16b8>;
TYPED_TEST_SUITE(DsParamBuffer, Shapes, ShapeNames);

TYPED_TEST(DsParamBuffer, ShowsAnEntryOfEveryColumn) {
  for (std::size_t word = 0; word < this->kWords; ++word) {
    this->DriveWrite(word);
    ASSERT_NO_FATAL_FAILURE(this->Tick());
  }
  for (std::size_t entry = 0; entry < kEntries; ++entry) {
    SCOPED_TRACE(testing::Message() << "entry " << entry);
    this->DriveRead(entry);
    ASSERT_NO_FATAL_FAILURE(this->Tick());
  }
}

// Reads and writes in any cycle: outputs hold, whatever is written meanwhile, until the next read,
// which shows the entry before the write beside it.
TYPED_TEST(DsParamBuffer, HoldsItsOutputsUntilTheNextRead) {
  for (std::size_t word = 0; word < this->kWords; ++word) {
    this->DriveWrite(word);
    ASSERT_NO_FATAL_FAILURE(this->Tick());
  }
  for (int cycle = 0; cycle < 5000; ++cycle) {
    if (this->random_.Chance(30)) {
      this->DriveRead(this->random_.Between(0, kEntries - 1));
    }
    if (this->random_.Chance(70)) {
      this->DriveWrite(this->random_.Between(0, this->kWords - 1));
    }
    ASSERT_NO_FATAL_FAILURE(this->Tick()) << "cycle " << cycle;
  }
}

}  // namespace
}  // namespace denseshift::rtl
