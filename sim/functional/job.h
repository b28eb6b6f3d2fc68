// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_FUNCTIONAL_JOB_H_
#define DENSESHIFT_SIM_FUNCTIONAL_JOB_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <vector>

#include "sim/device_parameters.h"
#include "sim/functional/command.h"
#include "sim/functional/job_error.h"
#include "sim/functional/storage.h"

namespace denseshift::sim {

// How a job ended, as the error registers show it.
struct JobResult {
  ErrorCode code = ErrorCode::kNone;
  Unit unit = Unit::kSequencer;
  std::uint32_t command = 0;  // index in the list
  std::uint32_t address = 0;
};

// One command list, executed without a clock: docs/commands.md.
//
// The sequencer hands out one command after the other; after each, the three units
// execute, in order and each its own commands in order, whatever the tokens allow.
// A command thus has no effect if a command before it in its unit still waits, and
// commands before an illegal one execute as far as they can. The units' queues have no end.
class Job {
 public:
  Job(const DeviceParameters& parameters, Storage& storage)
      : parameters_(parameters), storage_(storage) {}

  // Executes `count` commands from byte address `list` on. Adds what it has fetched to `fetched`.
  [[nodiscard]] JobResult Run(std::uint32_t list,
                              std::uint32_t count,
                              std::vector<CommandWords>* fetched = nullptr);

 private:
  enum UnitIndex : std::size_t { kLoadUnit, kComputeUnit, kStoreUnit, kUnits };

  // The five token counters, and one that stands for none.
  enum Counter : std::size_t {
    kLoadToCompute,
    kComputeToLoad,
    kComputeToStore,
    kStoreToCompute,
    kStoreToLoad,
    kNoCounter,
    kCounters
  };

  // What the fields of word 0 mean for a unit, and which unit number errors of its
  // two signals carry.
  struct TokenPorts {
    Counter wait_a;
    Counter wait_b;
    Counter signal_a;
    Counter signal_b;
    Unit signal_a_unit;
    Unit signal_b_unit;
  };

  struct QueuedCommand {
    std::uint32_t index = 0;
    CommandWords words{};
  };

  [[nodiscard]] static TokenPorts PortsOf(std::size_t unit);
  [[nodiscard]] CommandWords Fetch(std::uint32_t address);
  void HandOut(const CommandWords& words);
  void RunUnits();
  bool TryNextCommand(std::size_t unit);
  void Execute(const CommandWords& words);
  void GiveToken(Counter counter, Unit unit);
  void CheckAllDone();

  const DeviceParameters& parameters_;
  Storage& storage_;
  std::array<std::deque<QueuedCommand>, kUnits> queues_;
  std::array<std::uint32_t, kCounters> tokens_{};
  std::uint32_t command_ = 0;  // index of the command in work: where an error belongs
};

}  // namespace denseshift::sim

#endif  // DENSESHIFT_SIM_FUNCTIONAL_JOB_H_
