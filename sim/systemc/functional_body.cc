// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/systemc/functional_body.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "driver/registers.h"
#include "sim/systemc/cycles.h"
#include "sim/systemc/now.h"

namespace denseshift::systemc {

namespace registers = driver::registers;
using sc_core::sc_time;

FunctionalBody::FunctionalBody(const sc_core::sc_module_name& name,
                               const AcceleratorOptions& options,
                               MemoryPort& memory)
    : Body(name),
      period_(options.clock_period),
      memory_(memory, options.device.bus_bytes),
      core_(options.device, memory_),
      clock_(options.device, options.bus) {
  SC_HAS_PROCESS(FunctionalBody);
  SC_THREAD(Run);
  SC_METHOD(DriveInterrupt);
  sensitive << interrupt_changes_;
  dont_initialize();
}

sc_time FunctionalBody::Edge(std::uint64_t cycle) const {
  return sc_time::from_value(cycle * period_.value());
}

std::uint32_t FunctionalBody::Access(const RegisterAccess& access) {
  const std::uint64_t cycle = CyclesOf(Now(), period_);
  const sc_time half = sc_time::from_value(period_.value() / 2);
  WaitUntil(Edge(cycle + 1) + half);
  std::uint32_t value = 0;
  if (access.is_write) {
    const bool was_running = core_.IsRunning();
    Write(access);
    if (core_.IsRunning() && !was_running) {
      first_cycle_ = cycle + 2;
      job_cycles_ = 0;
      starts_.notify(sc_core::SC_ZERO_TIME);
    }
  } else {
    value = *Peek(access.offset);
    static_cast<void>(core_.ReadRegister(access.offset));  // for what reading does
  }
  if (access.is_write)
    interrupt_changes_.notify(Edge(cycle + 3) - Now());
  WaitUntil(Edge(cycle + 3));
  return value;
}

std::optional<std::uint32_t> FunctionalBody::Peek(std::uint32_t offset) const {
  if (offset == registers::kCyclesLo)
    return static_cast<std::uint32_t>(JobCycles());
  if (offset == registers::kCyclesHi)
    return static_cast<std::uint32_t>(JobCycles() >> 32U);
  return core_.PeekRegister(offset);
}

// Bytes that are not enabled keep what they are: a start and toggled bits are not.
void FunctionalBody::Write(const RegisterAccess& access) {
  std::uint32_t mask = 0;
  for (unsigned i = 0; i < 4; ++i) {
    if ((access.strobes >> i & 1U) != 0)
      mask |= 0xFFU << (8 * i);
  }
  const bool acts = access.offset == registers::kCtrl || access.offset == registers::kIsr;
  const std::uint32_t kept = acts ? 0 : core_.PeekRegister(access.offset) & ~mask;
  core_.WriteRegister(access.offset, (access.value & mask) | kept);
}

std::uint64_t FunctionalBody::JobCycles() const {
  if (!core_.IsRunning())
    return job_cycles_;
  const std::uint64_t cycle = Now().value() / period_.value();
  return cycle > first_cycle_ ? cycle - first_cycle_ : 0;
}

void FunctionalBody::Run() {
  for (;;) {
    sc_core::wait(starts_);
    RunJob();
  }
}

void FunctionalBody::RunJob() {
  std::vector<sim::CommandWords> commands;
  memory_.Restart();
  const sim::JobResult result = core_.Execute(&commands);
  const bool has_failed =
      result.code != sim::ErrorCode::kNone && result.code != sim::ErrorCode::kNoProgress;
  if (has_failed)  // those before it count
    commands.resize(std::min<std::size_t>(commands.size(), result.command));
  JobClock::Start start;
  start.list_address = core_.started_address();
  start.bus_cycle = first_cycle_;
  start.watchdog = core_.started_watchdog();
  start.late_cycles = CyclesOf(memory_.latency(), period_);
  const JobTime& time = clock_.Time(std::move(commands), start);
  WriteStamps(time);
  WaitUntil(Edge(first_cycle_ + time.cycles));
  job_cycles_ =
      std::max<std::uint64_t>(time.cycles, Now().value() / period_.value() - first_cycle_);
  core_.End(result);
  interrupt_changes_.notify(Edge(first_cycle_ + job_cycles_ + 1) - Now());
}

void FunctionalBody::WriteStamps(const JobTime& time) {
  for (const sim::timing::StampTime& stamp : time.stamps) {
    std::array<std::uint8_t, 32> word{};
    for (unsigned i = 0; i < 8; ++i)
      word.at(i) = static_cast<std::uint8_t>(static_cast<std::uint64_t>(stamp.cycle) >> (8 * i));
    try {
      memory_.WriteWord(
          static_cast<std::uint32_t>(stamp.address), word.data(), 0, 8, sim::Unit::kStore);
    } catch (const sim::JobError&) {
      return;  // the command itself has failed there
    }
  }
}

void FunctionalBody::DriveInterrupt() {
  interrupt->write(core_.Irq());
}

}  // namespace denseshift::systemc
