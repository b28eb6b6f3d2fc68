// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0
//
// rtl/post/ds_requant.sv against golden::Requantize and docs/arithmetic.md sections 3 to 5.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "golden/arithmetic/accumulator.h"
#include "golden/arithmetic/requantize.h"
#include "tests/rtl/clocked.h"
#include "tests/rtl/ports.h"
#include "tests/rtl/random.h"
#include "tests/rtl/shape_names.h"

#include "Vds_requant_20.h"
#include "Vds_requant_32.h"

namespace denseshift::rtl {
namespace {

struct Requant20 {
  using Model = Vds_requant_20;
  static constexpr const char* kName = "20";
  static constexpr int kBits = 20;
};

struct Requant32 {
  using Model = Vds_requant_32;
  static constexpr const char* kName = "32";
  static constexpr int kBits = 32;
};

// One value on its way through the stages.
struct Value {
  bool vector = false;
  bool hold = false;  // first operand of an addition
  bool join = false;  // second operand of an addition
  std::uint32_t sum = 0;
  std::uint32_t bias = 0;
  std::uint16_t multiplier = 0;
  int shift = 0;
  golden::OutputRange range;
  std::int64_t product = 0;  // of the value itself
  std::int8_t y = 0;         // unless hold
};

template <typename Shape>
class DsRequant : public testing::Test {
 protected:
  DsRequant() { Set(dut_->en_i, 0); }

  // v of docs/arithmetic.md sections 3 and 4: an accumulator, or 32 bits of a pool.
  static std::int64_t Biased(const Value& value) {
    return golden::WrapToAccumulator(std::int64_t{value.sum} + value.bias,
                                     value.vector ? 32 : Shape::kBits);
  }

  // Fills in product and y; `held` is the product of an addition's first operand.
  static void Solve(Value& value, std::int64_t held) {
    const std::int64_t v = Biased(value);
    value.product = v * value.multiplier;
    const golden::OutputRange& range = value.range;
    if (value.join) {
      const std::int64_t sum = held + value.product;
      value.y =
          golden::Clamp(golden::ShiftHalfUp(sum, value.shift) + range.zero_out, range.lo, range.hi);
    } else {
      value.y =
          golden::Requantize(v, value.multiplier, value.shift, range.zero_out, range.lo, range.hi);
    }
  }

  Value RandomValue() {
    Value value;
    value.vector = random_.Chance(30);
    value.sum = static_cast<std::uint32_t>(random_.Any()) >> random_.Between(0, 31);
    value.bias = static_cast<std::uint32_t>(random_.Any()) >> random_.Between(0, 31);
    if (random_.Chance(50)) {
      value.bias = 0U - value.bias;
    }
    value.multiplier = static_cast<std::uint16_t>(random_.Between(0, 65535));
    value.shift = static_cast<int>(random_.Between(0, random_.Chance(80) ? 47 : 63));
    value.range.zero_out = static_cast<int>(random_.Between(0, 255)) - 128;
    value.range.lo = static_cast<int>(random_.Between(0, 255)) - 128;
    value.range.hi = value.range.lo + static_cast<int>(random_.Between(
                                          0, static_cast<std::uint64_t>(127 - value.range.lo)));
    if (random_.Chance(10))  // also below lo: then hi wins
      value.range.hi = static_cast<int>(random_.Between(0, 255)) - 128;
    return value;
  }

  void DriveStage1(const Value& value) {
    Set(dut_->vector_i, value.vector);
    Set(dut_->sum_i, value.sum);
    SetBits(dut_->param_i, 0, 32, value.bias);
    SetBits(dut_->param_i, 32, 16, value.multiplier);
    SetBits(dut_->param_i, 48, 6, static_cast<std::uint64_t>(value.shift));
    SetBits(dut_->param_i, 54, 10, 0);
  }

  void DriveStage3(const golden::OutputRange& range) {
    Set(dut_->zero_i, static_cast<std::uint8_t>(range.zero_out));
    Set(dut_->lo_i, static_cast<std::uint8_t>(range.lo));
    Set(dut_->hi_i, static_cast<std::uint8_t>(range.hi));
  }

  // One cycle: every stage whose next one is free may move on.
  void Cycle(unsigned percent) {
    unsigned enables = 0;
    std::optional<Value> leaving;
    DriveStage1(RandomValue());
    DriveStage3(RandomValue().range);
    Set(dut_->join_i, random_.Chance(50));
    if (stage2_ && !stage2_->hold && random_.Chance(percent)) {
      enables |= 4U;
      DriveStage3(stage2_->range);
      leaving = std::exchange(stage2_, std::nullopt);
    }
    if (stage1_ && (!stage2_ || stage2_->hold) && random_.Chance(percent)) {
      enables |= 2U;
      Set(dut_->join_i, stage1_->join);
      stage2_ = std::exchange(stage1_, std::nullopt);
    }
    if (!stage1_ && next_ < values_.size() && random_.Chance(percent)) {
      enables |= 1U;
      stage1_ = values_[next_++];
      DriveStage1(*stage1_);
    }
    Set(dut_->en_i, enables);
    dut_.Tick();
    if (leaving) {
      expected_ = leaving;
      ++left_;
    }
    if (expected_) {
      ASSERT_EQ(dut_->y_o, static_cast<std::uint8_t>(expected_->y))
          << "value " << left_ << ": v " << Biased(*expected_) << ", M " << expected_->multiplier
          << ", S " << expected_->shift << ", zero " << expected_->range.zero_out << ", join "
          << expected_->join;
    }
  }

  // Sends all values, each stage moving on in `percent` of 100 cycles.
  void Run(unsigned percent) {
    while (next_ < values_.size() || stage1_ || stage2_) {
      ASSERT_NO_FATAL_FAILURE(Cycle(percent));
    }
    values_.clear();
    next_ = 0;
  }

  void Add(Value value) {
    Solve(value, 0);
    values_.push_back(value);
  }

  void AddPair(Value first, Value second) {
    first.hold = true;
    Solve(first, 0);
    second.join = true;
    Solve(second, first.product);
    values_.push_back(first);
    values_.push_back(second);
  }

  Random random_;
  Clocked<typename Shape::Model> dut_;
  std::vector<Value> values_;
  std::size_t next_ = 0;
  std::size_t left_ = 0;
  std::optional<Value> stage1_;
  std::optional<Value> stage2_;
  std::optional<Value> expected_;  // the value y_o shows
};

using Shapes = testing::Types<Requant20, Requant32>;
TYPED_TEST_SUITE(DsRequant, Shapes, ShapeNames);

// All combinations of the fields' limits.
TYPED_TEST(DsRequant, MatchesGoldenAtTheLimits) {
  for (const std::int64_t v :
       {0LL, 1LL, -1LL, 127LL, -128LL, 524287LL, -524288LL, 2147483647LL, -2147483648LL}) {
    for (const unsigned multiplier : {0U, 1U, 2U, 3U, 32767U, 32768U, 65535U}) {
      for (const int shift : {0, 1, 2, 15, 16, 17, 31, 32, 33, 47, 48, 62, 63}) {
        for (const int zero : {-128, 0, 127}) {
          for (const auto& [lo, hi] : {std::pair{-128, 127}, std::pair{0, 127}, std::pair{5, 5}}) {
            Value value;
            value.sum = static_cast<std::uint32_t>(v);
            value.multiplier = static_cast<std::uint16_t>(multiplier);
            value.shift = shift;
            value.range = {zero, lo, hi};
            this->Add(value);
            value.vector = true;
            this->Add(value);
          }
        }
      }
    }
  }
  ASSERT_NO_FATAL_FAILURE(this->Run(100));
}

// Exact halves and their neighbours, of both signs: half up.
TYPED_TEST(DsRequant, RoundsHalvesUp) {
  for (int shift = 1; shift <= 16; ++shift) {
    for (int twice = -9; twice <= 9; ++twice) {
      for (int off = -1; off <= 1; ++off) {
        const std::int64_t half = std::int64_t{1} << (shift - 1);
        Value value;
        value.sum = static_cast<std::uint32_t>(twice * half + off);
        value.multiplier = 1;
        value.shift = shift;
        this->Add(value);
      }
    }
  }
  ASSERT_NO_FATAL_FAILURE(this->Run(100));
}

TYPED_TEST(DsRequant, MatchesGoldenForRandomValues) {
  for (int i = 0; i < 40000; ++i) {
    this->Add(this->RandomValue());
  }
  ASSERT_NO_FATAL_FAILURE(this->Run(100));
}

// Scales as the driver makes them: the output is near the int8 range.
TYPED_TEST(DsRequant, MatchesGoldenForNormalizedScales) {
  for (int i = 0; i < 40000; ++i) {
    Value value = this->RandomValue();
    value.multiplier = static_cast<std::uint16_t>(this->random_.Between(32768, 65535));
    value.shift = static_cast<int>(this->random_.Between(9, 30));
    const std::int64_t reach = std::int64_t{1} << (value.shift - 7);
    value.sum = 0;
    value.bias = static_cast<std::uint32_t>(
        static_cast<std::int64_t>(this->random_.Between(0, static_cast<std::uint64_t>(2 * reach))) -
        reach);
    value.range.lo = -128;
    value.range.hi = 127;
    this->Add(value);
  }
  ASSERT_NO_FATAL_FAILURE(this->Run(100));
}

// Additions among other values, with every stage waiting at times.
TYPED_TEST(DsRequant, AddsHeldProductsWithWaitingStages) {
  for (const unsigned percent : {100U, 60U, 20U}) {
    for (int i = 0; i < 4000; ++i) {
      if (this->random_.Chance(60)) {
        Value first = this->RandomValue();
        Value second = this->RandomValue();
        first.vector = true;
        second.vector = true;
        // int8 operands with their zero points: docs/arithmetic.md section 5.
        for (Value* value : {&first, &second}) {
          value->sum = static_cast<std::uint32_t>(static_cast<std::int8_t>(this->random_.Byte()));
          value->bias = static_cast<std::uint32_t>(static_cast<std::int8_t>(this->random_.Byte()));
        }
        if (this->random_.Chance(70)) {
          second.shift = static_cast<int>(this->random_.Between(14, 24));
        }
        this->AddPair(first, second);
      } else {
        this->Add(this->RandomValue());
      }
    }
    ASSERT_NO_FATAL_FAILURE(this->Run(percent));
  }
}

}  // namespace
}  // namespace denseshift::rtl
