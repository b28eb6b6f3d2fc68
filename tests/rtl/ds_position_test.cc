// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0
//
// rtl/ctrl/ds_position.sv against docs/commands.md, Buffers and CONV, Order.

#include <cstdint>

#include <gtest/gtest.h>

#include "tests/rtl/clocked.h"
#include "tests/rtl/command.h"
#include "tests/rtl/ports.h"
#include "tests/rtl/random.h"

#include "Vds_position.h"

namespace denseshift::rtl {
namespace {

class DsPosition : public testing::Test {
 protected:
  void Start(const Walk& walk) {
    walk_ = walk;
    Set(dut_->par_i, walk.parity);
    Set(dut_->base_i, walk.base);
    Set(dut_->pitch_i, walk.pitch);
    Set(dut_->row_stride_i, (walk.row_stride >> 1) * walk.pitch);
    Set(dut_->row_stride_odd_i, walk.row_stride % 2);
    Set(dut_->column_stride_i, walk.x_stride);
    Set(dut_->columns_i, walk.columns);
    Drive(true, false, false, false);
    position_ = 0;
    saved_ = 0;
  }

  void Drive(bool start, bool next, bool rewind, bool save) {
    Set(dut_->start_i, start);
    Set(dut_->next_i, next);
    Set(dut_->rewind_i, rewind);
    Set(dut_->save_i, save);
    dut_.Tick();
    Set(dut_->start_i, 0);
    Set(dut_->next_i, 0);
    Set(dut_->rewind_i, 0);
    Set(dut_->save_i, 0);
    dut_.Settle();
  }

  void Next() {
    Drive(false, true, false, false);
    ++position_;
  }

  void Rewind() {
    Drive(false, true, true, false);
    position_ = saved_;
  }

  void Save() {
    Drive(false, true, false, true);
    saved_ = ++position_;
  }

  void Check() {
    const std::uint32_t row = position_ / walk_.columns * walk_.row_stride;
    const std::uint32_t column = position_ % walk_.columns;
    ASSERT_EQ(dut_->par_o, (walk_.parity + row) % 2) << "position " << position_;
    ASSERT_EQ(dut_->slot_o, walk_.base + ((walk_.parity + row) >> 1) * walk_.pitch)
        << "position " << position_;
    ASSERT_EQ(dut_->byte_o, column * walk_.x_stride) << "position " << position_;
  }

  Random random_;
  Clocked<Vds_position> dut_;
  Walk walk_;
  std::uint32_t position_ = 0;
  std::uint32_t saved_ = 0;
};

// Row strides even and odd, first rows even and odd, all columns of some rows.
TEST_F(DsPosition, WalksRowByRow) {
  for (std::uint32_t parity = 0; parity <= 1; ++parity) {
    for (std::uint32_t row_stride = 1; row_stride <= 5; ++row_stride) {
      for (const std::uint32_t columns : {1U, 2U, 7U}) {
        SCOPED_TRACE(testing::Message() << "parity " << parity << ", row stride " << row_stride
                                        << ", columns " << columns);
        Walk walk;
        walk.parity = parity;
        walk.base = 100;
        walk.pitch = 13;
        walk.row_stride = row_stride;
        walk.x_stride = 48;
        walk.columns = columns;
        Start(walk);
        for (std::uint32_t i = 0; i < 6 * columns; ++i) {
          ASSERT_NO_FATAL_FAILURE(Check());
          Next();
        }
      }
    }
  }
}

// Stripes: a stripe is walked once for every step, then the next one starts where it ended.
TEST_F(DsPosition, RewindsToTheStartOfAStripe) {
  for (int i = 0; i < 60; ++i) {
    SCOPED_TRACE(testing::Message() << "walk " << i);
    Walk walk;
    walk.parity = random_.Word(0, 1);
    walk.base = random_.Word(0, 1000);
    walk.pitch = random_.Word(1, 300);
    walk.row_stride = random_.Word(1, 4);
    walk.x_stride = random_.Word(0, 5000);
    walk.columns = random_.Word(1, 9);
    Start(walk);
    for (int stripe = 0; stripe < 6; ++stripe) {
      const std::uint32_t length = random_.Word(1, 20);
      for (std::uint32_t step = random_.Word(1, 4); step > 0; --step) {
        for (std::uint32_t p = 0; p < length; ++p) {
          ASSERT_NO_FATAL_FAILURE(Check());
          const bool ends = p + 1 == length;
          if (!ends) {
            Next();
          } else if (step > 1) {
            Rewind();
          } else {
            Save();
          }
        }
      }
    }
  }
}

// Without a command the position stays.
TEST_F(DsPosition, RestsWithoutACommand) {
  Walk walk;
  walk.columns = 3;
  walk.x_stride = 5;
  walk.pitch = 2;
  Start(walk);
  for (int i = 0; i < 200; ++i) {
    ASSERT_NO_FATAL_FAILURE(Check());
    if (random_.Chance(40)) {
      Next();
    } else {
      // rewind_i and save_i count only together with next_i.
      Drive(false, false, random_.Chance(50), random_.Chance(50));
    }
  }
}

}  // namespace
}  // namespace denseshift::rtl
