// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/functional/command.h"

namespace denseshift::sim {
namespace {

// Bits [high:low] of a word.
std::uint32_t Bits(std::uint32_t word, unsigned high, unsigned low) {
  const std::uint64_t mask = (std::uint64_t{1} << (high - low + 1)) - 1;
  return static_cast<std::uint32_t>((word >> low) & mask);
}

bool Bit(std::uint32_t word, unsigned position) {
  return Bits(word, position, position) != 0;
}

int SignedByte(std::uint32_t byte) {
  return static_cast<std::int8_t>(byte);
}

WindowFields DecodeWindow(const CommandWords& w) {
  WindowFields window;
  window.base = Bits(w[2], 15, 0);
  window.pitch = Bits(w[2], 31, 16);
  window.x0 = Bits(w[3], 23, 0);
  window.x_stride = Bits(w[4], 23, 0);
  window.row_stride_odd = Bit(w[4], 24);
  window.run_length = Bits(w[5], 15, 0);
  window.kernel_row_step = Bits(w[5], 31, 16);
  window.runs_x = Bits(w[6], 7, 0);
  window.runs_y = Bits(w[6], 15, 8);
  window.row_stride = Bits(w[6], 31, 16);
  window.output_columns = Bits(w[7], 15, 0);
  window.output_rows = Bits(w[7], 31, 16);
  window.par = Bits(w[10], 14, 14);
  window.output_base = Bits(w[12], 23, 0);
  window.zero_out = SignedByte(Bits(w[12], 31, 24));
  window.output_position_pitch = Bits(w[13], 15, 0);
  window.output_row_pitch = Bits(w[13], 31, 16);
  window.parameter_base = Bits(w[14], 15, 0);
  window.lo = SignedByte(Bits(w[14], 23, 16));
  window.hi = SignedByte(Bits(w[14], 31, 24));
  window.run_step = Bits(w[15], 23, 0);
  window.kernel_row_odd = Bit(w[15], 24);
  return window;
}

bool IsBetween(std::uint32_t value, std::uint32_t lowest, int highest) {
  return value >= lowest && value <= static_cast<std::uint32_t>(highest);
}

bool IsWordAligned(std::uint32_t address, const DeviceParameters& parameters) {
  return address % static_cast<std::uint32_t>(parameters.bus_bytes) == 0;
}

bool IsLegalLoad(const LoadCommand& load, const DeviceParameters& parameters) {
  if (!IsWordAligned(load.address, parameters) || !IsWordAligned(load.row_stride, parameters)) {
    return false;
  }
  if (load.rows + load.top + load.bottom == 0 || load.words_per_row == 0) {
    return false;
  }
  if (!IsBetween(load.tail, 1, parameters.bus_bytes) || load.destination > 2) {
    return false;
  }
  const bool is_activation = load.destination == 0;
  const bool is_filled = load.left + load.right + load.top + load.bottom != 0;
  return is_activation || (load.rows == 1 && !is_filled && load.par == 0);
}

bool IsLegalWindow(const WindowFields& window) {
  return window.runs_x >= 1 && window.runs_y >= 1 && window.output_columns >= 1 &&
         window.output_rows >= 1;
}

bool IsLegalConv(const ConvCommand& conv, const DeviceParameters& parameters) {
  if (!IsLegalWindow(conv.window) || conv.window.run_length == 0) {
    return false;
  }
  if (conv.stripes == 0 || conv.column_tiles == 0 || conv.steps == 0 || conv.weight_words == 0) {
    return false;
  }
  if (!IsBetween(conv.stripe_length, 1, parameters.acc_depth) || conv.last_stripe_length == 0 ||
      conv.last_stripe_length > conv.stripe_length) {
    return false;
  }
  if (!IsBetween(conv.code_bits, 2, parameters.max_code_bits) ||
      !IsBetween(conv.valid_columns, 1, parameters.columns)) {
    return false;
  }
  if (conv.dual && (conv.window.runs_x != 1 || !conv.window.kernel_row_odd)) {
    return false;
  }
  const bool is_whole_sum = conv.first && conv.last;
  return is_whole_sum || (conv.stripes == 1 && conv.column_tiles == 1);
}

bool IsLegalVector(const VectorCommand& vector, const DeviceParameters& parameters) {
  const int valid_limit =
      parameters.lanes < parameters.columns ? parameters.lanes : parameters.columns;
  if (!IsLegalWindow(vector.window) || vector.channel_groups == 0 ||
      !IsBetween(vector.valid_lanes, 1, valid_limit) || vector.operation > 2) {
    return false;
  }
  const bool is_addition =
      vector.operation == static_cast<std::uint32_t>(VectorOperation::kAddition);
  return !is_addition || vector.window.runs_x * vector.window.runs_y == 2;
}

bool IsLegalStore(const StoreCommand& store, const DeviceParameters& parameters) {
  return IsWordAligned(store.address, parameters) && IsWordAligned(store.row_stride, parameters) &&
         store.rows >= 1 && store.words_per_row >= 1 &&
         store.head < static_cast<std::uint32_t>(parameters.bus_bytes) &&
         IsBetween(store.tail, 1, parameters.bus_bytes);
}

}  // namespace

CommandHeader DecodeHeader(const CommandWords& words) {
  CommandHeader header;
  header.opcode = static_cast<Opcode>(Bits(words[0], 7, 0));
  header.version = Bits(words[0], 15, 8);
  header.wait_a = Bits(words[0], 19, 16);
  header.wait_b = Bits(words[0], 23, 20);
  header.signal_a = Bit(words[0], 24);
  header.signal_b = Bit(words[0], 25);
  return header;
}

LoadCommand DecodeLoad(const CommandWords& words) {
  LoadCommand load;
  load.address = words[2];
  load.row_stride = words[3];
  load.rows = Bits(words[4], 15, 0);
  load.words_per_row = Bits(words[4], 31, 16);
  load.destination = Bits(words[5], 1, 0);
  load.par = Bits(words[5], 2, 2);
  load.fill = static_cast<std::uint8_t>(Bits(words[5], 15, 8));
  load.tail = Bits(words[5], 21, 16);
  load.left = Bits(words[6], 15, 0);
  load.right = Bits(words[6], 31, 16);
  load.top = Bits(words[7], 15, 0);
  load.bottom = Bits(words[7], 31, 16);
  load.base = Bits(words[8], 15, 0);
  load.pitch = Bits(words[8], 31, 16);
  return load;
}

ConvCommand DecodeConv(const CommandWords& words) {
  ConvCommand conv;
  conv.window = DecodeWindow(words);
  conv.stripe_length = Bits(words[8], 15, 0);
  conv.stripes = Bits(words[8], 31, 16);
  conv.last_stripe_length = Bits(words[9], 15, 0);
  conv.column_tiles = Bits(words[9], 31, 16);
  conv.valid_columns = Bits(words[10], 7, 0);
  conv.code_bits = Bits(words[10], 10, 8);
  conv.dual = Bit(words[10], 11);
  conv.first = Bit(words[10], 12);
  conv.last = Bit(words[10], 13);
  conv.steps = Bits(words[10], 31, 16);
  conv.weight_base = Bits(words[11], 15, 0);
  conv.weight_words = Bits(words[11], 31, 16);
  return conv;
}

VectorCommand DecodeVector(const CommandWords& words) {
  VectorCommand vector;
  vector.window = DecodeWindow(words);
  vector.channel_groups = Bits(words[9], 31, 16);
  vector.valid_lanes = Bits(words[10], 7, 0);
  vector.operation = Bits(words[10], 9, 8);
  return vector;
}

StoreCommand DecodeStore(const CommandWords& words) {
  StoreCommand store;
  store.address = words[2];
  store.row_stride = words[3];
  store.rows = Bits(words[4], 15, 0);
  store.words_per_row = Bits(words[4], 31, 16);
  store.head = Bits(words[5], 5, 0);
  store.tail = Bits(words[5], 21, 16);
  store.base = Bits(words[8], 15, 0);
  store.pitch = Bits(words[8], 31, 16);
  return store;
}

StampCommand DecodeStamp(const CommandWords& words) {
  return {words[2]};
}

bool IsLegal(const CommandWords& words, const DeviceParameters& parameters) {
  const CommandHeader header = DecodeHeader(words);
  if (header.version != 1) {
    return false;
  }
  switch (header.opcode) {
    case Opcode::kLoad:
      return !header.signal_b && IsLegalLoad(DecodeLoad(words), parameters);
    case Opcode::kConv:
      return IsLegalConv(DecodeConv(words), parameters);
    case Opcode::kVector:
      return IsLegalVector(DecodeVector(words), parameters);
    case Opcode::kStore:
      return header.wait_b == 0 && IsLegalStore(DecodeStore(words), parameters);
    case Opcode::kStamp:
      return header.wait_b == 0 && IsWordAligned(DecodeStamp(words).address, parameters);
    default:
      return false;
  }
}

}  // namespace denseshift::sim
