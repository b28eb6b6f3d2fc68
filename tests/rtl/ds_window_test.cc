// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0
//
// rtl/ctrl/ds_window.sv against docs/commands.md, CONV, Steps.

#include <cstddef>
#include <cstdint>
#include <vector>

#include <gtest/gtest.h>

#include "tests/rtl/clocked.h"
#include "tests/rtl/command.h"
#include "tests/rtl/ports.h"
#include "tests/rtl/random.h"
#include "tests/rtl/shape_names.h"
#include "tests/rtl/steps.h"

#include "Vds_window_16.h"
#include "Vds_window_4.h"

namespace denseshift::rtl {
namespace {

constexpr std::uint32_t kByteMask = (1U << 24) - 1;
constexpr std::uint32_t kSlotMask = (1U << 17) - 1;

struct Window4 {
  using Model = Vds_window_4;
  static constexpr const char* kName = "4";
  static constexpr std::uint32_t kLanes = 4;
};

struct Window16 {
  using Model = Vds_window_16;
  static constexpr const char* kName = "16";
  static constexpr std::uint32_t kLanes = 16;
};

template <typename Shape>
class DsWindow : public testing::Test {
 protected:
  DsWindow() {
    Set(dut_->start_i, 0);
    Set(dut_->next_i, 0);
  }

  void Start(const Command& command, bool vector) {
    SetCommand(dut_->cmd_i, command);
    Set(dut_->vector_i, vector);
    Set(dut_->start_i, 1);
    dut_.Tick();
    Set(dut_->start_i, 0);
    dut_.Settle();
  }

  // Goes to the next step after some cycles of rest.
  void Next() {
    for (std::uint64_t rest = random_.Between(0, 2); rest > 0; --rest) {
      dut_.Tick();
    }
    Set(dut_->next_i, 1);
    dut_.Tick();
    Set(dut_->next_i, 0);
    dut_.Settle();
  }

  // Row `ky` of the kernel, below a position in a row of even number.
  static std::uint32_t Slot(const Walk& walk, std::uint32_t ky) {
    return (((ky * walk.kernel_step) >> 1) * walk.pitch) & kSlotMask;
  }

  static std::uint32_t Parity(const Walk& walk, std::uint32_t ky) {
    return (ky * walk.kernel_step) % 2;
  }

  void CheckStep(const Conv& conv, const Step& step) {
    const std::uint32_t ky = step.run / conv.runs_x;
    const std::uint32_t kx = step.run % conv.runs_x;
    ASSERT_EQ(dut_->a_par_o, Parity(conv, ky));
    ASSERT_EQ(dut_->a_slot_o, Slot(conv, ky));
    ASSERT_EQ(dut_->a_byte_o, (conv.x0 + kx * conv.run_step + step.offset) & kByteMask);
    ASSERT_EQ(dut_->a_len_o, step.length_a);
    ASSERT_EQ(dut_->ab_len_o, step.length_a + step.length_b);
    ASSERT_EQ(dut_->b_use_o, step.length_b > 0 ? 1 : 0);
    if (step.length_b > 0) {
      ASSERT_EQ(dut_->b_par_o, Parity(conv, ky + 1));
      ASSERT_EQ(dut_->b_slot_o, Slot(conv, ky + 1));
      ASSERT_EQ(dut_->b_byte_o, (conv.x0 - step.length_a) & kByteMask);
    }
  }

  void CheckConv(const Conv& conv) {
    SCOPED_TRACE(testing::Message()
                 << "run length " << conv.run_length << ", runs " << conv.runs_x << " x "
                 << conv.runs_y << ", dual " << conv.dual << ", dh " << conv.kernel_step);
    const std::vector<Step> steps = StepsOf(conv, Shape::kLanes);
    Start(conv.Encode(), false);
    for (std::size_t i = 0; i < steps.size(); ++i) {
      SCOPED_TRACE(testing::Message() << "step " << i << " of " << steps.size());
      ASSERT_NO_FATAL_FAILURE(CheckStep(conv, steps[i]));
      ASSERT_EQ(dut_->first_o, i == 0 ? 1 : 0);
      ASSERT_EQ(dut_->last_o, i + 1 == steps.size() ? 1 : 0);
      if (i + 1 < steps.size()) {
        Next();
      }
    }
  }

  Random random_;
  Clocked<typename Shape::Model> dut_;
};

using Shapes = testing::Types<Window4, Window16>;
TYPED_TEST_SUITE(DsWindow, Shapes, ShapeNames);

// Every run length around the lanes, every small kernel height.
TYPED_TEST(DsWindow, StepsThroughEveryRunLength) {
  for (std::uint32_t length = 1; length <= 3 * TypeParam::kLanes + 1; ++length) {
    for (std::uint32_t runs_y = 1; runs_y <= 5; ++runs_y) {
      for (const bool dual : {false, true}) {
        Conv conv;
        conv.run_length = length;
        conv.runs_y = runs_y;
        conv.dual = dual;
        conv.pitch = 7;
        conv.x0 = 100;
        ASSERT_NO_FATAL_FAILURE(this->CheckConv(conv));
      }
    }
  }
}

// Even, odd and large kernel row steps, runs within a row, offsets up to the fields' limits.
TYPED_TEST(DsWindow, StepsThroughRandomWindows) {
  for (int i = 0; i < 400; ++i) {
    Conv conv;
    conv.run_length = this->random_.Word(1, 5 * TypeParam::kLanes);
    conv.runs_y = this->random_.Word(1, 7);
    conv.kernel_step = this->random_.Word(1, 9);
    conv.pitch = this->random_.Word(1, 6000);
    conv.x0 = this->random_.Word(0, this->random_.Chance(50) ? 300 : kByteMask);
    if (this->random_.Chance(50)) {
      conv.runs_x = this->random_.Word(1, 5);
      conv.run_step = this->random_.Word(1, 3000);
    }
    conv.dual = conv.runs_x == 1 && conv.kernel_step % 2 == 1 && this->random_.Chance(70);
    ASSERT_NO_FATAL_FAILURE(this->CheckConv(conv));
  }
}

// The longest runs and the most of them.
TYPED_TEST(DsWindow, CountsToTheFieldsLimits) {
  Conv conv;
  conv.pitch = 1;
  conv.run_length = 0xFFFF;
  ASSERT_NO_FATAL_FAILURE(this->CheckConv(conv));
  conv.run_length = 1;
  conv.runs_x = 255;
  conv.runs_y = 255;
  conv.run_step = 1;
  ASSERT_NO_FATAL_FAILURE(this->CheckConv(conv));
}

// VECTOR: one step for each tap, whatever the lanes.
TYPED_TEST(DsWindow, VisitsEveryTapOfAVector) {
  for (int i = 0; i < 100; ++i) {
    Vector vector;
    vector.runs_x = this->random_.Word(1, 5);
    vector.runs_y = this->random_.Word(1, 5);
    vector.kernel_step = this->random_.Word(1, 4);
    vector.pitch = this->random_.Word(1, 6000);
    vector.x0 = this->random_.Word(0, 5000);
    vector.run_step = this->random_.Word(0, 3000);
    this->Start(vector.Encode(), true);
    const std::uint32_t taps = vector.runs_x * vector.runs_y;
    for (std::uint32_t tap = 0; tap < taps; ++tap) {
      SCOPED_TRACE(testing::Message() << "tap " << tap << " of " << taps);
      const std::uint32_t ky = tap / vector.runs_x;
      const std::uint32_t kx = tap % vector.runs_x;
      ASSERT_EQ(this->dut_->a_par_o, this->Parity(vector, ky));
      ASSERT_EQ(this->dut_->a_slot_o, this->Slot(vector, ky));
      ASSERT_EQ(this->dut_->a_byte_o, vector.x0 + kx * vector.run_step);
      ASSERT_EQ(this->dut_->b_use_o, 0);
      ASSERT_EQ(this->dut_->first_o, tap == 0 ? 1 : 0);
      ASSERT_EQ(this->dut_->last_o, tap + 1 == taps ? 1 : 0);
      if (tap + 1 < taps) {
        this->Next();
      }
    }
  }
}

// A start in the middle of a window goes back to its first step.
TYPED_TEST(DsWindow, StartsOver) {
  Conv conv;
  conv.run_length = 3 * TypeParam::kLanes + 2;
  conv.runs_y = 3;
  conv.pitch = 11;
  for (int i = 0; i < 20; ++i) {
    this->Start(conv.Encode(), false);
    for (std::uint64_t next = this->random_.Between(0, 8); next > 0; --next) {
      this->Next();
    }
    ASSERT_NO_FATAL_FAILURE(this->CheckConv(conv));
  }
}

}  // namespace
}  // namespace denseshift::rtl
