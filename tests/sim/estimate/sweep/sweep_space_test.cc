// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/estimate/sweep/sweep_space.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/sim/temporary_folder.h"

namespace denseshift::sim {
namespace {

using Texts = std::vector<std::string>;

TEST(SweepSpace, TheLastAxisChangesFastest) {
  const SweepSpace space =
      SweepSpace::Product({{"array.lanes", {"8", "16"}}, {"memory.seed", {"1", "2", "3"}}});
  EXPECT_EQ(space.Keys(), (Texts{"array.lanes", "memory.seed"}));
  ASSERT_EQ(space.Size(), 6U);
  const std::vector<Texts> expected = {
      {"8", "1"}, {"8", "2"}, {"8", "3"}, {"16", "1"}, {"16", "2"}, {"16", "3"}};
  for (std::size_t i = 0; i < expected.size(); ++i)
    EXPECT_EQ(space.Values(i), expected[i]) << i;
  EXPECT_EQ(space.Settings(4), (Texts{"array.lanes=16", "memory.seed=2"}));
}

TEST(SweepSpace, AListKeepsItsRows) {
  const SweepSpace space =
      SweepSpace::List({"memory.seed", "array.lanes"}, {{"2", "8"}, {"1", "16"}, {"2", "8"}});
  ASSERT_EQ(space.Size(), 3U);
  EXPECT_EQ(space.Values(1), (Texts{"1", "16"}));
  EXPECT_EQ(space.Settings(2), (Texts{"memory.seed=2", "array.lanes=8"}));
}

TEST(SweepSpace, WhatMakesNoSenseIsRefused) {
  const auto product = [](const std::vector<SweepAxis>& axes) {
    return ErrorOf([&] { (void)SweepSpace::Product(axes); });
  };
  EXPECT_EQ(product({}), "no key is swept");
  EXPECT_EQ(product({{"array.lanes", {}}}), "there are no values");
  EXPECT_EQ(product({{"array.lanes", {"8"}}, {"array.lanes", {"16"}}}),
            "array.lanes is there twice");
  EXPECT_EQ(product({{"array.lanes", {"8", "wide"}}}),
            "array.lanes has the value 'wide'; values are decimal numbers, as 8, 0.5 or 1e6");
  EXPECT_EQ(ErrorOf([] {
              (void)SweepSpace::List({"memory.seed"}, {{"1"}, {"1", "2"}});
            }),
            "a row has not one value for each key");
}

TEST(SweepSpace, TenMillionPointsAreTheMost) {
  Texts thousand(1000, "1");
  const std::vector<SweepAxis> most = {
      {"memory.seed", thousand}, {"array.lanes", thousand}, {"bus.width_bits", Texts(10, "1")}};
  EXPECT_EQ(SweepSpace::Product(most).Size(), 10'000'000U);
  std::vector<SweepAxis> more = most;
  more.push_back({"memory.latency_cycles", {"1", "2"}});
  const std::string expected =
      "more than 10000000 configurations; give fewer values, or several sweeps";
  EXPECT_EQ(ErrorOf([&] { (void)SweepSpace::Product(more); }), expected);
  // 2^64 and more: the product must not wrap round.
  const Texts many(65536, "1");
  EXPECT_EQ(ErrorOf([&] {
              (void)SweepSpace::Product({{"memory.seed", many},
                                         {"array.lanes", many},
                                         {"array.columns", many},
                                         {"memory.latency_cycles", many}});
            }),
            expected);
}

TEST(SweepSpace, NumbersAreDecimal) {
  for (const char* text : {"8", "0", "-1", "0.5", "1e6", "1.5E-3"})
    EXPECT_TRUE(IsNumber(text)) << text;
  for (const char* text :
       {"", " 8", "8\n", "0x10", "1_000", "nan", "inf", "8 9", "1e999", "+1", "-"})
    EXPECT_FALSE(IsNumber(text)) << text;
}

}  // namespace
}  // namespace denseshift::sim
