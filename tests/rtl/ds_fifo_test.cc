// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0
//
// rtl/prim/ds_fifo.sv against a queue.

#include <cstddef>
#include <cstdint>
#include <deque>

#include <gtest/gtest.h>

#include "tests/rtl/clocked.h"
#include "tests/rtl/ports.h"
#include "tests/rtl/random.h"
#include "tests/rtl/shape_names.h"

#include "Vds_fifo_2.h"
#include "Vds_fifo_6.h"
#include "Vds_fifo_8.h"

namespace denseshift::rtl {
namespace {

struct Fifo2 {
  using Model = Vds_fifo_2;
  static constexpr const char* kName = "2";
  static constexpr std::size_t kDepth = 2;
};

struct Fifo6 {
  using Model = Vds_fifo_6;
  static constexpr const char* kName = "6";
  static constexpr std::size_t kDepth = 6;
};

struct Fifo8 {
  using Model = Vds_fifo_8;
  static constexpr const char* kName = "8";
  static constexpr std::size_t kDepth = 8;
};

template <typename Shape>
class DsFifo : public testing::Test {
 protected:
  // One cycle; a push into a full and a pop from an empty queue are ignored.
  void Cycle(bool push, bool pop, bool clear) {
    const std::uint64_t item = random_.Between(0, 511);
    Set(dut_->push_i, push);
    Set(dut_->data_i, item);
    Set(dut_->pop_i, pop);
    Set(dut_->clear_i, clear);
    const bool pushed = push && items_.size() < Shape::kDepth;
    const bool popped = pop && !items_.empty();
    dut_.Tick();
    if (popped) {
      items_.pop_front();
    }
    if (pushed) {
      items_.push_back(item);
    }
    if (clear) {
      items_.clear();
    }
    Check();
  }

  void Check() {
    ASSERT_EQ(dut_->empty_o, items_.empty() ? 1 : 0);
    ASSERT_EQ(dut_->full_o, items_.size() == Shape::kDepth ? 1 : 0);
    if (!items_.empty()) {
      ASSERT_EQ(dut_->data_o, items_.front()) << "of " << items_.size();
    }
  }

  Random random_;
  Clocked<typename Shape::Model> dut_;
  std::deque<std::uint64_t> items_;
};

using Shapes = testing::Types<Fifo2, Fifo6, Fifo8>;
TYPED_TEST_SUITE(DsFifo, Shapes, ShapeNames);

TYPED_TEST(DsFifo, IsEmptyAfterReset) {
  ASSERT_NO_FATAL_FAILURE(this->Check());
}

// Filled to the brim and beyond, then emptied and beyond, at every place of the storage.
TYPED_TEST(DsFifo, IgnoresPushesWhenFullAndPopsWhenEmpty) {
  for (std::size_t start = 0; start < TypeParam::kDepth; ++start) {
    for (std::size_t i = 0; i < TypeParam::kDepth + 2; ++i) {
      ASSERT_NO_FATAL_FAILURE(this->Cycle(true, false, false));
    }
    for (std::size_t i = 0; i < TypeParam::kDepth + 2; ++i) {
      ASSERT_NO_FATAL_FAILURE(this->Cycle(false, true, false));
    }
    ASSERT_NO_FATAL_FAILURE(this->Cycle(true, false, false));
    ASSERT_NO_FATAL_FAILURE(this->Cycle(false, true, false));
  }
}

// A push and a pop in every cycle, whatever the fill.
TYPED_TEST(DsFifo, PushesAndPopsInTheSameCycle) {
  for (std::size_t fill = 0; fill <= TypeParam::kDepth; ++fill) {
    ASSERT_NO_FATAL_FAILURE(this->Cycle(false, false, true));
    for (std::size_t i = 0; i < fill; ++i) {
      ASSERT_NO_FATAL_FAILURE(this->Cycle(true, false, false));
    }
    for (int i = 0; i < 30; ++i) {
      ASSERT_NO_FATAL_FAILURE(this->Cycle(true, true, false));
    }
  }
}

TYPED_TEST(DsFifo, FollowsAQueueAtRandom) {
  for (const unsigned percent : {30U, 50U, 70U}) {
    for (int cycle = 0; cycle < 5000; ++cycle) {
      ASSERT_NO_FATAL_FAILURE(this->Cycle(
          this->random_.Chance(percent), this->random_.Chance(50), this->random_.Chance(2)));
    }
  }
}

}  // namespace
}  // namespace denseshift::rtl
