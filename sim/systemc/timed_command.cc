// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/systemc/timed_command.h"

namespace denseshift::systemc {
namespace {

void SetHeader(const sim::CommandWords& words, driver::CommandHeader& header) {
  const sim::CommandHeader from = sim::DecodeHeader(words);
  header.wait_a = from.wait_a;
  header.wait_b = from.wait_b;
  header.signal_a = from.signal_a ? 1 : 0;
  header.signal_b = from.signal_b ? 1 : 0;
  header.layer = words[1] & 0xFFFFU;
  header.tile = words[1] >> 16U;
}

void SetWindow(const sim::WindowFields& from, driver::WindowCommand& window) {
  window.act_base = from.base;
  window.pitch = from.pitch;
  window.x0 = from.x0;
  window.x_stride = from.x_stride;
  window.row_stride_odd = from.row_stride_odd ? 1 : 0;
  window.kernel_row_step = from.kernel_row_step;
  window.runs_x = from.runs_x;
  window.runs_y = from.runs_y;
  window.row_stride = from.row_stride;
  window.out_columns = from.output_columns;
  window.out_rows = from.output_rows;
  window.par = from.par;
  window.out_base = from.output_base;
  window.zero_out = from.zero_out;
  window.position_pitch = from.output_position_pitch;
  window.out_row_pitch = from.output_row_pitch;
  window.parameter_base = from.parameter_base;
  window.lo = from.lo;
  window.hi = from.hi;
  window.run_step = from.run_step;
  window.kernel_row_odd = from.kernel_row_odd ? 1 : 0;
}

driver::LoadCommand ToLoad(const sim::CommandWords& words) {
  const sim::LoadCommand from = sim::DecodeLoad(words);
  driver::LoadCommand load;
  SetHeader(words, load);
  load.address = from.address;
  load.row_stride = from.row_stride;
  load.rows = from.rows;
  load.words = from.words_per_row;
  load.destination = from.destination;
  load.par = from.par;
  load.fill = from.fill;
  load.tail = from.tail;
  load.left = from.left;
  load.right = from.right;
  load.top = from.top;
  load.bottom = from.bottom;
  load.base = from.base;
  load.pitch = from.pitch;
  return load;
}

driver::ConvCommand ToConv(const sim::CommandWords& words) {
  const sim::ConvCommand from = sim::DecodeConv(words);
  driver::ConvCommand conv;
  SetHeader(words, conv);
  SetWindow(from.window, conv);
  conv.run_len = from.window.run_length;
  conv.stripe = from.stripe_length;
  conv.stripes = from.stripes;
  conv.last_stripe = from.last_stripe_length;
  conv.column_tiles = from.column_tiles;
  conv.valid_columns = from.valid_columns;
  conv.code_bits = from.code_bits;
  conv.dual = from.dual ? 1 : 0;
  conv.first = from.first ? 1 : 0;
  conv.last = from.last ? 1 : 0;
  conv.steps = from.steps;
  conv.weight_base = from.weight_base;
  conv.weight_words = from.weight_words;
  return conv;
}

driver::VectorCommand ToVector(const sim::CommandWords& words) {
  const sim::VectorCommand from = sim::DecodeVector(words);
  driver::VectorCommand vector;
  SetHeader(words, vector);
  SetWindow(from.window, vector);
  vector.groups = from.channel_groups;
  vector.valid_lanes = from.valid_lanes;
  vector.operation = from.operation;
  return vector;
}

driver::StoreCommand ToStore(const sim::CommandWords& words) {
  const sim::StoreCommand from = sim::DecodeStore(words);
  driver::StoreCommand store;
  SetHeader(words, store);
  store.address = from.address;
  store.row_stride = from.row_stride;
  store.rows = from.rows;
  store.words = from.words_per_row;
  store.head = from.head;
  store.tail = from.tail;
  store.base = from.base;
  store.pitch = from.pitch;
  return store;
}

driver::StampCommand ToStamp(const sim::CommandWords& words) {
  driver::StampCommand stamp;
  SetHeader(words, stamp);
  stamp.address = sim::DecodeStamp(words).address;
  return stamp;
}

}  // namespace

driver::Command ToTimedCommand(const sim::CommandWords& words) {
  switch (sim::DecodeHeader(words).opcode) {
    case sim::Opcode::kLoad:
      return ToLoad(words);
    case sim::Opcode::kConv:
      return ToConv(words);
    case sim::Opcode::kVector:
      return ToVector(words);
    case sim::Opcode::kStore:
      return ToStore(words);
    case sim::Opcode::kStamp:
      break;
  }
  return ToStamp(words);
}

}  // namespace denseshift::systemc
