// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "golden/cycle/command.h"

namespace denseshift::golden::cycle {

LoadFields DecodeLoad(const Command& command) {
  const auto& w = command.words;
  LoadFields load;
  load.rows = Bits(w[4], 15, 0);
  load.words = Bits(w[4], 31, 16);
  load.destination = Bits(w[5], 1, 0);
  load.fill = Bits(w[5], 15, 8);
  load.tail = Bits(w[5], 21, 16);
  load.left = Bits(w[6], 15, 0);
  load.right = Bits(w[6], 31, 16);
  load.top = Bits(w[7], 15, 0);
  load.bottom = Bits(w[7], 31, 16);
  load.pitch = Bits(w[8], 31, 16);
  return load;
}

ComputeFields DecodeCompute(const Command& command) {
  const auto& w = command.words;
  ComputeFields f;
  f.is_conv = command.opcode() == kConv;
  f.signal_a = command.signal_a();
  f.signal_b = command.signal_b();
  f.base = Bits(w[2], 15, 0);
  f.pitch = Bits(w[2], 31, 16);
  f.x0 = Bits(w[3], 23, 0);
  f.x_stride = Bits(w[4], 23, 0);
  f.row_stride_odd = Bit(w[4], 24);
  f.run_len = f.is_conv ? Bits(w[5], 15, 0) : 1;  // a tap is a run of one step
  f.kernel_row_step = Bits(w[5], 31, 16);
  f.runs_x = Bits(w[6], 7, 0);
  f.runs_y = Bits(w[6], 15, 8);
  f.row_stride = Bits(w[6], 31, 16);
  f.columns = Bits(w[7], 15, 0);
  f.rows = Bits(w[7], 31, 16);
  f.stripe = Bits(w[8], 15, 0);
  f.stripes = Bits(w[8], 31, 16);
  f.last_stripe = Bits(w[9], 15, 0);
  f.tiles = Bits(w[9], 31, 16);
  f.valid = Bits(w[10], 7, 0);
  f.code_bits = Bits(w[10], 10, 8);
  f.operation = Bits(w[10], 9, 8);
  f.dual = f.is_conv && Bit(w[10], 11);
  f.first = Bit(w[10], 12);
  f.last = Bit(w[10], 13);
  f.par = Bit(w[10], 14);
  f.steps = Bits(w[10], 31, 16);
  f.weight_base = Bits(w[11], 15, 0);
  f.weight_words = Bits(w[11], 31, 16);
  f.out_base = Bits(w[12], 23, 0);
  f.zero_out = static_cast<std::int8_t>(Bits(w[12], 31, 24));
  f.position_pitch = Bits(w[13], 15, 0);
  f.out_row_pitch = Bits(w[13], 31, 16);
  f.entry = Bits(w[14], 15, 0);
  f.lo = static_cast<std::int8_t>(Bits(w[14], 23, 16));
  f.hi = static_cast<std::int8_t>(Bits(w[14], 31, 24));
  f.run_step = Bits(w[15], 23, 0);
  f.kernel_row_odd = Bit(w[15], 24);
  return f;
}

StoreFields DecodeStore(const Command& command, std::uint32_t bus_bytes) {
  const auto& w = command.words;
  StoreFields store;
  store.is_stamp = command.opcode() == kStamp;
  store.rows = store.is_stamp ? 1 : Bits(w[4], 15, 0);
  store.words = store.is_stamp ? 1 : Bits(w[4], 31, 16);
  store.head = store.is_stamp ? 0 : Bits(w[5], 5, 0);
  store.tail = store.is_stamp ? bus_bytes : Bits(w[5], 21, 16);
  store.pitch = Bits(w[8], 31, 16);
  return store;
}

}  // namespace denseshift::golden::cycle
