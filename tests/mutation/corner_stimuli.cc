// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <random>
#include <vector>

#include "driver/compiler/weights.h"
#include "driver/registers.h"
#include "tests/mutation/job.h"
#include "tests/mutation/stimuli.h"

namespace denseshift::testing {

namespace registers = driver::registers;

namespace {

constexpr std::uint32_t kWatchdog = 60;
constexpr std::uint64_t kLimitCycles = 5000;

driver::VectorCommand OneTap() {
  driver::VectorCommand vector;
  vector.valid_lanes = MutationDevice().columns;
  vector.lo = -128;
  vector.hi = 127;
  return vector;
}

// The output of a command lies outside while the next one, which may lack parameters, is at work.
Trace LateWrites() {
  Recorder device("late writes", MutationDevice(), MutationMemory());
  FillMemory(device, 20);
  driver::VectorCommand outside = OneTap();
  outside.out_base = MutationDevice().out_bytes;
  outside.runs_x = 80;  // takes until the commands behind it are there
  driver::VectorCommand without_parameters = OneTap();
  without_parameters.parameter_base = 0xFFF0;
  driver::VectorCommand between = OneTap();
  for (between.runs_x = 0; between.runs_x < 8; ++between.runs_x) {
    for (const driver::VectorCommand& next : {OneTap(), without_parameters}) {
      CommandList list = {outside.Encode()};
      if (between.runs_x > 0)
        list.push_back(between.Encode());
      list.insert(list.end(), 3, next.Encode());
      RunList(device, list, kWatchdog, kLimitCycles);
      ReadStatus(device);
    }
  }
  return device.trace();
}

// One token too many, of a command far behind in its list.
Trace LateTokens() {
  Recorder device("late tokens", MutationDevice(), MutationMemory());
  FillMemory(device, 21);
  driver::VectorCommand gives = OneTap();
  gives.signal_b = 1;
  const CommandList list(258, gives.Encode());
  constexpr std::uint32_t kAddress = 0x40;
  device.WriteMemory(kAddress, list.data(), list.size() * driver::kCommandBytes);
  for (const std::uint64_t index : {0x00110000U, 0x00102000U, 0x00FF8000U}) {
    device.WriteRegister(registers::kCmdAddr, kAddress);
    device.WriteRegister(registers::kCmdCount, static_cast<std::uint32_t>(list.size()));
    device.WriteRegister(registers::kWatchdog, 0x7FFFFFFF);
    device.WriteRegister(registers::kCtrl, registers::kCtrlStart);
    device.Run(100);
    device.PresetCounters(index);
    device.Run(kLimitCycles);
    ReadStatus(device);
    device.Reset();
  }
  return device.trace();
}

// Addresses that are no multiples of 4.
Trace OddAddresses() {
  Recorder device("odd addresses", MutationDevice(), MutationMemory());
  std::mt19937 random(22);
  sim::HostPins host;
  host.rst_n = 1;
  host.bready = host.rready = 1;
  host.wstrb = 0xF;
  for (std::uint32_t bit = 2; bit < 12; ++bit) {
    for (std::uint32_t odd = 0; odd < 4; ++odd) {
      host.awaddr = host.araddr = (1U << bit) + odd;
      host.wdata = static_cast<std::uint32_t>(random());
      host.awvalid = host.wvalid = host.arvalid = 1;
      for (int cycle = 0; cycle < 6; ++cycle) {
        const sim::DevicePins& pins = device.Step(host);
        host.awvalid = host.awvalid != 0 && pins.awready == 0 ? 1 : 0;
        host.wvalid = host.wvalid != 0 && pins.wready == 0 ? 1 : 0;
        host.arvalid = host.arvalid != 0 && pins.arready == 0 ? 1 : 0;
      }
    }
  }
  return device.trace();
}

// Reads that would end in another group if one bit of their address were another.
Trace GroupBits() {
  Recorder device("group bits", MutationDevice(), MutationMemory());
  FillMemory(device, 23);
  driver::VectorCommand vector = OneTap();
  const std::int64_t group = MutationDevice().act_bytes / 2;
  for (std::int64_t below = 2; below < group; below *= 2) {
    for (std::int64_t before = 1; before < 6; ++before) {
      vector.x0 = std::max<std::int64_t>(group - below - before, 0);
      RunList(device, {vector.Encode()}, kWatchdog, kLimitCycles);
    }
  }
  return device.trace();
}

// Numbers of stripes that are 1 but for one bit; only the first stripes are run.
Trace StripeBits() {
  Recorder device("stripe bits", MutationDevice(), MutationMemory());
  FillMemory(device, 24);
  for (unsigned bit = 1; bit < 16; ++bit) {
    driver::ConvCommand conv;
    conv.valid_columns = MutationDevice().columns;
    conv.code_bits = 2;
    conv.lo = -128;
    conv.hi = 127;
    conv.stripe = 3;
    conv.stripes = 1 + (std::int64_t{1} << bit);
    RunList(device, {conv.Encode()}, kWatchdog, 80);
    device.Reset();
  }
  return device.trace();
}

// Lists of one command that just is, or just is not, legal.
Trace Legality() {
  Recorder device("legality", MutationDevice(), MutationMemory());
  FillMemory(device, 25);
  const auto run = [&](const auto& command) {
    RunList(device, {command.Encode()}, kWatchdog, kLimitCycles);
    static_cast<void>(device.ReadRegister(registers::kError));
  };
  for (unsigned some = 0; some < 8; ++some) {
    driver::LoadCommand load;
    load.address = 0x4000;
    load.words = 1;
    load.tail = 1;
    load.rows = some & 1U;
    load.top = some >> 1U & 1U;
    load.bottom = some >> 2U & 1U;
    run(load);
  }
  driver::VectorCommand addition = OneTap();
  for (addition.operation = 0; addition.operation < 4; ++addition.operation) {
    for (addition.runs_x = 1; addition.runs_x < 5; ++addition.runs_x) {
      for (addition.runs_y = 1; addition.runs_y < 5; ++addition.runs_y)
        run(addition);
    }
  }
  return device.trace();
}

// Every shift, with products that fill a byte after it.
Trace Shifts() {
  Recorder device("shifts", MutationDevice(), MutationMemory());
  FillMemory(device, 26);
  std::mt19937 random(26);
  constexpr int kHighest = 63;
  for (int shift = 0; shift <= kHighest; ++shift) {
    std::vector<driver::ParameterSet> sets(static_cast<std::size_t>(MutationDevice().columns));
    for (driver::ParameterSet& set : sets) {
      set.bias = static_cast<std::int32_t>(random() % 7) - 3;
      set.scale.multiplier =
          static_cast<std::uint16_t>(1U + random() % (1U << std::min(shift + 1, 15)));
      set.scale.shift = static_cast<std::uint8_t>(shift);
    }
    const std::vector<std::uint8_t> bytes = driver::PackParameters(sets);
    device.WriteMemory(kParameterSets, bytes.data(), bytes.size());
    driver::LoadCommand parameters;
    parameters.address = kParameterSets;
    parameters.destination = static_cast<std::int64_t>(driver::Destination::kParameter);
    parameters.rows = 1;
    parameters.words = static_cast<std::int64_t>(bytes.size()) / MutationDevice().bus_bytes;
    parameters.tail = MutationDevice().bus_bytes;
    parameters.signal_a = 1;
    driver::LoadCommand inputs = parameters;
    inputs.address = 0x4000;
    inputs.destination = static_cast<std::int64_t>(driver::Destination::kActivation);
    inputs.words = 8;
    driver::VectorCommand vector = OneTap();
    vector.wait_a = 2;
    vector.out_columns = 12;
    vector.x_stride = 4;
    vector.signal_b = 1;
    driver::StoreCommand store;
    store.address = 0x8000;
    store.tail = MutationDevice().bus_bytes;
    store.words = 12;
    store.wait_a = 1;
    RunList(device,
            {parameters.Encode(), inputs.Encode(), vector.Encode(), store.Encode()},
            kWatchdog,
            kLimitCycles);
  }
  return device.trace();
}

}  // namespace

std::vector<Trace> CornerStimuli() {
  return {
      LateWrites(), LateTokens(), OddAddresses(), GroupBits(), StripeBits(), Legality(), Shifts()};
}

}  // namespace denseshift::testing
