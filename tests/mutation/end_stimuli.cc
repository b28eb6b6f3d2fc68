// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "tests/mutation/job.h"
#include "tests/mutation/stimuli.h"

namespace denseshift::testing {

namespace {

constexpr std::uint32_t kWatchdog = 60;
constexpr std::uint64_t kLimitCycles = 20000;

driver::LoadCommand Load(int destination, std::int64_t base) {
  driver::LoadCommand load;
  load.address = 0x4000;
  load.destination = destination;
  load.rows = 1;
  load.words = 3;
  load.tail = MutationDevice().bus_bytes;
  load.base = base;
  return load;
}

driver::VectorCommand Vector() {
  driver::VectorCommand vector;
  vector.valid_lanes = MutationDevice().columns;
  vector.lo = -128;
  vector.hi = 127;
  return vector;
}

driver::ConvCommand Conv() {
  driver::ConvCommand conv;
  conv.valid_columns = MutationDevice().columns;
  conv.code_bits = 2;
  conv.lo = -128;
  conv.hi = 127;
  return conv;
}

driver::StoreCommand Store(std::int64_t base) {
  driver::StoreCommand store;
  store.address = 0x9000;
  store.words = 3;
  store.tail = MutationDevice().bus_bytes;
  store.base = base;
  return store;
}

template <typename Command>
void Run(Recorder& device, const Command& command) {
  RunList(device, {command.Encode()}, kWatchdog, kLimitCycles);
}

// Transfers with `words` in every field that counts words of a buffer.
void TransferAt(Recorder& device, std::int64_t words) {
  for (int destination = 0; destination < 3; ++destination)
    Run(device, Load(destination, words));
  driver::LoadCommand load = Load(0, 1);
  load.rows = 4;
  load.pitch = words;
  Run(device, load);
  Run(device, Store(words));
  driver::StoreCommand store = Store(1);
  store.rows = 3;
  store.pitch = words;
  Run(device, store);
}

// The same for what computes.
void ComputeAt(Recorder& device, std::int64_t words) {
  driver::VectorCommand vector = Vector();
  vector.act_base = words;
  Run(device, vector);
  vector.act_base = 0;
  vector.parameter_base = words;
  Run(device, vector);
  vector.parameter_base = 0;
  vector.pitch = words;
  vector.out_rows = 3;
  vector.row_stride_odd = 1;
  Run(device, vector);
  vector.pitch = 0;
  vector.row_stride = words;
  Run(device, vector);
  vector.row_stride = 0;
  vector.out_row_pitch = words;
  Run(device, vector);
  vector.out_row_pitch = 0;
  vector.out_columns = 3;
  vector.position_pitch = words;
  Run(device, vector);
  driver::ConvCommand conv = Conv();
  conv.weight_base = words;
  Run(device, conv);
}

// The same for fields of 24 bits.
void ComputeAtByte(Recorder& device, std::int64_t bytes) {
  driver::VectorCommand vector = Vector();
  vector.out_base = bytes - 1;
  Run(device, vector);
  vector.out_base = 0;
  vector.x0 = bytes - 2;
  Run(device, vector);
  vector.x0 = 1;
  vector.out_columns = 3;
  vector.x_stride = bytes;
  Run(device, vector);
  vector.x_stride = 0;
  vector.runs_x = 3;
  vector.run_step = bytes;
  Run(device, vector);
}

// Every address of a buffer that has one bit set, and the ones around it: those behind the buffer's
// end must be found, whichever bit says so.
Trace BufferEnds() {
  Recorder device("buffer ends", MutationDevice(), MutationMemory());
  FillMemory(device, 9);
  for (unsigned bit = 1; bit < 16; ++bit) {
    const std::int64_t power = std::int64_t{1} << bit;
    for (const std::int64_t words : {power - 2, power, 3 * power & 0xFFFF}) {
      TransferAt(device, words);
      ComputeAt(device, words);
    }
  }
  for (unsigned bit = 3; bit < 24; ++bit)
    ComputeAtByte(device, std::int64_t{1} << bit);
  return device.trace();
}

// Two errors some cycles apart, also none: which of them is reported, and with whose index.
Trace ErrorsMeet() {
  Recorder device("errors meet", MutationDevice(), MutationMemory());
  FillMemory(device, 10);
  driver::VectorCommand bad_output = Vector();
  bad_output.out_base = 0x100000;
  driver::VectorCommand bad_parameter = Vector();
  bad_parameter.parameter_base = 0x8000;
  driver::VectorCommand bad_input = Vector();
  bad_input.x0 = 0x800000;
  driver::ConvCommand bad_weight = Conv();
  bad_weight.weight_base = 0x8000;
  const std::vector<driver::CommandWords> bad = {bad_output.Encode(),
                                                 bad_parameter.Encode(),
                                                 bad_input.Encode(),
                                                 bad_weight.Encode(),
                                                 Load(1, 0xFFFF).Encode(),
                                                 Store(0xFFFF).Encode()};
  for (const driver::CommandWords& first : bad) {
    for (const driver::CommandWords& second : bad) {
      for (std::int64_t between = 0; between < 7; ++between) {
        CommandList list = {Vector().Encode(), first};
        if (between > 0) {
          driver::VectorCommand pause = Vector();
          pause.out_columns = between;
          list.push_back(pause.Encode());
        }
        list.push_back(second);
        RunList(device, list, kWatchdog, kLimitCycles);
      }
    }
  }
  return device.trace();
}

// A long sweep is followed by a short one, which finds the unpacker where the long one left it.
Trace SweepsInARow() {
  Recorder device("sweeps in a row", MutationDevice(), MutationMemory());
  FillMemory(device, 11);
  driver::LoadCommand weights = Load(1, 0);
  weights.words = 40;
  weights.signal_a = 1;
  driver::ConvCommand last = Conv();
  last.run_len = 9;
  last.steps = 3;
  last.weight_words = 2;
  last.out_columns = last.stripe = last.last_stripe = 2;
  last.x_stride = 1;
  last.position_pitch = 4;
  last.signal_b = 1;
  for (const std::int64_t count : {2, 3, 5, 18, 33, 50, 129, 260, 515, 1030}) {
    driver::ConvCommand stripes = Conv();
    stripes.wait_a = 1;
    stripes.stripes = stripes.out_columns = count;
    driver::ConvCommand tiles = Conv();
    tiles.wait_a = 1;
    tiles.column_tiles = count % 70 + 1;
    tiles.weight_words = (tiles.column_tiles + 1) / 2;
    driver::ConvCommand steps = Conv();
    steps.wait_a = 1;
    steps.steps = count % 70 + 1;
    steps.run_len = steps.steps * MutationDevice().lanes;
    steps.weight_words = (steps.steps + 1) / 2;
    for (const driver::ConvCommand& first : {stripes, tiles, steps}) {
      driver::StoreCommand store = Store(0);
      store.wait_a = 1;
      RunList(device,
              {weights.Encode(), first.Encode(), last.Encode(), store.Encode()},
              kWatchdog,
              kLimitCycles);
      ReadStatus(device);
    }
  }
  return device.trace();
}

}  // namespace

std::vector<Trace> EndStimuli() {
  return {BufferEnds(), ErrorsMeet(), SweepsInARow()};
}

}  // namespace denseshift::testing
