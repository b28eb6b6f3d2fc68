// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_TESTS_SIM_FUNCTIONAL_ENCODER_H_
#define DENSESHIFT_TESTS_SIM_FUNCTIONAL_ENCODER_H_

#include <array>
#include <cstddef>
#include <cstdint>

namespace denseshift::sim {

// A command under construction, field by field as docs/commands.md numbers them.
struct TestCommand {
  std::array<std::uint32_t, 16> words{};

  // Sets bits [high:low] of a word and leaves the others.
  TestCommand& Set(std::size_t word, unsigned high, unsigned low, std::uint32_t value) {
    for (unsigned bit = low; bit <= high; ++bit) {
      const std::uint32_t mask = 1U << bit;
      const bool is_set = ((value >> (bit - low)) & 1U) != 0;
      words.at(word) = is_set ? words.at(word) | mask : words.at(word) & ~mask;
    }
    return *this;
  }

  TestCommand& WaitA(std::uint32_t tokens) { return Set(0, 19, 16, tokens); }

  TestCommand& WaitB(std::uint32_t tokens) { return Set(0, 23, 20, tokens); }

  TestCommand& SignalA() { return Set(0, 24, 24, 1); }

  TestCommand& SignalB() { return Set(0, 25, 25, 1); }
};

enum class TestOpcode : std::uint32_t { kLoad = 1, kConv = 2, kVector = 3, kStore = 4, kStamp = 5 };

inline TestCommand Command(TestOpcode opcode) {
  TestCommand command;
  command.Set(0, 7, 0, static_cast<std::uint32_t>(opcode)).Set(0, 15, 8, 1);
  return command;
}

// Destinations of LOAD.
constexpr std::uint32_t kToActivation = 0;
constexpr std::uint32_t kToWeight = 1;
constexpr std::uint32_t kToParameter = 2;

// LOAD of `rows` rows of `words` bus words each, nothing filled, to word 0 on.
inline TestCommand Load(std::uint32_t destination,
                        std::uint32_t address,
                        std::uint32_t rows,
                        std::uint32_t words,
                        std::uint32_t bus_bytes) {
  TestCommand load = Command(TestOpcode::kLoad);
  load.Set(2, 31, 0, address).Set(3, 31, 0, words * bus_bytes);
  load.Set(4, 15, 0, rows).Set(4, 31, 16, words);
  load.Set(5, 1, 0, destination).Set(5, 21, 16, bus_bytes);
  if (destination == kToActivation) {
    load.Set(8, 31, 16, words);
  }
  return load;
}

// STORE of `rows` rows of `words` whole bus words each, from word 0 of the output buffer on.
inline TestCommand Store(std::uint32_t address,
                         std::uint32_t rows,
                         std::uint32_t words,
                         std::uint32_t bus_bytes) {
  TestCommand store = Command(TestOpcode::kStore);
  store.Set(2, 31, 0, address).Set(3, 31, 0, words * bus_bytes);
  store.Set(4, 15, 0, rows).Set(4, 31, 16, words);
  store.Set(5, 21, 16, bus_bytes);
  store.Set(8, 31, 16, words);
  return store;
}

inline TestCommand Stamp(std::uint32_t address) {
  TestCommand stamp = Command(TestOpcode::kStamp);
  stamp.Set(2, 31, 0, address);
  return stamp;
}

}  // namespace denseshift::sim

#endif  // DENSESHIFT_TESTS_SIM_FUNCTIONAL_ENCODER_H_
