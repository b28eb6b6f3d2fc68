// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "driver/compiler/emit_program.h"

#include <algorithm>
#include <cstddef>
#include <fmt/format.h>
#include <stdexcept>
#include <utility>

#include "driver/compiler/buffers.h"
#include "driver/compiler/integers.h"
#include "driver/compiler/layer_context.h"
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

std::vector<ProgramTensor> PlaceTensors(const Network& network,
                                        int bus_bytes,
                                        int batch,
                                        MemoryPlan& memory) {
  std::vector<ProgramTensor> tensors;
  for (const Tensor& tensor : network.tensors) {
    tensors.push_back(PlaceTensor(tensor, batch, bus_bytes, memory));
  }
  memory.CheckLimit();
  return tensors;
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

// The least power of two that is `value` or more, but not more than `most`.
int LeastPower(std::int64_t value, int most) {
  std::int64_t power = 1;
  while (power < value) {
    power *= 2;
  }
  return static_cast<int>(std::min<std::int64_t>(power, most));
}

// Adds all layers to the schedule and their constants and stamps to memory. Returns the device with
// the least buffers for that.
Capabilities CompileLayers(const Network& network,
                           const ProgramChoice& choice,
                           bool constants,
                           MemoryPlan& memory,
                           ScheduleBuilder& schedule,
                           Program& program) {
  const BufferSizes sizes(choice.device);
  Ring act_ring(sizes.act_words);
  Ring weight_ring(sizes.weight_words);
  Ring param_ring(std::int64_t{sizes.param_entries} * sizes.entry_words);
  Ring out_ring(sizes.out_words);
  for (std::size_t i = 0; i < network.layers.size(); ++i) {
    const Layer& layer = network.layers[i];
    LayerContext context{choice.device,
                         sizes,
                         program.tensors,
                         program.batch,
                         static_cast<int>(i),
                         choice.tiling.Of(i),
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
  Capabilities least = choice.device;
  const auto shrink = [&](int Capabilities::*size, const Ring& ring, int units, int per_unit) {
    if (ring.least_size() < ring.size()) {
      least.*size = LeastPower(CeilDivide(ring.least_size(), units) * per_unit, least.*size);
    }
  };
  shrink(&Capabilities::act_bytes, act_ring, 1, 2 * sizes.bus_bytes);
  shrink(&Capabilities::wgt_bytes, weight_ring, 1, sizes.bus_bytes);
  shrink(&Capabilities::out_bytes, out_ring, 1, sizes.bus_bytes);
  shrink(&Capabilities::param_entries, param_ring, sizes.entry_words, 1);
  return least;
}

}  // namespace

std::vector<ProgramTensor> PlaceTensors(const Network& network,
                                        const Capabilities& capabilities,
                                        const CompileOptions& options) {
  MemoryPlan memory(options.memory_bytes);
  return PlaceTensors(network, capabilities.bus_bytes, options.batch, memory);
}

EmittedProgram EmitProgram(const Network& network,
                           const Capabilities& capabilities,
                           const CompileOptions& options,
                           const ProgramChoice& choice,
                           bool constants) {
  EmittedProgram emitted;
  ProgramPlan& plan = emitted.plan;
  Program& program = plan.program;
  program.name = network.name;
  program.capabilities = capabilities;
  program.batch = options.batch;
  program.input = network.input;
  program.output = network.output;
  MemoryPlan memory(options.memory_bytes);
  program.tensors = PlaceTensors(network, capabilities.bus_bytes, options.batch, memory);
  const auto relay = static_cast<std::uint32_t>(
      memory.Allocate(static_cast<std::uint64_t>(capabilities.bus_bytes)));
  ScheduleBuilder schedule(capabilities, relay);
  emitted.least_device = CompileLayers(network, choice, constants, memory, schedule, program);
  plan.commands = std::move(schedule).Finish(choice.prefetch_distance);
  program.command_address =
      static_cast<std::uint32_t>(memory.Allocate(plan.commands.size() * kCommandBytes));
  memory.CheckLimit();
  program.memory_bytes = memory.used();
  return emitted;
}

std::optional<EmittedProgram> TryEmitProgram(const Network& network,
                                             const Capabilities& capabilities,
                                             const CompileOptions& options,
                                             const ProgramChoice& choice) {
  try {
    EmittedProgram emitted = EmitProgram(network, capabilities, options, choice, false);
    for (const Command& command : emitted.plan.commands) {
      static_cast<void>(Encode(command));
    }
    return emitted;
  } catch (const std::invalid_argument&) {
    return std::nullopt;  // whoever uses it all the same is told why, with names
  }
}

}  // namespace denseshift::driver
