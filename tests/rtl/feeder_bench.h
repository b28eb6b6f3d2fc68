// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_TESTS_RTL_FEEDER_BENCH_H_
#define DENSESHIFT_TESTS_RTL_FEEDER_BENCH_H_

#include <algorithm>
#include <cstdint>
#include <deque>

#include "tests/rtl/command.h"
#include "tests/rtl/random.h"
#include "tests/rtl/steps.h"

namespace denseshift::rtl {

// Sizes of the unit under test.
struct FeederSizes {
  std::uint32_t lanes = 0;
  std::uint32_t columns = 0;
  std::uint32_t depth = 0;
  std::uint32_t bus_bytes = 0;
  std::uint32_t group_bytes = 0;

  // V of docs/commands.md.
  [[nodiscard]] std::uint32_t VectorLanes() const { return std::min(lanes, columns); }
};

// What the feeder has to do in one cycle.
struct Issue {
  bool vector = false;
  Place a;
  std::uint32_t length_a = 0;
  Place b;
  std::uint32_t length_b = 0;
  bool starts_tile = false;
  bool claims = false;
  bool first = false;
  bool last = false;  // tap, or step of a column tile's sums
  bool drains = false;
  bool ends = false;  // the command
  std::uint32_t position = 0;
  std::uint32_t bank = 0;
  Operation operation = Operation::kMaximum;
};

// The plain form of the feeder: commands, and the issues they ask for in the order of
// docs/commands.md.
class FeederBench {
 public:
  FeederBench(const FeederSizes& sizes, Random& random) : sizes_(sizes), random_(&random) {}

  // A convolution with random stripes and column tiles, inside the buffer.
  [[nodiscard]] Conv MakeConv();

  // A pooling or addition inside the buffer.
  [[nodiscard]] Vector MakeVector();

  // Queues a command and its issues: stripe, column tile, step, position.
  void Add(const Conv& conv);

  // The same for position, channel group, tap.
  void Add(const Vector& vector);

  // Forgets everything; the next sums use bank 0.
  void Clear();

  std::deque<Command> commands;
  std::deque<Issue> issues;

 private:
  [[nodiscard]] Issue MakeIssue(const Conv& conv, const Step& step, std::uint32_t position) const;

  FeederSizes sizes_;
  Random* random_;
  std::uint32_t bank_ = 0;  // of the next column tile's sums
};

}  // namespace denseshift::rtl

#endif  // DENSESHIFT_TESTS_RTL_FEEDER_BENCH_H_
