// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_TESTS_RTL_POST_BENCH_H_
#define DENSESHIFT_TESTS_RTL_POST_BENCH_H_

#include <cstddef>
#include <cstdint>
#include <deque>
#include <vector>

#include "tests/rtl/command.h"
#include "tests/rtl/random.h"

namespace denseshift::rtl {

// Sizes of the unit under test.
struct PostSizes {
  std::uint32_t lanes = 0;
  std::uint32_t columns = 0;
  int acc_bits = 0;
  std::uint32_t depth = 0;
  std::uint32_t bus_bytes = 0;
  std::uint32_t out_bytes = 0;
  std::uint32_t entries = 0;

  // V of docs/commands.md.
  [[nodiscard]] std::uint32_t VectorLanes() const { return lanes < columns ? lanes : columns; }
};

// One parameter set, docs/commands.md, Buffers.
struct Parameter {
  std::uint32_t bias = 0;
  std::uint16_t multiplier = 0;
  int shift = 0;
};

// One write into the output buffer.
struct OutputWrite {
  std::uint64_t address = 0;
  std::vector<std::uint8_t> bytes;
};

// What the post unit meets in one cycle: sums of a column tile, or a tap.
struct PostEvent {
  std::size_t command = 0;  // counted from the start of the test
  bool is_tap = false;
  bool drains = false;                           // the sums are to be output
  std::vector<std::vector<std::uint32_t>> sums;  // [position][column]
  std::vector<std::uint8_t> x;                   // bytes of the lanes
  bool first = false;
  bool last = false;
  Operation operation = Operation::kMaximum;
};

// The plain form of the post unit: random sums and taps for commands, and what has to be written
// for them by docs/commands.md and docs/arithmetic.md.
class PostBench {
 public:
  PostBench(const PostSizes& sizes, Random& random);

  // A command with random geometry, outputs inside the buffer.
  [[nodiscard]] Conv MakeConv();
  [[nodiscard]] Vector MakeVector();

  // Queues a command; signal says whether it gives signal_b.
  void Add(const Conv& conv, bool signal);
  void Add(const Vector& vector, bool signal);

  // Parameter sets, [entry][column].
  [[nodiscard]] const std::vector<std::vector<Parameter>>& parameters() const {
    return parameters_;
  }

  std::deque<Command> commands;
  std::deque<PostEvent> events;
  std::deque<OutputWrite> writes;
  std::deque<bool> signals;      // of the commands that have not ended
  std::deque<std::size_t> left;  // writes left when a command ends, from the last one counted

 private:
  void ChooseOutput(Walk& walk, std::uint32_t channels);
  void Finish(const Command& command, bool signal);
  [[nodiscard]] OutputWrite MakeWrite(const Walk& walk,
                                      std::uint32_t position,
                                      std::uint32_t channel) const;
  [[nodiscard]] std::uint8_t PoolOutput(const Vector& vector,
                                        const std::vector<std::int8_t>& taps,
                                        std::uint32_t lane) const;

  PostSizes sizes_;
  Random* random_;
  std::vector<std::vector<Parameter>> parameters_;
  std::size_t command_count_ = 0;
  std::size_t write_count_ = 0;
};

}  // namespace denseshift::rtl

#endif  // DENSESHIFT_TESTS_RTL_POST_BENCH_H_
