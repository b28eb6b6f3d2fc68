// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_TESTS_DRIVER_FAKE_DEVICE_H_
#define DENSESHIFT_TESTS_DRIVER_FAKE_DEVICE_H_

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <functional>
#include <map>
#include <vector>

#include "driver/capabilities.h"
#include "driver/device.h"
#include "driver/registers.h"

namespace denseshift::driver::testing {

// A device whose registers hold what a test puts there and whose jobs do what a test says.
class FakeDevice : public Device {
 public:
  explicit FakeDevice(const Capabilities& c, std::size_t memory_bytes = 1 << 20)
      : memory(memory_bytes) {
    const auto u = [](int value) { return static_cast<std::uint32_t>(value); };
    registers[registers::kId] = registers::kIdValue;
    registers[registers::kVersion] = 0x00010001;
    registers[registers::kCapArray] = u(c.lanes) | u(c.columns) << 8U | u(c.max_code_bits) << 16U |
                                      1U << 20U | u(c.accumulator_bits) << 24U;
    registers[registers::kCapBus] = u(c.bus_bytes) | u(c.accumulator_depth) << 16U;
    registers[registers::kCapActBytes] = u(c.act_bytes);
    registers[registers::kCapWgtBytes] = u(c.wgt_bytes);
    registers[registers::kCapOutBytes] = u(c.out_bytes);
    registers[registers::kCapParamEntries] = u(c.param_entries);
  }

  [[nodiscard]] std::uint32_t ReadRegister(std::uint32_t offset) override {
    return registers[offset];
  }

  void WriteRegister(std::uint32_t offset, std::uint32_t value) override {
    registers[offset] = value;
  }

  void ReadMemory(std::uint64_t address, void* data, std::size_t bytes) override {
    std::memcpy(data, &memory.at(address), bytes);
  }

  void WriteMemory(std::uint64_t address, const void* data, std::size_t bytes) override {
    std::memcpy(&memory.at(address), data, bytes);
  }

  [[nodiscard]] std::uint64_t MemoryBytes() const override { return memory.size(); }

  bool RunUntilIdle(std::uint64_t limit_cycles) override {
    last_limit = limit_cycles;
    return job();
  }

  [[nodiscard]] std::uint64_t Cycles() const override { return 0; }

  std::map<std::uint32_t, std::uint32_t> registers;
  std::vector<std::uint8_t> memory;
  std::function<bool()> job = [] { return true; };
  std::uint64_t last_limit = 0;
};

}  // namespace denseshift::driver::testing

#endif  // DENSESHIFT_TESTS_DRIVER_FAKE_DEVICE_H_
