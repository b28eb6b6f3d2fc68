// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "driver/compiler/compile.h"

#include <cstddef>
#include <fmt/format.h>
#include <stdexcept>
#include <utility>

#include "driver/compiler/buffers.h"
#include "driver/compiler/conv_planner.h"
#include "driver/compiler/integers.h"
#include "driver/compiler/layer_context.h"
#include "driver/compiler/network_check.h"
#include "driver/compiler/schedule.h"

namespace denseshift::driver {
namespace {

ProgramTensor PlaceTensor(const Tensor& tensor, int batch, int bus_bytes, MemoryPlan& memory) {
  const std::int64_t row_pitch = RoundUp(std::int64_t{tensor.width} * tensor.channels, bus_bytes);
  const std::int64_t image_pitch = row_pitch * tensor.height;
  ProgramTensor placed;
  placed.tensor = tensor;
  placed.row_pitch = static_cast<std::uint32_t>(row_pitch);
  placed.image_pitch = static_cast<std::uint32_t>(image_pitch);
  placed.address = static_cast<std::uint32_t>(
      memory.Allocate(static_cast<std::uint64_t>(image_pitch) * static_cast<unsigned>(batch)));
  return placed;
}

ProgramLayer DescribeLayer(const Layer& layer, const std::vector<Tensor>& tensors) {
  ProgramLayer described;
  described.name = layer.name;
  described.onnx_type = layer.onnx_type;
  described.op = layer.op;
  described.code_bits = layer.op == Operator::kConv ? layer.code_bits : 0;
  described.output = layer.output;
  described.macs = layer.Macs(tensors);
  return described;
}

// Runs one layer's compiler and adds the layer's name to its errors.
void CompileLayer(LayerContext& context, const Layer& layer) {
  try {
    switch (layer.op) {
      case Operator::kConv:
        CompileConv(context, layer);
        break;
      case Operator::kMaxPool:
      case Operator::kAveragePool:
        CompilePool(context, layer);
        break;
      case Operator::kAdd:
        CompileAdd(context, layer);
        break;
    }
  } catch (const std::invalid_argument& error) {
    throw std::invalid_argument(fmt::format("layer '{}': {}", layer.name, error.what()));
  }
}

CommandWords EncodeNamed(const Command& command, const Network& network) {
  try {
    return Encode(command);
  } catch (const std::invalid_argument& error) {
    const std::int64_t layer = HeaderOf(command).layer;
    throw std::invalid_argument(fmt::format("layer '{}' is too large for the command set: {}",
                                            network.layers[static_cast<std::size_t>(layer)].name,
                                            error.what()));
  }
}

void CheckOptions(const CompileOptions& options) {
  if (options.batch < 1) {
    throw std::invalid_argument(fmt::format("batch is {}, at least 1 is needed", options.batch));
  }
  if (options.memory_bytes > std::uint64_t{1} << 32U) {
    throw std::invalid_argument(
        fmt::format("device memory of {} bytes; addresses have 32 bits", options.memory_bytes));
  }
}

// Adds all layers to the schedule and their constants and stamps to memory.
void CompileLayers(const Network& network,
                   bool constants,
                   MemoryPlan& memory,
                   ScheduleBuilder& schedule,
                   Program& program) {
  const BufferSizes sizes(program.capabilities);
  ConvPlanner planner(program.capabilities);
  Ring act_ring(sizes.act_words);
  Ring weight_ring(sizes.weight_words);
  Ring param_ring(std::int64_t{sizes.param_entries} * sizes.entry_words);
  Ring out_ring(sizes.out_words);
  for (std::size_t i = 0; i < network.layers.size(); ++i) {
    const Layer& layer = network.layers[i];
    LayerContext context{program.capabilities,
                         sizes,
                         program.tensors,
                         program.batch,
                         static_cast<int>(i),
                         planner,
                         schedule,
                         memory,
                         constants ? &program.segments : nullptr,
                         act_ring,
                         weight_ring,
                         param_ring,
                         out_ring};
    CompileLayer(context, layer);
    program.layers.push_back(DescribeLayer(layer, network.tensors));
    if (i + 1 == network.layers.size()) {
      break;  // the last layer ends with the job
    }
    StampCommand stamp;
    stamp.layer = static_cast<std::int64_t>(i);
    stamp.address = memory.Allocate(static_cast<std::uint64_t>(sizes.bus_bytes));
    program.layers.back().stamp = static_cast<std::uint32_t>(stamp.address);
    schedule.Add(stamp);
  }
}

// All but the encoded commands.
ProgramPlan MakePlan(const Network& network,
                     const Capabilities& capabilities,
                     const CompileOptions& options,
                     bool constants) {
  CheckOptions(options);
  ValidateCapabilities(capabilities);
  CheckNetwork(network, capabilities, constants);
  ProgramPlan plan;
  Program& program = plan.program;
  program.name = network.name;
  program.capabilities = capabilities;
  program.batch = options.batch;
  program.input = network.input;
  program.output = network.output;
  MemoryPlan memory(options.memory_bytes);
  for (const Tensor& tensor : network.tensors) {
    program.tensors.push_back(PlaceTensor(tensor, options.batch, capabilities.bus_bytes, memory));
  }
  memory.CheckLimit();
  const auto relay = static_cast<std::uint32_t>(
      memory.Allocate(static_cast<std::uint64_t>(capabilities.bus_bytes)));
  ScheduleBuilder schedule(capabilities, relay);
  CompileLayers(network, constants, memory, schedule, program);
  plan.commands = schedule.Finish();
  program.command_address =
      static_cast<std::uint32_t>(memory.Allocate(plan.commands.size() * kCommandBytes));
  memory.CheckLimit();
  program.memory_bytes = memory.used();
  return plan;
}

}  // namespace

Program Compile(const Network& network,
                const Capabilities& capabilities,
                const CompileOptions& options) {
  ProgramPlan plan = MakePlan(network, capabilities, options, true);
  for (const Command& command : plan.commands) {
    plan.program.commands.push_back(EncodeNamed(command, network));
  }
  return std::move(plan.program);
}

ProgramPlan PlanProgram(const Network& network,
                        const Capabilities& capabilities,
                        const CompileOptions& options) {
  ProgramPlan plan = MakePlan(network, capabilities, options, false);
  for (const Command& command : plan.commands) {
    static_cast<void>(EncodeNamed(command, network));  // each has to fit its fields
  }
  return plan;
}

}  // namespace denseshift::driver
