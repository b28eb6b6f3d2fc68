// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "tests/sim/functional/machine.h"

#include <stdexcept>

namespace denseshift::sim {

DeviceParameters SmallParameters() {
  DeviceParameters parameters;
  parameters.lanes = 4;
  parameters.columns = 8;
  parameters.max_code_bits = 4;
  parameters.acc_bits = 24;
  parameters.acc_depth = 16;
  parameters.bus_bytes = 8;
  parameters.act_bytes = 4096;
  parameters.wgt_bytes = 4096;
  parameters.out_bytes = 2048;
  parameters.param_entries = 8;
  return parameters;
}

std::uint32_t Machine::Words(std::size_t bytes) const {
  return (static_cast<std::uint32_t>(bytes) + BusBytes() - 1) / BusBytes();
}

std::uint32_t Machine::Allocate(std::size_t bytes) {
  const std::uint32_t address = next_free;
  next_free += Words(bytes) * BusBytes();
  if (next_free > kListAddress) {
    throw std::runtime_error("test data does not fit below the command list");
  }
  return address;
}

std::uint32_t Machine::Put(const std::vector<std::uint8_t>& bytes) {
  const std::uint32_t address = Allocate(bytes.size());
  device.WriteMemory(address, bytes.data(), bytes.size());
  return address;
}

std::vector<std::uint8_t> Machine::Get(std::uint32_t address, std::size_t bytes) {
  std::vector<std::uint8_t> data(bytes);
  device.ReadMemory(address, data.data(), bytes);
  return data;
}

TestCommand Machine::LoadParameters(const std::vector<TestParameterSet>& sets,
                                    std::uint32_t entry) {
  std::vector<std::uint8_t> bytes;
  for (const TestParameterSet& set : sets) {
    const std::uint64_t packed = static_cast<std::uint32_t>(set.bias) |
                                 static_cast<std::uint64_t>(set.multiplier) << 32 |
                                 static_cast<std::uint64_t>(set.shift) << 48;
    for (unsigned i = 0; i < 8; ++i) {
      bytes.push_back(static_cast<std::uint8_t>(packed >> (8 * i)));
    }
  }
  TestCommand load = Load(kToParameter, Put(bytes), 1, Words(bytes.size()), BusBytes());
  load.Set(8, 15, 0, Words(entry * static_cast<std::size_t>(parameters.columns) * 8));
  return load;
}

TestCommand Machine::LoadWeights(const std::vector<std::uint8_t>& bytes, std::uint32_t word) {
  TestCommand load = Load(kToWeight, Put(bytes), 1, Words(bytes.size()), BusBytes());
  load.Set(8, 15, 0, word);
  return load;
}

std::uint32_t Machine::Run(const std::vector<TestCommand>& list) {
  std::uint32_t address = kListAddress;
  for (const TestCommand& command : list) {
    for (const std::uint32_t word : command.words) {
      for (unsigned i = 0; i < 4; ++i) {
        const auto byte = static_cast<std::uint8_t>(word >> (8 * i));
        device.WriteMemory(address, &byte, 1);
        ++address;
      }
    }
  }
  device.WriteRegister(0x10, kListAddress);
  device.WriteRegister(0x14, static_cast<std::uint32_t>(list.size()));
  device.WriteRegister(0x00, 1);
  if (!device.RunUntilIdle(1)) {
    throw std::runtime_error("the functional device did not become idle");
  }
  return device.ReadRegister(0x1C);
}

std::uint32_t Machine::ErrorCommand() {
  return device.ReadRegister(0x20);
}

std::uint32_t Machine::ErrorAddress() {
  return device.ReadRegister(0x24);
}

}  // namespace denseshift::sim
