// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "golden/tensor.h"

#include <gtest/gtest.h>

namespace denseshift::golden {
namespace {

TEST(Tensor, StoresChannelsInnermost) {
  Tensor tensor(2, 3, 4);
  EXPECT_EQ(tensor.data.size(), 24U);
  tensor.At(1, 2, 3) = 42;
  EXPECT_EQ(tensor.data.back(), 42);
  EXPECT_EQ(tensor.Index(0, 0, 1), 1U);
  EXPECT_EQ(tensor.Index(0, 1, 0), 4U);
  EXPECT_EQ(tensor.Index(1, 0, 0), 12U);
}

}  // namespace
}  // namespace denseshift::golden
