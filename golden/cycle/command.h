// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_GOLDEN_CYCLE_COMMAND_H_
#define DENSESHIFT_GOLDEN_CYCLE_COMMAND_H_

#include <array>
#include <cstdint>

#include "golden/cycle/bits.h"

namespace denseshift::golden::cycle {

enum Opcode : std::uint32_t { kLoad = 1, kConv = 2, kVector = 3, kStore = 4, kStamp = 5 };

// A command in a queue: words w0..w15 and its index in the list.
struct Command {
  std::array<std::uint32_t, 16> words{};
  std::uint32_t index = 0;

  [[nodiscard]] std::uint32_t opcode() const { return Bits(words[0], 7, 0); }

  [[nodiscard]] std::uint32_t wait_a() const { return Bits(words[0], 19, 16); }

  [[nodiscard]] std::uint32_t wait_b() const { return Bits(words[0], 23, 20); }

  [[nodiscard]] bool signal_a() const { return Bit(words[0], 24); }

  [[nodiscard]] bool signal_b() const { return Bit(words[0], 25); }
};

constexpr unsigned kCommandBits = 544;  // of a Command in a queue
static_assert(sizeof(Command) * 8 == kCommandBits);

// The fields of docs/commands.md. Units decode a command once, when it starts.

struct LoadFields {
  std::uint32_t rows = 0, words = 0;
  std::uint32_t destination = 0;
  std::uint32_t fill = 0, tail = 0;
  std::uint32_t left = 0, right = 0, top = 0, bottom = 0;
  std::uint32_t pitch = 0;
};

// CONV and VECTOR.
struct ComputeFields {
  bool is_conv = false;
  bool signal_a = false, signal_b = false;
  std::uint32_t base = 0, pitch = 0;
  std::uint32_t x0 = 0, x_stride = 0;
  bool row_stride_odd = false;
  std::uint32_t run_len = 0, kernel_row_step = 0;
  std::uint32_t runs_x = 0, runs_y = 0, row_stride = 0;
  std::uint32_t columns = 0, rows = 0;  // of the output
  std::uint32_t stripe = 0, stripes = 0, last_stripe = 0;
  std::uint32_t tiles = 0;  // column tiles or channel groups
  std::uint32_t valid = 0;  // columns or lanes of the last of them
  std::uint32_t code_bits = 0, operation = 0;
  bool dual = false, first = false, last = false, par = false;
  std::uint32_t steps = 0;
  std::uint32_t weight_base = 0, weight_words = 0;
  std::uint32_t out_base = 0;
  std::int32_t zero_out = 0, lo = 0, hi = 0;
  std::uint32_t position_pitch = 0, out_row_pitch = 0;
  std::uint32_t entry = 0;
  std::uint32_t run_step = 0;
  bool kernel_row_odd = false;
};

// STORE; a STAMP is a row of one word.
struct StoreFields {
  bool is_stamp = false;
  std::uint32_t rows = 0, words = 0;
  std::uint32_t head = 0, tail = 0;
  std::uint32_t pitch = 0;
};

constexpr std::uint32_t kAdditionOperation = 2;  // of a VECTOR

[[nodiscard]] LoadFields DecodeLoad(const Command& command);
[[nodiscard]] ComputeFields DecodeCompute(const Command& command);
[[nodiscard]] StoreFields DecodeStore(const Command& command, std::uint32_t bus_bytes);

}  // namespace denseshift::golden::cycle

#endif  // DENSESHIFT_GOLDEN_CYCLE_COMMAND_H_
