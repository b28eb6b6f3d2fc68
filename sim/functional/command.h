// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_FUNCTIONAL_COMMAND_H_
#define DENSESHIFT_SIM_FUNCTIONAL_COMMAND_H_

#include <array>
#include <cstddef>
#include <cstdint>

#include "sim/device_parameters.h"

namespace denseshift::sim {

// The fields of docs/commands.md, one struct per command, names and units as there.

constexpr std::size_t kCommandWords = 16;
constexpr std::size_t kCommandBytes = 64;

// w0 .. w15.
using CommandWords = std::array<std::uint32_t, kCommandWords>;

enum class Opcode : std::uint32_t { kLoad = 1, kConv = 2, kVector = 3, kStore = 4, kStamp = 5 };

// Word 0.
struct CommandHeader {
  Opcode opcode = Opcode::kLoad;
  std::uint32_t version = 0;
  std::uint32_t wait_a = 0;
  std::uint32_t wait_b = 0;
  bool signal_a = false;
  bool signal_b = false;
};

enum class LoadDestination : std::uint32_t { kActivation = 0, kWeight = 1, kParameter = 2 };

struct LoadCommand {
  std::uint32_t address = 0;     // bytes
  std::uint32_t row_stride = 0;  // bytes
  std::uint32_t rows = 0;
  std::uint32_t words_per_row = 0;
  std::uint32_t destination = 0;  // a LoadDestination if legal
  std::uint32_t par = 0;
  std::uint8_t fill = 0;
  std::uint32_t tail = 0;  // bytes
  std::uint32_t left = 0;  // words
  std::uint32_t right = 0;
  std::uint32_t top = 0;  // rows
  std::uint32_t bottom = 0;
  std::uint32_t base = 0;  // words
  std::uint32_t pitch = 0;
};

// The activations of a CONV or VECTOR command and where its outputs go: w2..w7, w12..w15.
struct WindowFields {
  std::uint32_t base = 0;      // words
  std::uint32_t pitch = 0;     // words
  std::uint32_t x0 = 0;        // bytes
  std::uint32_t x_stride = 0;  // bytes
  bool row_stride_odd = false;
  std::uint32_t run_length = 0;       // bytes
  std::uint32_t kernel_row_step = 0;  // words
  std::uint32_t runs_x = 0;
  std::uint32_t runs_y = 0;
  std::uint32_t row_stride = 0;  // words
  std::uint32_t output_columns = 0;
  std::uint32_t output_rows = 0;
  std::uint32_t par = 0;
  std::uint32_t output_base = 0;            // bytes
  std::uint32_t output_position_pitch = 0;  // bytes
  std::uint32_t output_row_pitch = 0;       // words
  std::uint32_t parameter_base = 0;         // entries
  std::uint32_t run_step = 0;               // bytes
  bool kernel_row_odd = false;
  int zero_out = 0;
  int lo = 0;
  int hi = 0;
};

struct ConvCommand {
  WindowFields window;
  std::uint32_t stripe_length = 0;  // P, positions
  std::uint32_t stripes = 0;
  std::uint32_t last_stripe_length = 0;
  std::uint32_t column_tiles = 0;   // CT
  std::uint32_t valid_columns = 0;  // of the last column tile
  std::uint32_t code_bits = 0;
  bool dual = false;
  bool first = false;
  bool last = false;
  std::uint32_t steps = 0;         // KT
  std::uint32_t weight_base = 0;   // words
  std::uint32_t weight_words = 0;  // per sweep
};

enum class VectorOperation : std::uint32_t { kMaximum = 0, kSum = 1, kAddition = 2 };

struct VectorCommand {
  WindowFields window;
  std::uint32_t channel_groups = 0;  // CT
  std::uint32_t valid_lanes = 0;     // of the last group
  std::uint32_t operation = 0;       // a VectorOperation if legal
};

struct StoreCommand {
  std::uint32_t address = 0;     // bytes
  std::uint32_t row_stride = 0;  // bytes
  std::uint32_t rows = 0;
  std::uint32_t words_per_row = 0;
  std::uint32_t head = 0;   // bytes
  std::uint32_t tail = 0;   // bytes
  std::uint32_t base = 0;   // words
  std::uint32_t pitch = 0;  // words
};

struct StampCommand {
  std::uint32_t address = 0;  // bytes
};

[[nodiscard]] CommandHeader DecodeHeader(const CommandWords& words);
[[nodiscard]] LoadCommand DecodeLoad(const CommandWords& words);
[[nodiscard]] ConvCommand DecodeConv(const CommandWords& words);
[[nodiscard]] VectorCommand DecodeVector(const CommandWords& words);
[[nodiscard]] StoreCommand DecodeStore(const CommandWords& words);
[[nodiscard]] StampCommand DecodeStamp(const CommandWords& words);

// Whether a device of these parameters accepts the command: none of the rules of
// docs/commands.md "Illegal commands" is broken.
[[nodiscard]] bool IsLegal(const CommandWords& words, const DeviceParameters& parameters);

}  // namespace denseshift::sim

#endif  // DENSESHIFT_SIM_FUNCTIONAL_COMMAND_H_
