// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "golden/cycle/legal.h"

namespace denseshift::golden::cycle {
namespace {

bool IsIn(std::uint32_t value, std::uint32_t lowest, std::uint32_t highest) {
  return value >= lowest && value <= highest;
}

bool AreAligned(std::uint32_t address, std::uint32_t stride, std::uint32_t bus_bytes) {
  return ((address | stride) & (bus_bytes - 1U)) == 0;
}

bool IsLegalLoad(const Command& command, const Parameters& p) {
  const LoadFields load = DecodeLoad(command);
  const std::uint32_t fill_rows = load.top + load.bottom;
  if (!AreAligned(command.words[2], command.words[3], p.bus_bytes) || load.words == 0 ||
      load.rows + fill_rows == 0 || load.destination == 3 || !IsIn(load.tail, 1, p.bus_bytes))
    return false;
  const bool plain =
      load.rows == 1 && fill_rows + load.left + load.right == 0 && !Bit(command.words[5], 2);
  return load.destination == 0 || plain;
}

bool IsLegalWindow(const ComputeFields& f) {
  return f.runs_x != 0 && f.runs_y != 0 && f.columns != 0 && f.rows != 0 && f.tiles != 0;
}

bool IsLegalConv(const ComputeFields& f, const Parameters& p) {
  if (!IsLegalWindow(f) || f.run_len == 0 || f.stripes == 0 || f.steps == 0 || f.weight_words == 0)
    return false;
  if (!IsIn(f.stripe, 1, p.acc_depth) || !IsIn(f.last_stripe, 1, f.stripe) ||
      !IsIn(f.code_bits, 2, p.max_code_bits) || !IsIn(f.valid, 1, p.columns))
    return false;
  if (f.dual && (f.runs_x != 1 || !f.kernel_row_odd))
    return false;
  return (f.first && f.last) || (f.stripes == 1 && f.tiles == 1);
}

bool IsLegalVector(const ComputeFields& f, const Parameters& p) {
  return IsLegalWindow(f) && IsIn(f.valid, 1, p.VectorLanes()) && f.operation != 3 &&
         (f.operation != kAdditionOperation || f.runs_x * f.runs_y == 2);
}

bool IsLegalStore(const Command& command, const Parameters& p) {
  const StoreFields store = DecodeStore(command, p.bus_bytes);
  return AreAligned(command.words[2], command.words[3], p.bus_bytes) && store.rows != 0 &&
         store.words != 0 && store.head < p.bus_bytes && IsIn(store.tail, 1, p.bus_bytes);
}

}  // namespace

bool IsLegal(const Command& command, const Parameters& parameters) {
  if (Bits(command.words[0], 15, 8) != 1)
    return false;
  switch (command.opcode()) {
    case kLoad:
      return !command.signal_b() && IsLegalLoad(command, parameters);
    case kConv:
      return IsLegalConv(DecodeCompute(command), parameters);
    case kVector:
      return IsLegalVector(DecodeCompute(command), parameters);
    case kStore:
      return command.wait_b() == 0 && IsLegalStore(command, parameters);
    case kStamp:
      return command.wait_b() == 0 && AreAligned(command.words[2], 0, parameters.bus_bytes);
    default:
      return false;
  }
}

}  // namespace denseshift::golden::cycle
