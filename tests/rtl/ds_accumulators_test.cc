// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0
//
// rtl/array/ds_accumulators.sv against plain sums modulo 2^AccW.

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include <gtest/gtest.h>

#include "golden/arithmetic/accumulator.h"
#include "tests/rtl/clocked.h"
#include "tests/rtl/ports.h"
#include "tests/rtl/random.h"
#include "tests/rtl/shape_names.h"

#include "Vds_accumulators_4w16.h"
#include "Vds_accumulators_4w24.h"
#include "Vds_accumulators_8w32.h"

namespace denseshift::rtl {
namespace {

constexpr std::size_t kDepth = 16;
// Largest column sum of 64 lanes: docs/arithmetic.md section 2.1.
constexpr std::uint64_t kLargestSum = std::uint64_t{64} * 255 * 128;

struct Accumulators4w16 {
  using Model = Vds_accumulators_4w16;
  static constexpr const char* kName = "4w16";
  static constexpr std::size_t kColumns = 4;
  static constexpr int kBits = 16;
};

struct Accumulators4w24 {
  using Model = Vds_accumulators_4w24;
  static constexpr const char* kName = "4w24";
  static constexpr std::size_t kColumns = 4;
  static constexpr int kBits = 24;
};

struct Accumulators8w32 {
  using Model = Vds_accumulators_8w32;
  static constexpr const char* kName = "8w32";
  static constexpr std::size_t kColumns = 8;
  static constexpr int kBits = 32;
};

// A step whose column sums are still to come.
struct Step {
  std::size_t bank = 0;
  std::size_t position = 0;
  bool first = false;
};

template <typename Shape>
class DsAccumulators : public testing::Test {
 protected:
  using Row = std::array<std::int64_t, Shape::kColumns>;

  DsAccumulators() { Idle(); }

  void Idle() {
    Set(dut_->step_i, 0);
    Set(dut_->read_i, 0);
  }

  void DriveStep(const Step& step) {
    Set(dut_->step_i, 1);
    Set(dut_->bank_i, step.bank);
    Set(dut_->position_i, step.position);
    Set(dut_->first_i, step.first);
    announced_ = step;
  }

  void DriveRead(std::size_t bank, std::size_t position) {
    Set(dut_->read_i, 1);
    Set(dut_->read_bank_i, bank);
    Set(dut_->read_position_i, position);
    read_ = sums_.at(bank).at(position);
  }

  // One cycle. The column sums of the step of the cycle before arrive in it; without such a step
  // they are of no account.
  void Tick() {
    Row column_sums{};
    for (std::size_t column = 0; column < Shape::kColumns; ++column) {
      column_sums.at(column) = static_cast<std::int64_t>(random_.Between(0, kLargestSum));
      SetBits(dut_->sum_i, column * 32, 32, static_cast<std::uint64_t>(column_sums.at(column)));
    }
    dut_.Tick();
    if (arriving_) {
      Row& row = sums_.at(arriving_->bank).at(arriving_->position);
      for (std::size_t column = 0; column < Shape::kColumns; ++column) {
        const std::int64_t before = arriving_->first ? 0 : row.at(column);
        row.at(column) = golden::WrapToAccumulator(before + column_sums.at(column), Shape::kBits);
      }
    }
    arriving_ = announced_;
    announced_.reset();
    if (read_) {
      ASSERT_NO_FATAL_FAILURE(CheckRead(*read_));
      read_.reset();
    }
  }

  void CheckRead(const Row& row) {
    constexpr std::uint64_t kMask = (std::uint64_t{1} << Shape::kBits) - 1;
    for (std::size_t column = 0; column < Shape::kColumns; ++column) {
      ASSERT_EQ(Bits(dut_->rdata_o, column * Shape::kBits, Shape::kBits),
                static_cast<std::uint64_t>(row.at(column)) & kMask)
          << "column " << column;
    }
  }

  // Reads a bank whose sums are all stored.
  void CheckBank(std::size_t bank, std::size_t positions) {
    for (std::size_t position = 0; position < positions; ++position) {
      SCOPED_TRACE(testing::Message() << "position " << position << " of bank " << bank);
      DriveRead(bank, position);
      ASSERT_NO_FATAL_FAILURE(Tick());
      Idle();
    }
  }

  Random random_;
  Clocked<typename Shape::Model> dut_;
  std::array<std::array<Row, kDepth>, 2> sums_{};
  std::optional<Step> announced_;
  std::optional<Step> arriving_;
  std::optional<Row> read_;
};

using Shapes = testing::Types<Accumulators4w16, Accumulators4w24, Accumulators8w32>;
TYPED_TEST_SUITE(DsAccumulators, Shapes, ShapeNames);

// A stripe of every length, step after step without a gap: with one position each sum needs the
// one stored in the cycle before, with two the one of two cycles before.
TYPED_TEST(DsAccumulators, AddsStepsOfStripesOfEveryLength) {
  for (std::size_t positions = 1; positions <= kDepth; ++positions) {
    SCOPED_TRACE(testing::Message() << positions << " positions");
    const std::size_t bank = positions % 2;
    for (int step = 0; step < 40; ++step) {
      for (std::size_t position = 0; position < positions; ++position) {
        this->DriveStep({bank, position, step == 0});
        ASSERT_NO_FATAL_FAILURE(this->Tick());
        this->Idle();
      }
    }
    ASSERT_NO_FATAL_FAILURE(this->Tick());  // the last sums arrive
    ASSERT_NO_FATAL_FAILURE(this->CheckBank(bank, positions));
  }
}

// Positions in any order, with gaps, while the other bank is read.
TYPED_TEST(DsAccumulators, KeepsTheBanksApart) {
  for (std::size_t bank = 0; bank < 2; ++bank) {
    for (std::size_t position = 0; position < kDepth; ++position) {
      this->DriveStep({bank, position, true});
      ASSERT_NO_FATAL_FAILURE(this->Tick());
      this->Idle();
    }
  }
  ASSERT_NO_FATAL_FAILURE(this->Tick());
  for (int phase = 0; phase < 60; ++phase) {
    SCOPED_TRACE(testing::Message() << "phase " << phase);
    const std::size_t bank = static_cast<std::size_t>(phase) % 2;
    // The sums announced last still arrive in the bank of the phase before.
    ASSERT_NO_FATAL_FAILURE(this->Tick());
    for (int cycle = 0; cycle < 60; ++cycle) {
      if (this->random_.Chance(80)) {
        const std::size_t positions = this->random_.Chance(50) ? 2 : kDepth;
        this->DriveStep({bank, this->random_.Between(0, positions - 1), this->random_.Chance(10)});
      }
      if (this->random_.Chance(70)) {
        this->DriveRead(1 - bank, this->random_.Between(0, kDepth - 1));
      }
      ASSERT_NO_FATAL_FAILURE(this->Tick());
      this->Idle();
    }
  }
}

// Steps of both banks at few positions, one after another: each adds to its own bank.
TYPED_TEST(DsAccumulators, AddsToBothBanksInTurn) {
  for (std::size_t bank = 0; bank < 2; ++bank) {
    for (std::size_t position = 0; position < kDepth; ++position) {
      this->DriveStep({bank, position, true});
      ASSERT_NO_FATAL_FAILURE(this->Tick());
      this->Idle();
    }
  }
  for (int cycle = 0; cycle < 500; ++cycle) {
    if (this->random_.Chance(90)) {
      this->DriveStep({this->random_.Between(0, 1), this->random_.Between(0, 2), false});
    }
    ASSERT_NO_FATAL_FAILURE(this->Tick());
    this->Idle();
  }
  ASSERT_NO_FATAL_FAILURE(this->Tick());  // the last sums arrive
  for (std::size_t bank = 0; bank < 2; ++bank) {
    ASSERT_NO_FATAL_FAILURE(this->CheckBank(bank, kDepth));
  }
}

// The next stripe starts in the other bank without a gap; the bank is read as soon as its last
// sum is stored.
TYPED_TEST(DsAccumulators, DrainsABankRightAfterItsLastSum) {
  std::optional<std::size_t> drained;
  for (int stripe = 0; stripe < 50; ++stripe) {
    SCOPED_TRACE(testing::Message() << "stripe " << stripe);
    const std::size_t bank = static_cast<std::size_t>(stripe) % 2;
    for (std::size_t cycle = 0; cycle < kDepth + 1; ++cycle) {
      // In cycle 0 the last sum of the stripe before arrives.
      if (cycle < kDepth) {
        this->DriveStep({bank, cycle, true});
      }
      if (drained && cycle > 0) {
        this->DriveRead(*drained, kDepth - cycle);
      }
      ASSERT_NO_FATAL_FAILURE(this->Tick());
      this->Idle();
    }
    drained = bank;
  }
}

}  // namespace
}  // namespace denseshift::rtl
