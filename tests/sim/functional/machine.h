// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_TESTS_SIM_FUNCTIONAL_MACHINE_H_
#define DENSESHIFT_TESTS_SIM_FUNCTIONAL_MACHINE_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "sim/device_parameters.h"
#include "sim/functional/functional_device.h"
#include "tests/sim/functional/encoder.h"

namespace denseshift::sim {

constexpr std::uint32_t kMemoryBytes = 1 << 20;
constexpr std::uint32_t kListAddress = 0xC0000;  // where Machine::Run puts its list

// A small device: 4 lanes, 8 columns, 8-byte words.
DeviceParameters SmallParameters();

// One set of a parameter entry.
struct TestParameterSet {
  std::int32_t bias = 0;
  std::uint16_t multiplier = 1;
  int shift = 0;
};

// A functional device and what a test does with it.
struct Machine {
  DeviceParameters parameters;
  FunctionalDevice device;
  std::uint32_t next_free = 0;  // byte address

  explicit Machine(const DeviceParameters& device_parameters = SmallParameters())
      : parameters(device_parameters), device(device_parameters, kMemoryBytes) {}

  [[nodiscard]] std::uint32_t BusBytes() const {
    return static_cast<std::uint32_t>(parameters.bus_bytes);
  }

  // Bus words that hold `bytes` bytes.
  [[nodiscard]] std::uint32_t Words(std::size_t bytes) const;

  // Reserves a zeroed region of whole bus words and returns its byte address.
  std::uint32_t Allocate(std::size_t bytes);

  // Writes the bytes to a new region of whole bus words and returns its byte address.
  std::uint32_t Put(const std::vector<std::uint8_t>& bytes);

  [[nodiscard]] std::vector<std::uint8_t> Get(std::uint32_t address, std::size_t bytes);

  // LOAD of parameter entries from `sets`, C for each entry, to entry `entry` on.
  TestCommand LoadParameters(const std::vector<TestParameterSet>& sets, std::uint32_t entry = 0);

  // LOAD of weights from `bytes` to word `word` on.
  TestCommand LoadWeights(const std::vector<std::uint8_t>& bytes, std::uint32_t word = 0);

  // Runs the list and returns the ERROR register.
  std::uint32_t Run(const std::vector<TestCommand>& list);

  [[nodiscard]] std::uint32_t ErrorCommand();
  [[nodiscard]] std::uint32_t ErrorAddress();
};

// ERROR register of an error code in a unit.
constexpr std::uint32_t ErrorOf(std::uint32_t code, std::uint32_t unit) {
  return code | unit << 8;
}

}  // namespace denseshift::sim

#endif  // DENSESHIFT_TESTS_SIM_FUNCTIONAL_MACHINE_H_
