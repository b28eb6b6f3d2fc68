// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_TESTS_RTL_COMMAND_H_
#define DENSESHIFT_TESTS_RTL_COMMAND_H_

#include <array>
#include <cstddef>
#include <cstdint>

#include "tests/rtl/ports.h"

namespace denseshift::rtl {

// The 64 bytes of a command, docs/commands.md.
struct Command {
  std::array<std::uint32_t, 16> words{};

  // Sets bits [lsb, lsb + width) of a word; the value is cut to the width.
  Command& Set(std::size_t word, unsigned lsb, unsigned width, std::uint32_t value) {
    const std::uint32_t mask = (width < 32 ? (1U << width) - 1U : ~0U) << lsb;
    words.at(word) = (words.at(word) & ~mask) | ((value << lsb) & mask);
    return *this;
  }

  [[nodiscard]] std::uint32_t Get(std::size_t word, unsigned lsb, unsigned width) const {
    return (words.at(word) >> lsb) & (width < 32 ? (1U << width) - 1U : ~0U);
  }

  // Tokens and signals of word 0.
  Command& WaitA(std::uint32_t tokens) { return Set(0, 16, 4, tokens); }

  Command& WaitB(std::uint32_t tokens) { return Set(0, 20, 4, tokens); }

  Command& SignalA() { return Set(0, 24, 1, 1); }

  Command& SignalB() { return Set(0, 25, 1, 1); }
};

enum class Opcode : std::uint32_t { kLoad = 1, kConv = 2, kVector = 3, kStore = 4, kStamp = 5 };

[[nodiscard]] Command MakeCommand(Opcode opcode);

// Puts a command on a port of 512 bits.
template <typename Port>
void SetCommand(Port& port, const Command& command) {
  for (std::size_t word = 0; word < command.words.size(); ++word) {
    port[word] = command.words.at(word);
  }
}

// Puts a command with its index in the list on a port of 544 bits.
template <typename Port>
void SetCommand(Port& port, const Command& command, std::uint32_t index) {
  SetCommand(port, command);
  port[16] = index;
}

// What CONV and VECTOR share: where the windows lie, and where the outputs go.
struct Walk {
  // Input.
  std::uint32_t base = 0;         // words
  std::uint32_t pitch = 0;        // words
  std::uint32_t parity = 0;       // of row 0
  std::uint32_t x0 = 0;           // bytes
  std::uint32_t x_stride = 1;     // bytes
  std::uint32_t row_stride = 1;   // rows, sh
  std::uint32_t kernel_step = 1;  // rows, dh
  std::uint32_t runs_x = 1;
  std::uint32_t runs_y = 1;
  std::uint32_t run_step = 0;  // bytes

  // Output.
  std::uint32_t columns = 1;         // OW
  std::uint32_t rows = 1;            // OH
  std::uint32_t out_base = 0;        // bytes
  std::uint32_t position_pitch = 1;  // bytes
  std::uint32_t row_pitch = 1;       // words
  std::uint32_t parameter_base = 0;  // entries
  std::int32_t zero_out = 0;
  std::int32_t lo = -128;
  std::int32_t hi = 127;

  [[nodiscard]] std::uint32_t Positions() const { return columns * rows; }
};

struct Conv : Walk {
  std::uint32_t run_length = 1;  // bytes
  bool dual = false;
  std::uint32_t steps = 1;        // KT
  std::uint32_t stripe = 1;       // positions, P
  std::uint32_t stripes = 1;      //
  std::uint32_t last_stripe = 1;  // positions
  std::uint32_t tiles = 1;        // column tiles, CT
  std::uint32_t valid = 1;        // columns of the last column tile
  std::uint32_t bits = 4;         // of a code
  bool first = true;
  bool last = true;
  std::uint32_t weight_base = 0;   // words
  std::uint32_t weight_words = 1;  // of a sweep

  // Splits the positions into stripes of p.
  void SplitInto(std::uint32_t p);

  [[nodiscard]] Command Encode() const;
};

enum class Operation : std::uint32_t { kMaximum = 0, kSum = 1, kAddition = 2 };

struct Vector : Walk {
  std::uint32_t groups = 1;  // channel groups, CT
  std::uint32_t valid = 1;   // lanes of the last group
  Operation operation = Operation::kMaximum;

  [[nodiscard]] Command Encode() const;
};

enum class Destination : std::uint32_t { kActivation = 0, kWeight = 1, kParameter = 2 };

struct Load {
  Destination destination = Destination::kActivation;
  std::uint32_t address = 0;  // bytes
  std::uint32_t stride = 0;   // bytes
  std::uint32_t rows = 1;
  std::uint32_t words = 1;  // of a row
  std::uint32_t tail = 1;   // valid bytes of the last word
  std::uint32_t fill = 0;   // byte
  std::uint32_t parity = 0;
  std::uint32_t left = 0;    // fill words
  std::uint32_t right = 0;   // fill words
  std::uint32_t top = 0;     // fill rows
  std::uint32_t bottom = 0;  // fill rows
  std::uint32_t base = 0;    // words
  std::uint32_t pitch = 0;   // words

  [[nodiscard]] Command Encode() const;
};

struct Store {
  std::uint32_t address = 0;  // bytes
  std::uint32_t stride = 0;   // bytes
  std::uint32_t rows = 1;
  std::uint32_t words = 1;  // of a row
  std::uint32_t head = 0;   // bytes not written of the first word
  std::uint32_t tail = 1;   // bytes up to which the last word is written
  std::uint32_t base = 0;   // words
  std::uint32_t pitch = 0;  // words

  [[nodiscard]] Command Encode() const;
};

// STAMP.
[[nodiscard]] Command EncodeStamp(std::uint32_t address);

}  // namespace denseshift::rtl

#endif  // DENSESHIFT_TESTS_RTL_COMMAND_H_
