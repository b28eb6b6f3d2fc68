// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "golden/layers/add.h"

#include <cstdint>
#include <stdexcept>
#include <vector>

#include <gtest/gtest.h>

namespace denseshift::golden {
namespace {

Tensor Row(const std::vector<std::int8_t>& data) {
  Tensor tensor(1, static_cast<int>(data.size()), 1);
  tensor.data = data;
  return tensor;
}

TEST(Add, OfEqualScalesIsTheSum) {
  AddLayer layer;
  layer.multiplier_a = 1;
  layer.multiplier_b = 1;
  EXPECT_EQ(Add(layer, Row({1, 2, -3}), Row({10, -20, 3})).data,
            (std::vector<std::int8_t>{11, -18, 0}));
}

TEST(Add, RoundsTheSumOnceNotEachProduct) {
  AddLayer layer;
  layer.multiplier_a = 1;
  layer.multiplier_b = 1;
  layer.shift = 1;
  // 0.5 + 0.5 is exactly 1; 0.5 + 0 rounds up to 1; -0.5 + 0 rounds up to 0.
  EXPECT_EQ(Add(layer, Row({1, 1, -1}), Row({1, 0, 0})).data, (std::vector<std::int8_t>{1, 1, 0}));
}

TEST(Add, UsesZeroPointsMultipliersAndBounds) {
  AddLayer layer;
  layer.zero_a = 3;
  layer.zero_b = -128;
  layer.multiplier_a = 40000;
  layer.multiplier_b = 20000;
  layer.shift = 16;
  layer.output = {-7, -128, 100};
  // (13 - 3) * 40000 + (-28 + 128) * 20000 = 2400000; / 65536 = 36.62; - 7.
  EXPECT_EQ(Add(layer, Row({13}), Row({-28})).data, (std::vector<std::int8_t>{30}));
  // (127 - 3) * 40000 + (127 + 128) * 20000 = 10060000; / 65536 = 153.5: above the bound.
  EXPECT_EQ(Add(layer, Row({127}), Row({127})).data, (std::vector<std::int8_t>{100}));
}

TEST(Add, RefusesShapesThatDiffer) {
  EXPECT_THROW((void)Add({}, Row({1}), Row({1, 2})), std::invalid_argument);
  EXPECT_THROW((void)Add({}, Tensor(2, 1, 1), Tensor(1, 2, 1)), std::invalid_argument);
}

}  // namespace
}  // namespace denseshift::golden
