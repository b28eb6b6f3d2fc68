// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include <array>
#include <fmt/format.h>

#include "driver/registers.h"
#include "tests/mutation/job.h"
#include "tests/mutation/stimuli.h"

namespace denseshift::testing {

namespace registers = driver::registers;

namespace {

constexpr std::uint32_t kWatchdog = 400;

struct Failure {
  const char* name;
  sim::Direction direction;
  sim::FaultKind kind;
};

constexpr std::array<Failure, 9> kFailures = {{
    {"slave error at a read", sim::Direction::kRead, sim::FaultKind::kSlaveError},
    {"decode error at a read", sim::Direction::kRead, sim::FaultKind::kDecodeError},
    {"slave error at a write", sim::Direction::kWrite, sim::FaultKind::kSlaveError},
    {"decode error at a write", sim::Direction::kWrite, sim::FaultKind::kDecodeError},
    {"no answer to a read", sim::Direction::kRead, sim::FaultKind::kNoAnswer},
    {"no answer to a write", sim::Direction::kWrite, sim::FaultKind::kNoAnswer},
    {"no read address", sim::Direction::kRead, sim::FaultKind::kNoAddress},
    {"no write address", sim::Direction::kWrite, sim::FaultKind::kNoAddress},
    {"no write data", sim::Direction::kWrite, sim::FaultKind::kNoData},
}};

// After the failure a second job, which the bus may not let run, and one after a reset.
Trace FailTransactions(const Failure& failure, std::uint64_t first, std::uint64_t step) {
  Recorder device(failure.name, MutationDevice(), MutationMemory());
  const LayerJob job = SmallJob(device);
  constexpr std::uint64_t kTransactions = 60;
  for (std::uint64_t n = first; n < kTransactions; n += step) {
    device.Reset();
    device.ClearFaults();
    device.AddFault({failure.direction, failure.kind, n, n});
    RunJob(device, job, kWatchdog);
    RunList(device, {driver::StampCommand{}.Encode()}, kWatchdog, 2000);
  }
  return device.trace();
}

// A reset in the middle of a job, at many places of it; the next job runs as if nothing had been.
Trace Resets() {
  Recorder device("resets", MutationDevice(), MutationMemory());
  const LayerJob job = SmallJob(device);
  RunJob(device, job, kWatchdog);
  for (std::uint64_t cycles = 3; cycles < 2000; cycles += 1 + cycles / 5) {
    device.WriteRegister(registers::kGie, 1);
    device.WriteRegister(registers::kIer, 3);
    device.WriteRegister(registers::kIsr, 3);
    device.WriteRegister(registers::kCtrl, registers::kCtrlStart);
    device.Run(cycles);
    device.Reset();
    ReadStatus(device);
    for (std::uint32_t offset = 0; offset < registers::kError; offset += 4)
      static_cast<void>(device.ReadRegister(offset));
    RunList(device, {driver::StampCommand{}.Encode()}, kWatchdog, 2000);
    device.WriteRegister(registers::kCmdAddr, job.program.command_address);
    device.WriteRegister(registers::kCmdCount,
                         static_cast<std::uint32_t>(job.program.commands.size()));
  }
  RunJob(device, job, kWatchdog);
  return device.trace();
}

}  // namespace

std::vector<Trace> FaultStimuli() {
  std::vector<Trace> traces = {Resets()};
  for (std::size_t i = 0; i < kFailures.size(); ++i)
    traces.push_back(FailTransactions(kFailures.at(i), i % 3, 4));
  return traces;
}

}  // namespace denseshift::testing
