// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "tests/rtl/command.h"

#include <algorithm>

namespace denseshift::rtl {
namespace {

void EncodeWalk(const Walk& walk, Command& command) {
  command.Set(2, 0, 16, walk.base).Set(2, 16, 16, walk.pitch);
  command.Set(3, 0, 24, walk.x0);
  command.Set(4, 0, 24, walk.x_stride).Set(4, 24, 1, walk.row_stride % 2);
  command.Set(5, 16, 16, (walk.kernel_step >> 1) * walk.pitch);
  command.Set(6, 0, 8, walk.runs_x).Set(6, 8, 8, walk.runs_y);
  command.Set(6, 16, 16, (walk.row_stride >> 1) * walk.pitch);
  command.Set(7, 0, 16, walk.columns).Set(7, 16, 16, walk.rows);
  command.Set(10, 14, 1, walk.parity);
  command.Set(12, 0, 24, walk.out_base);
  command.Set(12, 24, 8, static_cast<std::uint32_t>(walk.zero_out));
  command.Set(13, 0, 16, walk.position_pitch).Set(13, 16, 16, walk.row_pitch);
  command.Set(14, 0, 16, walk.parameter_base);
  command.Set(14, 16, 8, static_cast<std::uint32_t>(walk.lo));
  command.Set(14, 24, 8, static_cast<std::uint32_t>(walk.hi));
  command.Set(15, 0, 24, walk.run_step).Set(15, 24, 1, walk.kernel_step % 2);
}

}  // namespace

Command MakeCommand(Opcode opcode) {
  Command command;
  command.Set(0, 0, 8, static_cast<std::uint32_t>(opcode)).Set(0, 8, 8, 1);
  return command;
}

void Conv::SplitInto(std::uint32_t p) {
  stripe = std::min(p, Positions());
  stripes = (Positions() + stripe - 1) / stripe;
  last_stripe = Positions() - (stripes - 1) * stripe;
}

Command Conv::Encode() const {
  Command command = MakeCommand(Opcode::kConv);
  EncodeWalk(*this, command);
  command.Set(5, 0, 16, run_length);
  command.Set(8, 0, 16, stripe).Set(8, 16, 16, stripes);
  command.Set(9, 0, 16, last_stripe).Set(9, 16, 16, tiles);
  command.Set(10, 0, 8, valid).Set(10, 8, 3, bits).Set(10, 11, 1, dual ? 1 : 0);
  command.Set(10, 12, 1, first ? 1 : 0).Set(10, 13, 1, last ? 1 : 0).Set(10, 16, 16, steps);
  command.Set(11, 0, 16, weight_base).Set(11, 16, 16, weight_words);
  return command;
}

Command Vector::Encode() const {
  Command command = MakeCommand(Opcode::kVector);
  EncodeWalk(*this, command);
  command.Set(9, 16, 16, groups);
  command.Set(10, 0, 8, valid).Set(10, 8, 2, static_cast<std::uint32_t>(operation));
  return command;
}

Command Load::Encode() const {
  Command command = MakeCommand(Opcode::kLoad);
  command.Set(2, 0, 32, address).Set(3, 0, 32, stride);
  command.Set(4, 0, 16, rows).Set(4, 16, 16, words);
  command.Set(5, 0, 2, static_cast<std::uint32_t>(destination)).Set(5, 2, 1, parity);
  command.Set(5, 8, 8, fill).Set(5, 16, 6, tail);
  command.Set(6, 0, 16, left).Set(6, 16, 16, right);
  command.Set(7, 0, 16, top).Set(7, 16, 16, bottom);
  command.Set(8, 0, 16, base).Set(8, 16, 16, pitch);
  return command;
}

Command Store::Encode() const {
  Command command = MakeCommand(Opcode::kStore);
  command.Set(2, 0, 32, address).Set(3, 0, 32, stride);
  command.Set(4, 0, 16, rows).Set(4, 16, 16, words);
  command.Set(5, 0, 6, head).Set(5, 16, 6, tail);
  command.Set(8, 0, 16, base).Set(8, 16, 16, pitch);
  return command;
}

Command EncodeStamp(std::uint32_t address) {
  Command command = MakeCommand(Opcode::kStamp);
  command.Set(2, 0, 32, address);
  return command;
}

}  // namespace denseshift::rtl
