// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include <algorithm>

#include "tests/mutation/job.h"
#include "tests/mutation/stimuli.h"

namespace denseshift::testing {

namespace {

constexpr std::uint32_t kWatchdog = 300;
constexpr std::uint64_t kLimitCycles = 60000;

driver::LoadCommand LoadWeights(std::int64_t words) {
  driver::LoadCommand load;
  load.address = 0x1000;
  load.destination = 1;
  load.rows = 1;
  load.words = words;
  load.tail = MutationDevice().bus_bytes;
  load.signal_a = 1;
  return load;
}

// One tile of one step at one position; the counts are set by those who use it.
driver::ConvCommand Conv() {
  driver::ConvCommand conv;
  conv.wait_a = 1;
  conv.signal_b = 1;
  conv.valid_columns = MutationDevice().columns;
  conv.code_bits = 2;
  conv.lo = -128;
  conv.hi = 127;
  return conv;
}

driver::VectorCommand Vector() {
  driver::VectorCommand vector;
  vector.valid_lanes = 2;
  vector.lo = -128;
  vector.hi = 127;
  vector.signal_b = 1;
  return vector;
}

driver::StoreCommand Store(std::int64_t rows, std::int64_t words) {
  driver::StoreCommand store;
  store.wait_a = 1;
  store.address = 0x9000;
  store.rows = rows;
  store.words = words;
  store.tail = MutationDevice().bus_bytes;
  return store;
}

// Counts with a few high bits run to their end; nothing else is large.
Trace VectorCounts() {
  Recorder device("vector counts", MutationDevice(), MutationMemory());
  FillMemory(device, 3);
  for (const std::int64_t count : {0x1083, 0x2110, 0x4A01}) {
    driver::VectorCommand columns = Vector();
    columns.out_columns = count;
    driver::VectorCommand rows = Vector();
    rows.out_rows = count;
    driver::VectorCommand groups = Vector();
    groups.groups = 0x1083;
    driver::VectorCommand taps = Vector();
    taps.runs_x = 200;
    taps.runs_y = count % 251;
    for (const driver::VectorCommand& command : {columns, rows, groups, taps})
      RunList(device, {command.Encode(), Store(1, 3).Encode()}, kWatchdog, kLimitCycles);
  }
  return device.trace();
}

Trace ConvCounts() {
  Recorder device("convolution counts", MutationDevice(), MutationMemory());
  FillMemory(device, 4);
  const auto run = [&](const driver::ConvCommand& conv) {
    RunList(device,
            {LoadWeights(conv.weight_words).Encode(), conv.Encode(), Store(1, 3).Encode()},
            kWatchdog,
            kLimitCycles);
  };
  for (const std::int64_t count : {0x0483, 0x0910, 0x1241}) {
    driver::ConvCommand steps = Conv();
    steps.run_len = count * MutationDevice().lanes;
    steps.steps = count;
    steps.weight_words = (count + 1) / 2;
    run(steps);
    driver::ConvCommand tiles = Conv();
    tiles.column_tiles = count;
    tiles.weight_words = (count + 1) / 2;
    tiles.valid_columns = 3;
    run(tiles);
    driver::ConvCommand stripes = Conv();
    stripes.stripes = count;
    stripes.out_columns = count;
    run(stripes);
  }
  driver::ConvCommand positions = Conv();
  positions.stripe = MutationDevice().acc_depth;
  positions.stripes = 65;
  positions.last_stripe = 7;
  positions.out_columns = 64 * MutationDevice().acc_depth + 7;
  run(positions);
  return device.trace();
}

Trace TransferCounts() {
  Recorder device("transfer counts", MutationDevice(), MutationMemory());
  FillMemory(device, 5);
  for (const std::int64_t count : {0x0483, 0x0910, 0x1201}) {
    RunList(device,
            {LoadWeights(std::min<std::int64_t>(count, 4096)).Encode()},
            kWatchdog,
            kLimitCycles);
    driver::LoadCommand load = LoadWeights(1);
    load.destination = 0;
    load.fill = 0x5A;
    const auto run = [&](driver::LoadCommand command) {
      RunList(device, {command.Encode()}, kWatchdog, kLimitCycles);
    };
    driver::LoadCommand rows = load;
    rows.rows = count;
    run(rows);
    driver::LoadCommand left = load;
    left.left = count;
    run(left);
    driver::LoadCommand right = load;
    right.right = count;
    run(right);
    driver::LoadCommand top = load;
    top.top = count;
    run(top);
    driver::LoadCommand bottom = load;
    bottom.bottom = count;
    run(bottom);
    driver::StoreCommand store = Store(count, 1);
    store.wait_a = 0;
    RunList(device, {store.Encode()}, kWatchdog, kLimitCycles);
    store = Store(1, count);
    store.wait_a = 0;
    RunList(device, {store.Encode()}, kWatchdog, kLimitCycles);
  }
  return device.trace();
}

}  // namespace

std::vector<Trace> CountStimuli() {
  return {VectorCounts(), ConvCounts(), TransferCounts()};
}

}  // namespace denseshift::testing
