// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include <fmt/format.h>
#include <random>

#include "driver/registers.h"
#include "tests/mutation/job.h"
#include "tests/mutation/stimuli.h"

namespace denseshift::testing {

namespace registers = driver::registers;

namespace {

// What ends a long job: an error of each unit.
std::vector<driver::CommandWords> Endings() {
  const auto device = MutationDevice();
  driver::StampCommand illegal;
  driver::CommandWords no_opcode = illegal.Encode();
  no_opcode[0] &= ~0xFFU;
  driver::LoadCommand outside_memory;
  outside_memory.address = 0x80000000;
  outside_memory.destination = 1;
  outside_memory.rows = outside_memory.words = 1;
  outside_memory.tail = device.bus_bytes;
  driver::LoadCommand outside_buffer = outside_memory;
  outside_buffer.address = 0x4000;
  outside_buffer.base = 0xFFFF;
  driver::VectorCommand outside_activations;
  outside_activations.valid_lanes = 1;
  outside_activations.x0 = 0xABCDEF;
  driver::VectorCommand outside_parameters = outside_activations;
  outside_parameters.x0 = 0;
  outside_parameters.parameter_base = 0xFFF0;
  driver::VectorCommand outside_outputs = outside_activations;
  outside_outputs.x0 = 0;
  outside_outputs.out_base = 0xFEDCBA;
  driver::StoreCommand outside_source;
  outside_source.address = 0x8000;
  outside_source.tail = device.bus_bytes;
  outside_source.base = 0xFFFF;
  driver::StampCommand outside_stamp;
  outside_stamp.address = 0xC0000000;
  driver::StampCommand waiting;
  waiting.wait_a = 1;
  driver::LoadCommand waiting_load = outside_buffer;
  waiting_load.wait_a = 1;
  driver::VectorCommand waiting_vector = outside_activations;
  waiting_vector.wait_a = 1;
  return {no_opcode,
          outside_memory.Encode(),
          outside_buffer.Encode(),
          outside_activations.Encode(),
          outside_parameters.Encode(),
          outside_outputs.Encode(),
          outside_source.Encode(),
          outside_stamp.Encode(),
          waiting.Encode(),
          waiting_load.Encode(),
          waiting_vector.Encode()};
}

// A job whose counters are far on, with `ending` as its last command.
void RunLongJob(Recorder& device, const driver::CommandWords& ending, std::uint64_t counters) {
  constexpr std::uint32_t kAddress = 0x40;
  driver::StampCommand stamp;
  stamp.address = 0x8000;
  driver::StampCommand late = stamp;
  late.signal_a = 1;
  const CommandList list = {stamp.Encode(),
                            late.Encode(),
                            stamp.Encode(),
                            late.Encode(),
                            stamp.Encode(),
                            ending,
                            stamp.Encode()};
  device.WriteMemory(kAddress, list.data(), list.size() * driver::kCommandBytes);
  device.WriteRegister(registers::kCmdAddr, kAddress);
  device.WriteRegister(registers::kCmdCount, static_cast<std::uint32_t>(list.size()));
  // Time without progress goes on from the preset value.
  device.WriteRegister(registers::kWatchdog, static_cast<std::uint32_t>(counters) + 40);
  device.WriteRegister(registers::kCtrl, registers::kCtrlStart);
  device.Run(10);
  device.PresetCounters(counters);
  device.Run(150);
  // A second time, with nothing going on but the wait for the watchdog.
  device.PresetCounters(counters);
  device.Run(60);
  ReadStatus(device);
  device.Reset();
}

Trace LongJobs(std::uint32_t seed) {
  Recorder device(fmt::format("long jobs {}", seed), MutationDevice(), MutationMemory());
  FillMemory(device, seed);
  std::mt19937_64 random(seed);
  const auto endings = Endings();
  const std::vector<std::uint64_t> values = {0xFFFFFFF0,
                                             0x0000FFFFFFFFFFE0,
                                             0x7FFFFFFF7FFFFFC0,
                                             0xFFFFFFFFFFFFFFC0,
                                             0x8000000080000000,
                                             0x5555555555555555,
                                             0xAAAAAAAAAAAAAA00};
  for (const std::uint64_t value : values)
    RunLongJob(device, endings.at(random() % endings.size()), value);
  for (const driver::CommandWords& ending : endings) {
    for (int i = 0; i < 3; ++i) {
      const std::uint64_t value = random();
      RunLongJob(device, ending, value);
      RunLongJob(device, ending, ~value);
    }
  }
  // One bit at a time, and all but one.
  for (unsigned bit = 4; bit < 64; ++bit) {
    const std::uint64_t value = std::uint64_t{1} << bit;
    RunLongJob(device, endings.at(bit % endings.size()), value);
  }
  return device.trace();
}

// A late part of a long list cannot be read.
Trace LongLists() {
  sim::MemoryParameters memory = MutationMemory();
  memory.latency_cycles = 40;
  Recorder device("long lists", MutationDevice(), memory);
  std::mt19937_64 random(3);
  driver::StampCommand stamp;
  stamp.address = 0x8000;
  const CommandList list(20, stamp.Encode());
  constexpr std::uint32_t kAddress = 0x40;
  device.WriteMemory(kAddress, list.data(), list.size() * driver::kCommandBytes);
  for (std::uint64_t burst = 1; burst < 5; ++burst) {
    for (unsigned bit = 3; bit < 32; ++bit) {
      device.AddFault({sim::Direction::kRead, sim::FaultKind::kSlaveError, burst, burst});
      device.WriteRegister(registers::kWatchdog, 0xFFFFFFFF);
      device.WriteRegister(registers::kCmdAddr, kAddress);
      device.WriteRegister(registers::kCmdCount, static_cast<std::uint32_t>(list.size()));
      device.WriteRegister(registers::kCtrl, registers::kCtrlStart);
      device.Run(10);
      device.PresetCounters(burst % 2 == 0 ? random() : std::uint64_t{1} << bit);
      device.Run(400);
      device.ClearFaults();
      ReadStatus(device);
      device.Reset();
    }
  }
  return device.trace();
}

// Commands of every kind, all good, with indices far on.
Trace LongPrograms() {
  Recorder device("long programs", MutationDevice(), MutationMemory());
  const LayerJob job = SmallJob(device);
  constexpr std::uint32_t kPatience = 0xFFFFFFFF;
  RunJob(device, job, kPatience);
  std::mt19937_64 random(4);
  for (int i = 0; i < 24; ++i) {
    device.WriteRegister(registers::kCtrl, registers::kCtrlStart);
    device.Run(10);
    device.PresetCounters(i % 2 == 0 ? random() : ~(random() & random() & random()));
    static_cast<void>(device.RunUntilIdle(kPatience));
  }
  return device.trace();
}

}  // namespace

std::vector<Trace> LongStimuli() {
  return {LongJobs(1), LongJobs(2), LongLists(), LongPrograms()};
}

}  // namespace denseshift::testing
