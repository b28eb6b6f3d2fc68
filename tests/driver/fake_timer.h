// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_TESTS_DRIVER_FAKE_TIMER_H_
#define DENSESHIFT_TESTS_DRIVER_FAKE_TIMER_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <utility>
#include <vector>

#include "driver/compiler/compile.h"
#include "driver/compiler/program_timer.h"

namespace denseshift::driver::testing {

// Says what it likes about programs, in the order they are shown to it.
class FakeTimer : public ProgramTimer {
 public:
  using Answer = std::function<std::int64_t(std::size_t)>;

  explicit FakeTimer(
      const MemorySpeed& memory, Answer cycles = [](std::size_t) { return 1; })
      : memory_(memory), cycles_(std::move(cycles)) {}

  [[nodiscard]] std::int64_t Cycles(const ProgramPlan& plan,
                                    std::int64_t /*limit*/) const override {
    commands_.push_back(plan.commands.size());
    return kUnit * cycles_(commands_.size() - 1);
  }

  // Of other memories it says what it said of the program shown last.
  [[nodiscard]] std::int64_t CyclesWith(const MemorySpeed& /*memory*/,
                                        const ProgramPlan& /*plan*/,
                                        std::int64_t /*limit*/) const override {
    return kUnit * cycles_(commands_.size() - 1);
  }

  [[nodiscard]] MemorySpeed Memory() const override { return memory_; }

  // Commands of each program shown.
  [[nodiscard]] const std::vector<std::size_t>& commands() const { return commands_; }

 private:
  // More cycles than any program of a test issues steps in.
  static constexpr std::int64_t kUnit = 1'000'000'000;

  MemorySpeed memory_;
  Answer cycles_;
  mutable std::vector<std::size_t> commands_;
};

}  // namespace denseshift::driver::testing

#endif  // DENSESHIFT_TESTS_DRIVER_FAKE_TIMER_H_
