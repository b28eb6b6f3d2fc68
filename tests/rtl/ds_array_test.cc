// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0
//
// rtl/array/ds_array.sv and ds_pe.sv against docs/arithmetic.md section 2.1.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include <gtest/gtest.h>

#include "golden/arithmetic/code.h"
#include "golden/arithmetic/offset_binary.h"
#include "tests/rtl/clocked.h"
#include "tests/rtl/ports.h"
#include "tests/rtl/random.h"
#include "tests/rtl/shape_names.h"

#include "Vds_array_16x16.h"
#include "Vds_array_4x4.h"
#include "Vds_array_8x32.h"

namespace denseshift::rtl {
namespace {

struct Array4x4 {
  using Model = Vds_array_4x4;
  static constexpr const char* kName = "4x4";
  static constexpr std::size_t kLanes = 4;
  static constexpr std::size_t kColumns = 4;
  static constexpr std::size_t kGroupRows = 4;  // one group is the whole tile
};

struct Array16x16 {
  using Model = Vds_array_16x16;
  static constexpr const char* kName = "16x16";
  static constexpr std::size_t kLanes = 16;
  static constexpr std::size_t kColumns = 16;
  static constexpr std::size_t kGroupRows = 4;
};

struct Array8x32 {
  using Model = Vds_array_8x32;
  static constexpr const char* kName = "8x32";
  static constexpr std::size_t kLanes = 8;
  static constexpr std::size_t kColumns = 32;
  static constexpr std::size_t kGroupRows = 1;
};

// Codes of 4 bits, (lane, column) at lane * Columns + column.
using Tile = std::vector<unsigned>;

// The array in its golden form: what the sums are, and when.
template <typename Shape>
class ArrayModel {
 public:
  void WriteGroup(std::size_t group, const Tile& codes) {
    const std::size_t first = group * Shape::kGroupRows * Shape::kColumns;
    for (std::size_t i = 0; i < codes.size(); ++i) {
      shadow_[first + i] = codes[i];
    }
  }

  void Swap() { active_ = shadow_; }

  [[nodiscard]] std::vector<std::uint32_t> Sums(const std::vector<std::uint8_t>& u) const {
    std::vector<std::uint32_t> sums(Shape::kColumns, 0);
    for (std::size_t lane = 0; lane < Shape::kLanes; ++lane) {
      for (std::size_t column = 0; column < Shape::kColumns; ++column) {
        const unsigned code = active_[lane * Shape::kColumns + column];
        sums[column] += golden::Term(golden::DecodeCode(code, 4), u[lane]);
      }
    }
    return sums;
  }

 private:
  Tile shadow_ = Tile(Shape::kLanes * Shape::kColumns);
  Tile active_ = Tile(Shape::kLanes * Shape::kColumns);
};

template <typename Shape>
class DsArray : public testing::Test {
 protected:
  static constexpr std::size_t kGroupCodes = Shape::kGroupRows * Shape::kColumns;
  static constexpr std::size_t kGroups = Shape::kLanes / Shape::kGroupRows;

  DsArray() {
    Set(dut_->group_we_i, 0);
    Set(dut_->step_i, 0);
    Set(dut_->swap_i, 0);
  }

  // Drives a write of one group of codes in the coming cycle.
  void DriveGroup(std::size_t group, const Tile& codes) {
    Set(dut_->group_we_i, 1);
    Set(dut_->group_i, group);
    for (std::size_t i = 0; i < codes.size(); ++i) {
      SetBits(dut_->group_codes_i, i * 4, 4, codes[i]);
    }
  }

  // Drives a step, as the first of a new tile if `swap`.
  void DriveStep(const std::vector<std::uint8_t>& u, bool swap) {
    Set(dut_->step_i, 1);
    Set(dut_->swap_i, swap);
    SetBytes(dut_->u_i, u.data(), u.size());
  }

  void Idle() {
    Set(dut_->group_we_i, 0);
    Set(dut_->step_i, 0);
    Set(dut_->swap_i, 0);
  }

  // One cycle; the sums that are due after it are checked.
  void Tick(const std::optional<std::vector<std::uint32_t>>& step) {
    dut_.Tick();
    if (previous_) {
      shown_ = previous_;
    }
    previous_ = step;
    if (shown_) {
      for (std::size_t column = 0; column < Shape::kColumns; ++column) {
        ASSERT_EQ(Bits(dut_->sum_o, column * 32, 32), (*shown_)[column])
            << "column " << column << ", cycle " << dut_.Cycles();
      }
    }
  }

  Clocked<typename Shape::Model> dut_;
  ArrayModel<Shape> model_;

 private:
  std::optional<std::vector<std::uint32_t>> previous_;  // sums of the step one cycle ago
  std::optional<std::vector<std::uint32_t>> shown_;     // sums on the output: of the last step
};

using Shapes = testing::Types<Array4x4, Array16x16, Array8x32>;
TYPED_TEST_SUITE(DsArray, Shapes, ShapeNames);

// Every code at every lane and column meets every value.
TYPED_TEST(DsArray, SumsGoldenTermsForEveryCodeAndValue) {
  for (unsigned offset = 0; offset < 16; ++offset) {
    SCOPED_TRACE(testing::Message() << "offset " << offset);
    for (std::size_t group = 0; group < this->kGroups; ++group) {
      Tile codes(this->kGroupCodes);
      for (std::size_t i = 0; i < codes.size(); ++i) {
        codes[i] = (offset + group + i * 5) % 16;
      }
      this->DriveGroup(group, codes);
      this->model_.WriteGroup(group, codes);
      ASSERT_NO_FATAL_FAILURE(this->Tick({}));
      this->Idle();
    }
    this->model_.Swap();
    for (unsigned value = 0; value < 256; ++value) {
      std::vector<std::uint8_t> u(TypeParam::kLanes);
      for (std::size_t lane = 0; lane < u.size(); ++lane) {
        u[lane] = static_cast<std::uint8_t>(value + lane * 37);
      }
      this->DriveStep(u, value == 0);
      ASSERT_NO_FATAL_FAILURE(this->Tick(this->model_.Sums(u)));
      this->Idle();
    }
  }
}

// The largest sums: all lanes 255 << 7, and 0.
TYPED_TEST(DsArray, KeepsTheLargestSum) {
  const Tile codes(this->kGroupCodes, 7);
  for (std::size_t group = 0; group < this->kGroups; ++group) {
    this->DriveGroup(group, codes);
    this->model_.WriteGroup(group, codes);
    ASSERT_NO_FATAL_FAILURE(this->Tick({}));
  }
  this->Idle();
  this->model_.Swap();
  const std::vector<std::uint8_t> u(TypeParam::kLanes, 255);
  this->DriveStep(u, true);
  ASSERT_EQ(this->model_.Sums(u)[0], TypeParam::kLanes * 255 * 128);
  ASSERT_NO_FATAL_FAILURE(this->Tick(this->model_.Sums(u)));
  this->Idle();
  ASSERT_NO_FATAL_FAILURE(this->Tick({}));
}

// Shadow writes, swaps and steps in any order: a swap takes the shadow tile as it was before the
// write of the same cycle, an idle cycle keeps the sums.
TYPED_TEST(DsArray, SwapsAndRefillsInTheSameCycle) {
  Random random;
  for (std::size_t group = 0; group < this->kGroups; ++group) {
    const Tile codes(this->kGroupCodes, 0);
    this->DriveGroup(group, codes);
    this->model_.WriteGroup(group, codes);
    ASSERT_NO_FATAL_FAILURE(this->Tick({}));
  }
  bool started = false;
  for (int cycle = 0; cycle < 3000; ++cycle) {
    this->Idle();
    std::optional<std::vector<std::uint32_t>> sums;
    if (random.Chance(70)) {
      const std::vector<std::uint8_t> u = random.ByteVector(TypeParam::kLanes);
      const bool swap = !started || random.Chance(40);
      started = true;
      this->DriveStep(u, swap);
      if (swap) {
        this->model_.Swap();
      }
      sums = this->model_.Sums(u);
    } else {
      // Lanes may carry anything between steps.
      const std::vector<std::uint8_t> u = random.ByteVector(TypeParam::kLanes);
      SetBytes(this->dut_->u_i, u.data(), u.size());
    }
    if (random.Chance(60)) {
      Tile codes(this->kGroupCodes);
      for (unsigned& code : codes) {
        code = random.Word(0, 15);
      }
      const std::size_t group = random.Between(0, this->kGroups - 1);
      this->DriveGroup(group, codes);
      this->model_.WriteGroup(group, codes);
    }
    ASSERT_NO_FATAL_FAILURE(this->Tick(sums));
  }
}

}  // namespace
}  // namespace denseshift::rtl
