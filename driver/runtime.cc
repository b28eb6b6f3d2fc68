// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "driver/runtime.h"

#include <array>
#include <fmt/format.h>
#include <utility>

#include "driver/capabilities.h"
#include "driver/registers.h"

namespace denseshift::driver {
namespace {

std::vector<std::uint8_t> ToBytes(const std::vector<CommandWords>& commands) {
  std::vector<std::uint8_t> bytes;
  bytes.reserve(commands.size() * kCommandBytes);
  for (const CommandWords& command : commands) {
    for (const std::uint32_t word : command) {
      for (unsigned shift = 0; shift < 32; shift += 8) {
        bytes.push_back(static_cast<std::uint8_t>(word >> shift));
      }
    }
  }
  return bytes;
}

std::uint64_t ReadPair(Device& device, std::uint32_t offset) {
  return device.ReadRegister(offset) | std::uint64_t{device.ReadRegister(offset + 4)} << 32U;
}

// Text for one of a list of names, or the number if there is none.
template <std::size_t N>
std::string Name(const std::array<const char*, N>& names, std::uint32_t index) {
  return index < N ? names.at(index) : fmt::format("code {}", index);
}

}  // namespace

Runtime::Runtime(Device& device, Program program, const RuntimeOptions& options)
    : device_(device), program_(std::move(program)), options_(options) {
  const std::string difference =
      DescribeDifference(ReadCapabilities(device_), program_.capabilities);
  if (!difference.empty()) {
    throw std::invalid_argument(
        fmt::format("program '{}' was compiled for another device: {}; compile the network again",
                    program_.name,
                    difference));
  }
  if (program_.memory_bytes > device_.MemoryBytes()) {
    throw std::invalid_argument(
        fmt::format("program '{}' needs {} bytes of device memory, the device has {}",
                    program_.name,
                    program_.memory_bytes,
                    device_.MemoryBytes()));
  }
  for (const Segment& segment : program_.segments) {
    device_.WriteMemory(segment.address, segment.bytes.data(), segment.bytes.size());
  }
  const std::vector<std::uint8_t> commands = ToBytes(program_.commands);
  device_.WriteMemory(program_.command_address, commands.data(), commands.size());
}

std::vector<Image> Runtime::Run(const std::vector<Image>& images) {
  const auto input = static_cast<std::size_t>(program_.input);
  const Tensor& tensor = program_.tensors.at(input).tensor;
  if (images.empty() || images.size() > static_cast<std::size_t>(program_.batch)) {
    throw std::invalid_argument(
        fmt::format("{} images given, a job takes 1 to {}", images.size(), program_.batch));
  }
  for (int n = 0; n < program_.batch; ++n) {
    const auto index = static_cast<std::size_t>(n);
    WriteTensor(input,
                n,
                index < images.size()
                    ? images[index]
                    : Image(tensor.Elements(), static_cast<std::int8_t>(tensor.zero_point)));
  }
  device_.WriteRegister(registers::kCmdAddr, program_.command_address);
  device_.WriteRegister(registers::kCmdCount, static_cast<std::uint32_t>(program_.commands.size()));
  device_.WriteRegister(registers::kWatchdog, options_.watchdog);
  device_.WriteRegister(registers::kCtrl, registers::kCtrlStart);
  if (!device_.RunUntilIdle(options_.limit_cycles)) {
    throw std::runtime_error(fmt::format(
        "program '{}' has not ended after {} cycles", program_.name, options_.limit_cycles));
  }
  if (const std::uint32_t error = device_.ReadRegister(registers::kError); error != 0) {
    throw DecodeError(error);
  }
  std::vector<Image> outputs;
  for (std::size_t n = 0; n < images.size(); ++n) {
    outputs.push_back(ReadTensor(static_cast<std::size_t>(program_.output), static_cast<int>(n)));
  }
  return outputs;
}

JobError Runtime::DecodeError(std::uint32_t error) const {
  const std::uint32_t code = error & 0xFFU;
  const std::uint32_t unit = error >> 8U & 0xFFU;
  const std::uint32_t index = device_.ReadRegister(registers::kErrorCommand);
  const std::uint32_t address = device_.ReadRegister(registers::kErrorAddress);
  std::string where = "a command outside the list";
  if (index < program_.commands.size()) {
    const CommandWords& words = program_.commands[index];
    const std::size_t layer = words[1] & 0xFFFFU;
    where = layer < program_.layers.size()
                ? fmt::format("layer '{}', {}", program_.layers[layer].name, Disassemble(words))
                : Disassemble(words);
  }
  return {fmt::format("program '{}' failed: {}, in unit {}, address {:#x}, at command {}: {}",
                      program_.name,
                      Name(registers::kErrorNames, code),
                      Name(registers::kUnitNames, unit),
                      address,
                      index,
                      where),
          {code, unit, index, address}};
}

void Runtime::WriteTensor(std::size_t tensor, int image, const Image& values) {
  const ProgramTensor& placed = program_.tensors.at(tensor);
  if (values.size() != placed.tensor.Elements()) {
    throw std::invalid_argument(
        fmt::format("image {} has {} values, tensor '{}' takes {} ({} x {} x {})",
                    image,
                    values.size(),
                    placed.tensor.name,
                    placed.tensor.Elements(),
                    placed.tensor.height,
                    placed.tensor.width,
                    placed.tensor.channels));
  }
  const std::size_t row_bytes = values.size() / static_cast<std::size_t>(placed.tensor.height);
  std::uint64_t address =
      placed.address + std::uint64_t{placed.image_pitch} * static_cast<unsigned>(image);
  for (std::size_t at = 0; at < values.size(); at += row_bytes, address += placed.row_pitch) {
    device_.WriteMemory(address, &values[at], row_bytes);
  }
}

Image Runtime::ReadTensor(std::size_t tensor, int image) const {
  const ProgramTensor& placed = program_.tensors.at(tensor);
  if (image < 0 || image >= program_.batch) {
    throw std::out_of_range(fmt::format("image {} of a batch of {}", image, program_.batch));
  }
  Image values(placed.tensor.Elements());
  const std::size_t row_bytes = values.size() / static_cast<std::size_t>(placed.tensor.height);
  std::uint64_t address =
      placed.address + std::uint64_t{placed.image_pitch} * static_cast<unsigned>(image);
  for (std::size_t at = 0; at < values.size(); at += row_bytes, address += placed.row_pitch) {
    device_.ReadMemory(address, &values[at], row_bytes);
  }
  return values;
}

std::uint64_t Runtime::JobCycles() const {
  return ReadPair(device_, registers::kCyclesLo);
}

std::vector<std::uint64_t> Runtime::LayerCycles() const {
  std::vector<std::uint64_t> cycles;
  std::uint64_t before = 0;
  for (std::size_t layer = 0; layer + 1 < program_.layers.size(); ++layer) {
    std::array<std::uint8_t, 8> bytes{};
    device_.ReadMemory(program_.layers[layer].stamp, bytes.data(), bytes.size());
    std::uint64_t stamp = 0;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
      stamp |= std::uint64_t{bytes.at(i)} << (8 * i);
    }
    cycles.push_back(stamp - before);
    before = stamp;
  }
  cycles.push_back(JobCycles() - before);
  return cycles;
}

}  // namespace denseshift::driver
