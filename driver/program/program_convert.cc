// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "driver/program/program_convert.h"

#include <algorithm>
#include <cstddef>
#include <program_generated.h>  // from program.fbs
#include <stdexcept>

namespace denseshift::driver {
namespace {

using flatbuffers::FlatBufferBuilder;
using flatbuffers::Offset;

// The schema's enumeration and ours have the same values.
static_assert(static_cast<int>(Operator::kConv) == static_cast<int>(schema::Operator::Conv));
static_assert(static_cast<int>(Operator::kMaxPool) == static_cast<int>(schema::Operator::MaxPool));
static_assert(static_cast<int>(Operator::kAveragePool) ==
              static_cast<int>(schema::Operator::AveragePool));
static_assert(static_cast<int>(Operator::kAdd) == static_cast<int>(schema::Operator::Add));

Offset<schema::Capabilities> Write(FlatBufferBuilder& builder, const Capabilities& c) {
  return schema::CreateCapabilities(builder,
                                    c.lanes,
                                    c.columns,
                                    c.max_code_bits,
                                    c.accumulator_bits,
                                    c.accumulator_depth,
                                    c.bus_bytes,
                                    c.act_bytes,
                                    c.wgt_bytes,
                                    c.out_bytes,
                                    c.param_entries);
}

Offset<schema::Segment> Write(FlatBufferBuilder& builder, const Segment& segment) {
  return schema::CreateSegment(builder, segment.address, builder.CreateVector(segment.bytes));
}

Offset<schema::Tensor> Write(FlatBufferBuilder& builder, const ProgramTensor& placed) {
  const Tensor& t = placed.tensor;
  return schema::CreateTensor(builder,
                              builder.CreateString(t.name),
                              t.height,
                              t.width,
                              t.channels,
                              t.scale,
                              t.zero_point,
                              t.is_unsigned,
                              t.onnx_rank,
                              placed.address,
                              placed.row_pitch,
                              placed.image_pitch);
}

Offset<schema::Layer> Write(FlatBufferBuilder& builder, const ProgramLayer& layer) {
  return schema::CreateLayer(builder,
                             builder.CreateString(layer.name),
                             builder.CreateString(layer.onnx_type),
                             static_cast<schema::Operator>(layer.op),
                             layer.code_bits,
                             layer.macs,
                             layer.output,
                             layer.stamp);
}

// A vector of tables.
template <typename Table, typename Item>
auto WriteAll(FlatBufferBuilder& builder, const std::vector<Item>& items) {
  std::vector<Offset<Table>> offsets;
  offsets.reserve(items.size());
  for (const Item& item : items) {
    offsets.push_back(Write(builder, item));
  }
  return builder.CreateVector(offsets);
}

Capabilities Read(const schema::Capabilities& c) {
  Capabilities capabilities;
  capabilities.lanes = c.lanes();
  capabilities.columns = c.columns();
  capabilities.max_code_bits = c.max_code_bits();
  capabilities.accumulator_bits = c.accumulator_bits();
  capabilities.accumulator_depth = c.accumulator_depth();
  capabilities.bus_bytes = c.bus_bytes();
  capabilities.act_bytes = c.act_bytes();
  capabilities.wgt_bytes = c.wgt_bytes();
  capabilities.out_bytes = c.out_bytes();
  capabilities.param_entries = c.param_entries();
  return capabilities;
}

Segment Read(const schema::Segment& segment) {
  return {segment.address(), {segment.bytes()->begin(), segment.bytes()->end()}};
}

ProgramTensor Read(const schema::Tensor& t) {
  ProgramTensor placed;
  placed.tensor.name = t.name()->str();
  placed.tensor.height = t.height();
  placed.tensor.width = t.width();
  placed.tensor.channels = t.channels();
  placed.tensor.scale = t.scale();
  placed.tensor.zero_point = t.zero_point();
  placed.tensor.is_unsigned = t.is_unsigned();
  placed.tensor.onnx_rank = t.onnx_rank();
  placed.address = t.address();
  placed.row_pitch = t.row_pitch();
  placed.image_pitch = t.image_pitch();
  return placed;
}

ProgramLayer Read(const schema::Layer& l) {
  if (l.op() > schema::Operator::MAX) {
    throw std::runtime_error("a layer has an unknown operator");
  }
  ProgramLayer layer;
  layer.name = l.name()->str();
  layer.onnx_type = l.onnx_type()->str();
  layer.op = static_cast<Operator>(l.op());
  layer.code_bits = l.code_bits();
  layer.macs = l.macs();
  layer.output = l.output();
  layer.stamp = l.stamp();
  return layer;
}

template <typename Item, typename Tables>
std::vector<Item> ReadAll(const Tables& tables) {
  std::vector<Item> items;
  items.reserve(tables.size());
  for (const auto* table : tables) {
    items.push_back(Read(*table));
  }
  return items;
}

}  // namespace

std::vector<std::uint8_t> ToFlatBuffer(const Program& program) {
  FlatBufferBuilder builder;
  std::vector<std::uint32_t> words;
  words.reserve(program.commands.size() * std::tuple_size_v<CommandWords>);
  for (const CommandWords& command : program.commands) {
    words.insert(words.end(), command.begin(), command.end());
  }
  const auto name = builder.CreateString(program.name);
  const auto capabilities = Write(builder, program.capabilities);
  const auto commands = builder.CreateVector(words);
  const auto segments = WriteAll<schema::Segment>(builder, program.segments);
  const auto tensors = WriteAll<schema::Tensor>(builder, program.tensors);
  const auto layers = WriteAll<schema::Layer>(builder, program.layers);
  schema::FinishProgramBuffer(builder,
                              schema::CreateProgram(builder,
                                                    name,
                                                    capabilities,
                                                    program.batch,
                                                    program.memory_bytes,
                                                    program.command_address,
                                                    commands,
                                                    segments,
                                                    tensors,
                                                    layers,
                                                    program.input,
                                                    program.output));
  return {builder.GetBufferPointer(), builder.GetBufferPointer() + builder.GetSize()};
}

Program FromFlatBuffer(const std::vector<std::uint8_t>& bytes) {
  flatbuffers::Verifier verifier(bytes.data(), bytes.size());
  if (!schema::VerifyProgramBuffer(verifier)) {
    throw std::runtime_error("its FlatBuffer is malformed");
  }
  const schema::Program& p = *schema::GetProgram(bytes.data());
  constexpr std::size_t kWords = std::tuple_size_v<CommandWords>;
  if (p.commands()->size() % kWords != 0) {
    throw std::runtime_error("its command list ends inside a command");
  }
  Program program;
  program.name = p.name()->str();
  program.capabilities = Read(*p.capabilities());
  program.batch = p.batch();
  program.memory_bytes = p.memory_bytes();
  program.command_address = p.command_address();
  program.commands.resize(p.commands()->size() / kWords);
  for (flatbuffers::uoffset_t i = 0; i < p.commands()->size(); ++i) {
    program.commands[i / kWords].at(i % kWords) = p.commands()->Get(i);
  }
  program.segments = ReadAll<Segment>(*p.segments());
  program.tensors = ReadAll<ProgramTensor>(*p.tensors());
  program.layers = ReadAll<ProgramLayer>(*p.layers());
  program.input = p.input();
  program.output = p.output();
  return program;
}

}  // namespace denseshift::driver
