// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include <type_traits>

#include "tests/mutation/job.h"
#include "tests/mutation/stimuli.h"

namespace denseshift::testing {

namespace {

constexpr std::uint32_t kWatchdog = 60;
constexpr std::uint64_t kLimitCycles = 60000;

// Bytes of one group of the activation buffer.
std::int64_t GroupBytes() {
  return MutationDevice().act_bytes / 2;
}

template <typename Command>
Command WithColumns(std::int64_t columns) {
  Command command;
  if constexpr (std::is_same_v<Command, driver::ConvCommand>) {
    command.valid_columns = columns;
    command.code_bits = 2;
  } else {
    command.valid_lanes = columns;
  }
  command.lo = -128;
  command.hi = 127;
  return command;
}

// Reads that end around the end of a group, or so far behind it that their address overflows.
Trace GroupEnds() {
  Recorder device("group ends", MutationDevice(), MutationMemory());
  FillMemory(device, 12);
  const auto run = [&](const auto& command) {
    RunList(device, {command.Encode()}, kWatchdog, kLimitCycles);
  };
  constexpr std::int64_t kAddresses = std::int64_t{1} << 24U;
  for (const std::int64_t end : {GroupBytes(), kAddresses}) {
    for (std::int64_t before = 1; before < 7; ++before) {
      for (std::int64_t lanes = 1; lanes <= MutationDevice().columns; ++lanes) {
        auto vector = WithColumns<driver::VectorCommand>(lanes);
        vector.x0 = end - before;
        run(vector);
      }
    }
  }
  // Two runs in different groups that end there; lanes take bytes of both at once.
  for (std::int64_t run_len = 1; run_len < 8; ++run_len) {
    for (std::int64_t before = 1; before < 12; ++before) {
      auto conv = WithColumns<driver::ConvCommand>(MutationDevice().columns);
      conv.run_len = run_len;
      conv.runs_y = 2;
      conv.kernel_row_odd = conv.dual = 1;
      conv.steps = (2 * run_len + MutationDevice().lanes - 1) / MutationDevice().lanes;
      conv.weight_words = (conv.steps + 1) / 2;
      conv.x0 = GroupBytes() - before;
      run(conv);
    }
  }
  return device.trace();
}

// Rows of many words with a tail, and what is read of their last word.
Trace LongRows() {
  Recorder device("long rows", MutationDevice(), MutationMemory());
  FillMemory(device, 13);
  for (std::int64_t words = 3; words < GroupBytes() / MutationDevice().bus_bytes;
       words = 2 * words - 1) {
    driver::LoadCommand load;
    load.rows = 1;
    load.words = words;
    load.tail = 3;
    load.fill = 0x5A;
    load.left = load.right = 1;
    load.signal_a = 1;
    auto vector = WithColumns<driver::VectorCommand>(MutationDevice().columns);
    vector.wait_a = 1;
    vector.act_base = words;
    vector.runs_x = 3;
    vector.run_step = 4;
    RunList(device, {load.Encode(), vector.Encode()}, kWatchdog, kLimitCycles);
  }
  return device.trace();
}

// Sweeps of many column tiles that begin anew for another stripe.
Trace ManyTiles() {
  Recorder device("many tiles", MutationDevice(), MutationMemory());
  FillMemory(device, 14);
  for (const std::int64_t tiles : {0x41, 0x7F, 0x282, 0x580}) {
    auto conv = WithColumns<driver::ConvCommand>(3);
    conv.column_tiles = tiles;
    conv.weight_words = (tiles + 1) / 2;
    conv.stripes = conv.out_columns = 3;
    RunList(device, {conv.Encode()}, kWatchdog, kLimitCycles);
  }
  return device.trace();
}

// A memory that accepts much and answers late: as many bursts are on the way as the device begins.
Trace ManyBursts() {
  sim::MemoryParameters memory = MutationMemory();
  memory.latency_cycles = 400;
  memory.max_outstanding_reads = memory.max_outstanding_writes = 64;
  Recorder device("many bursts", MutationDevice(), memory);
  FillMemory(device, 15);
  for (const std::int64_t words : {1, 5, 40}) {
    driver::LoadCommand load;
    load.address = 0x1000;
    load.rows = 40;
    load.row_stride = 0x400;
    load.words = load.pitch = words;
    load.tail = MutationDevice().bus_bytes;
    driver::StoreCommand store;
    store.address = 0x8000;
    store.rows = 40;
    store.row_stride = 0x400;
    store.words = store.pitch = words;
    store.tail = MutationDevice().bus_bytes;
    constexpr std::uint32_t kPatience = 1000;
    RunList(device, {load.Encode(), store.Encode()}, kPatience, kLimitCycles);
  }
  return device.trace();
}

}  // namespace

std::vector<Trace> EdgeStimuli() {
  return {GroupEnds(), LongRows(), ManyTiles(), ManyBursts()};
}

}  // namespace denseshift::testing
