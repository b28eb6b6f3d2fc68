// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0
//
// rtl/post/ds_pool.sv against docs/arithmetic.md section 4.

#include <algorithm>
#include <cstdint>

#include <gtest/gtest.h>

#include "tests/rtl/clocked.h"
#include "tests/rtl/ports.h"
#include "tests/rtl/random.h"

#include "Vds_pool.h"

namespace denseshift::rtl {
namespace {

class DsPool : public testing::Test {
 protected:
  // One tap; returns the value after it.
  std::int32_t Tap(std::int8_t x, bool first, bool maximum) {
    Set(dut_->tap_i, 1);
    Set(dut_->first_i, first);
    Set(dut_->maximum_i, maximum);
    Set(dut_->x_i, static_cast<std::uint8_t>(x));
    dut_.Tick();
    Set(dut_->tap_i, 0);
    return static_cast<std::int32_t>(dut_->value_o);
  }

  Random random_;
  Clocked<Vds_pool> dut_;
};

// Every pair of values, in a window of two taps.
TEST_F(DsPool, PoolsEveryPair) {
  for (int a = -128; a <= 127; ++a) {
    for (int b = -128; b <= 127; ++b) {
      for (const bool maximum : {true, false}) {
        ASSERT_EQ(Tap(static_cast<std::int8_t>(a), true, maximum), a);
        ASSERT_EQ(Tap(static_cast<std::int8_t>(b), false, maximum),
                  maximum ? std::max(a, b) : a + b)
            << a << " and " << b;
      }
    }
  }
}

// Windows of random size; the value holds while no tap comes.
TEST_F(DsPool, PoolsWindowsOfAnySize) {
  for (int window = 0; window < 2000; ++window) {
    const bool maximum = random_.Chance(50);
    const std::uint64_t taps = random_.Between(1, random_.Chance(90) ? 12 : 400);
    std::int32_t expected = maximum ? -128 : 0;
    for (std::uint64_t tap = 0; tap < taps; ++tap) {
      const auto x = static_cast<std::int8_t>(random_.Byte());
      expected = maximum ? std::max<std::int32_t>(expected, x) : expected + x;
      ASSERT_EQ(Tap(x, tap == 0, maximum), expected) << "tap " << tap;
      if (random_.Chance(30)) {
        Set(dut_->x_i, random_.Byte());
        Set(dut_->first_i, random_.Chance(50));
        dut_.Tick();
        ASSERT_EQ(static_cast<std::int32_t>(dut_->value_o), expected);
      }
    }
  }
}

// The largest window the command set has: 255 x 255 taps.
TEST_F(DsPool, SumsTheLargestWindow) {
  for (const int x : {-128, 127}) {
    std::int32_t sum = 0;
    for (int tap = 0; tap < 255 * 255; ++tap) {
      sum = Tap(static_cast<std::int8_t>(x), tap == 0, false);
    }
    EXPECT_EQ(sum, 255 * 255 * x);
  }
}

}  // namespace
}  // namespace denseshift::rtl
