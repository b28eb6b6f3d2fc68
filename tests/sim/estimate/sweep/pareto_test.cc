// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/estimate/sweep/pareto.h"

#include <cstdint>
#include <random>
#include <vector>

#include <gtest/gtest.h>

namespace denseshift::sim {
namespace {

SweepOutcome Point(std::uint64_t cycles,
                   std::uint64_t pes,
                   std::uint64_t buffer_bytes,
                   std::uint64_t bus_bits) {
  SweepOutcome outcome;
  outcome.measures.cycles = cycles;
  outcome.measures.pes = pes;
  outcome.measures.buffer_bytes = buffer_bytes;
  outcome.measures.bus_bits = bus_bits;
  return outcome;
}

std::vector<bool> Pareto(std::vector<SweepOutcome> outcomes) {
  MarkPareto(outcomes);
  std::vector<bool> marks;
  marks.reserve(outcomes.size());
  for (const SweepOutcome& outcome : outcomes)
    marks.push_back(outcome.pareto);
  return marks;
}

// As the definition has it.
bool IsBetter(const SweepMeasures& a, const SweepMeasures& b) {
  const bool no_worse = a.cycles <= b.cycles && a.pes <= b.pes &&
                        a.buffer_bytes <= b.buffer_bytes && a.bus_bits <= b.bus_bits;
  const bool better = a.cycles < b.cycles || a.pes < b.pes || a.buffer_bytes < b.buffer_bytes ||
                      a.bus_bits < b.bus_bits;
  return no_worse && better;
}

TEST(Pareto, OneSmallerMeasureIsEnough) {
  const SweepOutcome base = Point(10, 64, 1000, 128);
  EXPECT_EQ(Pareto({base, Point(9, 64, 1000, 128)}), (std::vector<bool>{false, true}));
  EXPECT_EQ(Pareto({base, Point(10, 32, 1000, 128)}), (std::vector<bool>{false, true}));
  EXPECT_EQ(Pareto({base, Point(10, 64, 999, 128)}), (std::vector<bool>{false, true}));
  EXPECT_EQ(Pareto({base, Point(10, 64, 1000, 64)}), (std::vector<bool>{false, true}));
  EXPECT_EQ(Pareto({base, Point(9, 65, 1000, 128)}), (std::vector<bool>{true, true}));
}

TEST(Pareto, EqualPointsAreBothMarked) {
  const SweepOutcome point = Point(10, 64, 1000, 128);
  EXPECT_EQ(Pareto({point, point}), (std::vector<bool>{true, true}));
  EXPECT_EQ(Pareto({point, Point(9, 64, 1000, 128), point}),
            (std::vector<bool>{false, true, false}));
}

TEST(Pareto, ErrorsAreLeftOut) {
  SweepOutcome failed;
  failed.error = "does not fit";
  failed.pareto = true;
  EXPECT_EQ(Pareto({failed, Point(10, 64, 1000, 128)}), (std::vector<bool>{false, true}));
  EXPECT_EQ(Pareto({}), std::vector<bool>());
}

TEST(Pareto, RandomPointsAreAsDefined) {
  std::mt19937 random(1);
  for (int round = 0; round < 300; ++round) {
    std::vector<SweepOutcome> outcomes;
    const std::uint64_t values = 2 + random() % 6;
    const std::uint64_t count = 1 + random() % 80;
    for (std::uint64_t i = 0; i < count; ++i) {
      outcomes.push_back(
          Point(random() % values, random() % values, random() % values, random() % values));
      if (random() % 8 == 0)
        outcomes.back().error = "failed";
    }
    MarkPareto(outcomes);
    for (std::size_t i = 0; i < outcomes.size(); ++i) {
      bool expected = outcomes[i].error.empty();
      for (const SweepOutcome& other : outcomes)
        expected =
            expected && !(other.error.empty() && IsBetter(other.measures, outcomes[i].measures));
      ASSERT_EQ(outcomes[i].pareto, expected) << "round " << round << " point " << i;
    }
  }
}

}  // namespace
}  // namespace denseshift::sim
