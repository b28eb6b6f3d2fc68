// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_TESTS_GOLDEN_CYCLE_COMMANDS_H_
#define DENSESHIFT_TESTS_GOLDEN_CYCLE_COMMANDS_H_

#include <cstdint>

#include "golden/cycle/command.h"
#include "golden/cycle/parameters.h"

// Small legal commands and a small build for the tests of the units.
namespace denseshift::golden::cycle::testing {

// 4x4, a bus of 8 bytes: a group is the whole tile.
inline Parameters SmallParameters() {
  Parameters p;
  p.lanes = 4;
  p.columns = 4;
  p.acc_depth = 16;
  p.bus_bytes = 8;
  p.act_bytes = 1024;
  p.wgt_bytes = 512;
  p.out_bytes = 512;
  p.param_entries = 4;
  return p;
}

constexpr std::uint32_t Halves(std::uint32_t low, std::uint32_t high) {
  return low | high << 16U;
}

inline Command MakeCommand(std::uint32_t opcode) {
  Command command;
  command.words[0] = opcode | 1U << 8U;
  return command;
}

// Rows of words into the activation buffer, from word `base` on.
inline Command LoadRows(std::uint32_t address,
                        std::uint32_t rows,
                        std::uint32_t words,
                        std::uint32_t base) {
  Command command = MakeCommand(kLoad);
  command.words[2] = address;
  command.words[3] = 0x100;
  command.words[4] = Halves(rows, words);
  command.words[5] = 8U << 16U;  // tail
  command.words[8] = Halves(base, words);
  return command;
}

// 1x1 convolution of `positions` columns with one step, its outputs at byte 0.
inline Command OneStepConv(std::uint32_t positions) {
  Command command = MakeCommand(kConv);
  command.words[4] = 4;                         // x stride
  command.words[5] = Halves(4, 0);              // run length
  command.words[6] = Halves(1U | 1U << 8U, 0);  // one run
  command.words[7] = Halves(positions, 1);
  command.words[8] = Halves(positions, 1);
  command.words[9] = Halves(positions, 1);
  command.words[10] = 4U | 4U << 8U | 1U << 12U | 1U << 13U | 1U << 16U;
  command.words[11] = Halves(0, 8);
  command.words[13] = Halves(4, 0);
  command.words[14] = 0x7F800000;
  return command;
}

// Maximum over a row of `taps`, one output.
inline Command MaximumOf(std::uint32_t taps) {
  Command command = MakeCommand(kVector);
  command.words[6] = Halves(taps | 1U << 8U, 0);
  command.words[7] = Halves(1, 1);
  command.words[9] = Halves(0, 1);
  command.words[10] = 4;
  command.words[14] = 0x7F800000;
  command.words[15] = 4;  // run step
  return command;
}

inline Command StoreRows(std::uint32_t address, std::uint32_t rows, std::uint32_t words) {
  Command command = MakeCommand(kStore);
  command.words[2] = address;
  command.words[3] = 0x100;
  command.words[4] = Halves(rows, words);
  command.words[5] = 8U << 16U;
  command.words[8] = Halves(0, words);
  return command;
}

}  // namespace denseshift::golden::cycle::testing

#endif  // DENSESHIFT_TESTS_GOLDEN_CYCLE_COMMANDS_H_
