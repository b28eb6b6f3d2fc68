// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_DRIVER_COMPILER_SCHEDULE_H_
#define DENSESHIFT_DRIVER_COMPILER_SCHEDULE_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "driver/capabilities.h"
#include "driver/command/command.h"
#include "driver/compiler/hazards.h"

namespace denseshift::driver {

// The units that execute commands; each runs its own in order.
enum class Unit { kLoad = 0, kCompute = 1, kStore = 2 };
inline constexpr std::size_t kUnits = 3;

[[nodiscard]] Unit UnitOf(const Command& command);

// Far enough to have constants and inputs at hand, not so far that they keep out what is needed
// before.
inline constexpr int kUsualPrefetchDistance = 6;

// Commands in program order and, for each, those it has to wait for, by index.
struct Schedule {
  // Appends a command. Returns its index.
  int Add(const Command& command, const Producers& producers) {
    commands.push_back(command);
    after.push_back(producers);
    return static_cast<int>(commands.size()) - 1;
  }

  std::vector<Command> commands;
  std::vector<Producers> after;
};

// Order of the list: compute and store commands as given, each load early enough to be done when it
// is needed, and late enough not to stand in the way of what can run before it.
//
// The sequencer hands out commands in list order and waits when a unit's queue is full, so a load
// that still waits for a buffer must not come before compute commands that can already run. Loads
// for different buffers may change places; each still comes after all it waits for. Returns indices
// of commands.
//
// prefetch_distance  how many compute commands ahead of its own a load may start
[[nodiscard]] std::vector<int> OrderCommands(const Schedule& schedule, int prefetch_distance);

// The commands in the order given, with waits and signals for what they wait for: on each of the
// five token queues a token is given only by commands something waits for, and each wait takes one
// token.
//
// Counters never exceed 255 however the units overtake each other, for command queues of up to 16
// entries. If they could, neighbouring waits share a token.
// Errors  std::logic_error if a command waits for a later one.
[[nodiscard]] std::vector<Command> AssignTokens(Schedule schedule, const std::vector<int>& order);

// Collects commands in program order and schedules them.
class ScheduleBuilder {
 public:
  // `relay_address` is a word of device memory nobody reads, for STAMP commands that only pass a
  // token on.
  ScheduleBuilder(const Capabilities& capabilities, std::uint32_t relay_address)
      : hazards_(capabilities), relay_address_(relay_address) {
    schedule_.commands.reserve(kUsualCommands);
    schedule_.after.reserve(kUsualCommands);
  }

  // Appends a command; what it has to wait for follows from what it reads and writes.
  // Returns its index.
  int Add(const Command& command);

  // The list, ready to run.
  [[nodiscard]] std::vector<Command> Finish(int prefetch_distance) &&;

 private:
  // Adds a command with what it has to wait for. Returns its index.
  int Append(const Command& command);

  // A store command that starts after compute command `compute` has written its last output.
  int StoreAfter(int compute, const CommandHeader& tag);

  static constexpr std::size_t kUsualCommands = 8192;  // they are large to move

  HazardTracker hazards_;
  std::uint32_t relay_address_;
  Schedule schedule_;
  std::vector<int> stores_;  // commands of the store unit
  std::vector<int>
      stored_computes_;  // for each, the last compute command it or an earlier one waits for
};

}  // namespace denseshift::driver

#endif  // DENSESHIFT_DRIVER_COMPILER_SCHEDULE_H_
