// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/cli/inspect_command.h"

#include <fmt/format.h>
#include <stdexcept>
#include <vector>

#include "driver/command/command.h"
#include "driver/program/program_file.h"
#include "sim/cli/load_network.h"
#include "sim/cli/standard_output.h"
#include "sim/text_table.h"

namespace denseshift::sim {

namespace {

std::string ShapeOf(const driver::Tensor& t) {
  return fmt::format("{}x{}x{}", t.height, t.width, t.channels);
}

std::string QuantizationOf(const driver::Tensor& t) {
  // The zero point as the ONNX graph has it.
  return fmt::format("{} scale {:.6g} zero {}",
                     t.is_unsigned ? "uint8" : "int8",
                     t.scale,
                     t.is_unsigned ? t.zero_point + 128 : t.zero_point);
}

std::string KernelOf(const driver::Layer& layer) {
  if (layer.op == driver::Operator::kAdd)
    return "";
  const driver::Window& w = layer.window;
  std::string text = fmt::format("{}x{}", w.kernel_h, w.kernel_w);
  if (w.stride_h != 1 || w.stride_w != 1)
    text += fmt::format(" stride {}x{}", w.stride_h, w.stride_w);
  if (w.dilation_h != 1 || w.dilation_w != 1) {
    text += fmt::format(" dilation {}x{}", w.dilation_h, w.dilation_w);
  }
  if (w.pad_top != 0 || w.pad_left != 0 || w.pad_bottom != 0 || w.pad_right != 0) {
    text += fmt::format(" pad {},{},{},{}", w.pad_top, w.pad_left, w.pad_bottom, w.pad_right);
  }
  return text;
}

std::string NetworkText(const driver::Network& network) {
  const auto tensor = [&](int i) { return network.tensors.at(static_cast<std::size_t>(i)); };
  std::string text = fmt::format("network {}\ninput   {} {}, {}\noutput  {} {}, {}\n\n",
                                 network.name,
                                 tensor(network.input).name,
                                 ShapeOf(tensor(network.input)),
                                 QuantizationOf(tensor(network.input)),
                                 tensor(network.output).name,
                                 ShapeOf(tensor(network.output)),
                                 QuantizationOf(tensor(network.output)));
  TextTable table({"layer",
                   "operator",
                   "input (HxWxC)",
                   "kernel",
                   "output",
                   "code bits",
                   "weights",
                   "MACs",
                   "output values"});
  std::uint64_t macs = 0;
  std::size_t weights = 0;
  for (const driver::Layer& layer : network.layers) {
    macs += layer.Macs(network.tensors);
    weights += layer.codes.size();
    table.AddRow({layer.name,
                  layer.onnx_type,
                  ShapeOf(tensor(layer.inputs.at(0))),
                  KernelOf(layer),
                  ShapeOf(tensor(layer.output)),
                  layer.code_bits == 0 ? "" : std::to_string(layer.code_bits),
                  layer.codes.empty() ? "" : std::to_string(layer.codes.size()),
                  std::to_string(layer.Macs(network.tensors)),
                  QuantizationOf(tensor(layer.output))});
  }
  table.AddRow({"total", "", "", "", "", "", std::to_string(weights), std::to_string(macs), ""});
  return text + table.Text();
}

// Commands of each layer, by their tags.
std::vector<std::size_t> CommandsByLayer(const driver::Program& program) {
  std::vector<std::size_t> counts(program.layers.size());
  for (const driver::CommandWords& words : program.commands) {
    const std::size_t layer = words[1] & 0xFFFFU;
    if (layer < counts.size())
      ++counts[layer];
  }
  return counts;
}

std::string ProgramText(const driver::Program& program, bool commands) {
  const driver::Capabilities& c = program.capabilities;
  std::string text = fmt::format(
      "program {}, batch {}\n"
      "device  {} lanes x {} columns, codes up to {} bits, {}-bit accumulators, {} positions a "
      "stripe,\n"
      "        {}-byte bus, buffers {} / {} / {} bytes (activations / weights / outputs), {} "
      "parameter entries\n"
      "memory  {} bytes, {} commands at {:#x}\n\n",
      program.name,
      program.batch,
      c.lanes,
      c.columns,
      c.max_code_bits,
      c.accumulator_bits,
      c.accumulator_depth,
      c.bus_bytes,
      c.act_bytes,
      c.wgt_bytes,
      c.out_bytes,
      c.param_entries,
      program.memory_bytes,
      program.commands.size(),
      program.command_address);
  TextTable table({"layer",
                   "operator",
                   "code bits",
                   "MACs per image",
                   "commands",
                   "output (HxWxC)",
                   "address"});
  const std::vector<std::size_t> commands_of = CommandsByLayer(program);
  for (std::size_t i = 0; i < program.layers.size(); ++i) {
    const driver::ProgramLayer& layer = program.layers[i];
    const driver::ProgramTensor& output =
        program.tensors.at(static_cast<std::size_t>(layer.output));
    table.AddRow({layer.name,
                  layer.onnx_type,
                  layer.code_bits == 0 ? "" : std::to_string(layer.code_bits),
                  std::to_string(layer.macs),
                  std::to_string(commands_of[i]),
                  ShapeOf(output.tensor),
                  fmt::format("{:#x}", output.address)});
  }
  text += table.Text();
  if (commands) {
    text += "\n";
    for (std::size_t i = 0; i < program.commands.size(); ++i) {
      text += fmt::format("{:6} {}\n", i, driver::Disassemble(program.commands[i]));
    }
  }
  return text;
}

}  // namespace

void InspectCommand(const InspectArguments& arguments) {
  if (driver::IsProgramFile(arguments.file)) {
    WriteStandardOutput(ProgramText(driver::LoadProgram(arguments.file), arguments.commands));
    return;
  }
  if (arguments.commands) {
    throw std::invalid_argument(
        "--commands needs a program file; make one with denseshift compile");
  }
  WriteStandardOutput(NetworkText(LoadNetwork(arguments.file, Config(), arguments.calibrate)));
}

}  // namespace denseshift::sim
