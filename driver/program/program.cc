// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "driver/program/program.h"

#include <algorithm>
#include <cstddef>
#include <fmt/format.h>
#include <stdexcept>
#include <string>

namespace denseshift::driver {
namespace {

[[noreturn]] void Fail(const std::string& what) {
  throw std::runtime_error("program is not usable: " + what);
}

// A part of device memory.
struct Area {
  std::uint64_t begin = 0;
  std::uint64_t end = 0;
  std::string name;
};

void CheckTensors(const Program& program) {
  for (const ProgramTensor& placed : program.tensors) {
    const Tensor& tensor = placed.tensor;
    if (tensor.height < 1 || tensor.width < 1 || tensor.channels < 1 || tensor.zero_point < -128 ||
        tensor.zero_point > 127) {
      Fail(fmt::format("tensor '{}' has an impossible shape or zero point", tensor.name));
    }
    const std::uint64_t row_bytes =
        std::uint64_t{static_cast<unsigned>(tensor.width)} * static_cast<unsigned>(tensor.channels);
    const std::uint64_t image_bytes =
        std::uint64_t{placed.row_pitch} * static_cast<unsigned>(tensor.height);
    const auto bus_bytes = static_cast<unsigned>(program.capabilities.bus_bytes);
    if (placed.row_pitch < row_bytes || placed.image_pitch < image_bytes ||
        placed.row_pitch % bus_bytes != 0 || placed.address % bus_bytes != 0) {
      Fail(fmt::format("rows of tensor '{}' overlap or are not aligned", tensor.name));
    }
  }
}

void CheckLayers(const Program& program) {
  const auto count = static_cast<int>(program.tensors.size());
  const auto valid = [&](int index) { return index >= 0 && index < count; };
  if (!valid(program.input) || !valid(program.output)) {
    Fail("its input or output is not among its tensors");
  }
  for (const ProgramLayer& layer : program.layers) {
    if (!valid(layer.output)) {
      Fail(fmt::format("the output of layer '{}' is not among its tensors", layer.name));
    }
  }
}

std::vector<Area> ListAreas(const Program& program) {
  std::vector<Area> areas;
  const auto add = [&](std::uint64_t begin, std::uint64_t bytes, std::string name) {
    areas.push_back({begin, begin + bytes, std::move(name)});
  };
  const auto batch = static_cast<unsigned>(program.batch);
  add(program.command_address, program.commands.size() * kCommandBytes, "commands");
  for (const Segment& segment : program.segments) {
    add(segment.address, segment.bytes.size(), "constants");
  }
  for (const ProgramTensor& placed : program.tensors) {
    add(placed.address,
        std::uint64_t{placed.image_pitch} * batch,
        fmt::format("tensor '{}'", placed.tensor.name));
  }
  for (std::size_t i = 0; i + 1 < program.layers.size(); ++i) {
    const ProgramLayer& layer = program.layers[i];
    add(layer.stamp, 8, fmt::format("the cycle count of layer '{}'", layer.name));
  }
  std::sort(areas.begin(), areas.end(), [](const Area& a, const Area& b) {
    return a.begin != b.begin ? a.begin < b.begin : a.end < b.end;
  });
  return areas;
}

void CheckAreas(const Program& program) {
  constexpr std::uint64_t kMemoryLimit = std::uint64_t{1} << 32U;
  if (program.memory_bytes > kMemoryLimit) {
    Fail(fmt::format("it needs {} bytes of memory; addresses have 32 bits", program.memory_bytes));
  }
  const std::vector<Area> areas = ListAreas(program);
  for (std::size_t i = 0; i < areas.size(); ++i) {
    if (areas[i].end > program.memory_bytes) {
      Fail(fmt::format(
          "{} lies outside its {} bytes of memory", areas[i].name, program.memory_bytes));
    }
    if (i > 0 && areas[i].begin < areas[i - 1].end) {
      Fail(fmt::format("{} overlaps {}", areas[i].name, areas[i - 1].name));
    }
  }
}

void CheckCommands(const Program& program) {
  if (program.command_address % static_cast<unsigned>(program.capabilities.bus_bytes) != 0) {
    Fail("its commands are not aligned");
  }
  for (std::size_t i = 0; i < program.commands.size(); ++i) {
    try {
      const Command command = Decode(program.commands[i]);
      const auto layer = std::visit([](const auto& c) { return c.layer; }, command);
      if (static_cast<std::size_t>(layer) >= program.layers.size()) {
        Fail(fmt::format("command {} belongs to layer {} of {}", i, layer, program.layers.size()));
      }
    } catch (const std::invalid_argument& error) {
      Fail(fmt::format("command {}: {}", i, error.what()));
    }
  }
}

}  // namespace

void ValidateProgram(const Program& program) {
  try {
    ValidateCapabilities(program.capabilities);
  } catch (const std::invalid_argument& error) {
    Fail(error.what());
  }
  if (program.batch < 1) {
    Fail(fmt::format("batch is {}", program.batch));
  }
  CheckTensors(program);
  CheckLayers(program);
  CheckAreas(program);
  CheckCommands(program);
}

}  // namespace denseshift::driver
