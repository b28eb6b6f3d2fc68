// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_DRIVER_PROGRAM_PROGRAM_H_
#define DENSESHIFT_DRIVER_PROGRAM_PROGRAM_H_

#include <cstdint>
#include <string>
#include <vector>

#include "driver/capabilities.h"
#include "driver/command/command.h"
#include "driver/network/network.h"

namespace denseshift::driver {

// Constant bytes of the memory image: weights and parameters of one layer.
struct Segment {
  std::uint32_t address = 0;
  std::vector<std::uint8_t> bytes;
};

// A tensor of the network and its place in device memory.
//
// Element (image n, row y, column x, channel c) is the byte at
// address + n * image_pitch + y * row_pitch + x * channels + c.
struct ProgramTensor {
  Tensor tensor;
  std::uint32_t address = 0;
  std::uint32_t row_pitch = 0;    // bytes, a multiple of BusBytes
  std::uint32_t image_pitch = 0;  // bytes
};

// A layer of the network, for reports.
struct ProgramLayer {
  std::string name;
  std::string onnx_type;  // "Conv", "MaxPool", ...
  Operator op = Operator::kConv;
  int code_bits = 0;       // 0 if the layer has no weights
  std::uint64_t macs = 0;  // of one image
  int output = 0;          // index into Program::tensors
  // Address of the cycle count (8 bytes) at the layer's end; unused for the last layer, which ends
  // with the job.
  std::uint32_t stamp = 0;
};

// A network compiled for one device configuration and batch size: all a device needs to run it.
struct Program {
  std::string name;
  Capabilities capabilities;
  int batch = 1;
  std::uint64_t memory_bytes = 0;  // device memory needed, from address 0 on
  std::uint32_t command_address = 0;
  std::vector<CommandWords> commands;
  std::vector<Segment> segments;
  std::vector<ProgramTensor> tensors;  // as Network::tensors
  std::vector<ProgramLayer> layers;    // in execution order
  int input = 0;                       // index into tensors
  int output = 0;                      // index into tensors
};

// Checks that all parts of a program fit together: places inside memory, no overlap of constants
// and commands with tensors, indices in range, commands legal for the capabilities.
//
// Errors  std::runtime_error naming what is wrong.
void ValidateProgram(const Program& program);

}  // namespace denseshift::driver

#endif  // DENSESHIFT_DRIVER_PROGRAM_PROGRAM_H_
