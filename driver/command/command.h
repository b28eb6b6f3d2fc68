// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_DRIVER_COMMAND_COMMAND_H_
#define DENSESHIFT_DRIVER_COMMAND_COMMAND_H_

#include <array>
#include <cstdint>
#include <string>
#include <variant>

// Commands as structs; docs/commands.md. Fields carry the names and units used there.
namespace denseshift::driver {

// Words w0..w15 of one command as they lie in device memory.
using CommandWords = std::array<std::uint32_t, 16>;

constexpr std::size_t kCommandBytes = 64;

// Word 0 and 1. Fields are wide so that a value too large is found when encoding, not cut before.
struct CommandHeader {
  std::int64_t wait_a = 0;
  std::int64_t wait_b = 0;
  std::int64_t signal_a = 0;
  std::int64_t signal_b = 0;
  std::int64_t layer = 0;  // tag [15:0]
  std::int64_t tile = 0;   // tag [31:16]
};

enum class Destination { kActivation = 0, kWeight = 1, kParameter = 2 };

struct LoadCommand : CommandHeader {
  std::int64_t address = 0;
  std::int64_t row_stride = 0;
  std::int64_t rows = 0;
  std::int64_t words = 0;
  std::int64_t destination = 0;
  std::int64_t par = 0;
  std::int64_t fill = 0;  // byte, 0..255
  std::int64_t tail = 0;
  std::int64_t left = 0;
  std::int64_t right = 0;
  std::int64_t top = 0;
  std::int64_t bottom = 0;
  std::int64_t base = 0;
  std::int64_t pitch = 0;

  // Errors  std::invalid_argument naming command and field if a value does not fit its field.
  [[nodiscard]] CommandWords Encode() const;
};

// What CONV and VECTOR share: where inputs are read and outputs written.
struct WindowCommand : CommandHeader {
  std::int64_t act_base = 0;
  std::int64_t pitch = 0;
  std::int64_t x0 = 0;
  std::int64_t x_stride = 0;
  std::int64_t row_stride_odd = 0;
  std::int64_t kernel_row_step = 0;
  std::int64_t runs_x = 1;
  std::int64_t runs_y = 1;
  std::int64_t row_stride = 0;
  std::int64_t out_columns = 1;
  std::int64_t out_rows = 1;
  std::int64_t par = 0;
  std::int64_t out_base = 0;
  std::int64_t zero_out = 0;
  std::int64_t position_pitch = 0;
  std::int64_t out_row_pitch = 0;
  std::int64_t parameter_base = 0;
  std::int64_t lo = 0;
  std::int64_t hi = 0;
  std::int64_t run_step = 0;
  std::int64_t kernel_row_odd = 0;
};

struct ConvCommand : WindowCommand {
  std::int64_t run_len = 1;
  std::int64_t stripe = 1;
  std::int64_t stripes = 1;
  std::int64_t last_stripe = 1;
  std::int64_t column_tiles = 1;
  std::int64_t valid_columns = 1;
  std::int64_t code_bits = 4;
  std::int64_t dual = 0;
  std::int64_t first = 1;
  std::int64_t last = 1;
  std::int64_t steps = 1;
  std::int64_t weight_base = 0;
  std::int64_t weight_words = 1;

  // Errors  as LoadCommand::Encode.
  [[nodiscard]] CommandWords Encode() const;
};

enum class VectorOperation { kMaximum = 0, kSum = 1, kAddition = 2 };

struct VectorCommand : WindowCommand {
  std::int64_t groups = 1;
  std::int64_t valid_lanes = 1;
  std::int64_t operation = 0;

  // Errors  as LoadCommand::Encode.
  [[nodiscard]] CommandWords Encode() const;
};

struct StoreCommand : CommandHeader {
  std::int64_t address = 0;
  std::int64_t row_stride = 0;
  std::int64_t rows = 1;
  std::int64_t words = 1;
  std::int64_t head = 0;
  std::int64_t tail = 0;
  std::int64_t base = 0;
  std::int64_t pitch = 0;

  // Errors  as LoadCommand::Encode.
  [[nodiscard]] CommandWords Encode() const;
};

struct StampCommand : CommandHeader {
  std::int64_t address = 0;

  // Errors  as LoadCommand::Encode.
  [[nodiscard]] CommandWords Encode() const;
};

using Command = std::variant<LoadCommand, ConvCommand, VectorCommand, StoreCommand, StampCommand>;

// What all commands have.
[[nodiscard]] CommandHeader& HeaderOf(Command& command);
[[nodiscard]] const CommandHeader& HeaderOf(const Command& command);

[[nodiscard]] CommandWords Encode(const Command& command);

// Errors  std::invalid_argument for an unknown opcode or command set version.
[[nodiscard]] Command Decode(const CommandWords& words);

// One line: "LOAD wait 1,0 signal 1,0 layer 2 tile 5 address=0x1000 rows=3 ..."; fields that are 0
// are left out. Never throws for unknown commands: gives the raw words.
[[nodiscard]] std::string Disassemble(const CommandWords& words);

}  // namespace denseshift::driver

#endif  // DENSESHIFT_DRIVER_COMMAND_COMMAND_H_
