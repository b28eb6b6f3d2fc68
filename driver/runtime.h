// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_DRIVER_RUNTIME_H_
#define DENSESHIFT_DRIVER_RUNTIME_H_

#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <vector>

#include "driver/device.h"
#include "driver/program/program.h"

namespace denseshift::driver {

// One image or one tensor of one image: [height, width, channels] int8, device values.
using Image = std::vector<std::int8_t>;

struct RuntimeOptions {
  std::uint64_t limit_cycles = std::uint64_t{1} << 40U;  // per job, then std::runtime_error
  std::uint32_t watchdog = 100000;                       // register WATCHDOG
};

// The error registers of a job; docs/registers.md "Errors".
struct JobFailure {
  std::uint32_t code = 0;     // register ERROR [7:0]
  std::uint32_t unit = 0;     // register ERROR [15:8]
  std::uint32_t command = 0;  // index into Program::commands
  std::uint32_t address = 0;
};

// A job that ended with an error. what() holds all of it as text.
class JobError : public std::runtime_error {
 public:
  JobError(const std::string& message, const JobFailure& failure)
      : std::runtime_error(message), failure_(failure) {}

  [[nodiscard]] const JobFailure& failure() const { return failure_; }

 private:
  JobFailure failure_;
};

// Runs one program on one device.
class Runtime {
 public:
  // Checks that the device is what the program was compiled for and uploads constants and commands.
  //
  // Errors  std::runtime_error from ReadCapabilities; std::invalid_argument naming the first
  //         differing capability with both values, or the memory the program needs.
  Runtime(Device& device, Program program, const RuntimeOptions& options = {});

  // Runs one job on 1 .. batch images and returns one output tensor for each.
  // A job always computes the whole batch; images not given are zero points.
  //
  // Errors  std::invalid_argument for a wrong count or size; JobError if the job ends with an
  // error;
  //         std::runtime_error if it does not end within limit_cycles.
  std::vector<Image> Run(const std::vector<Image>& images);

  // A tensor as the last job left it. Every tensor keeps its own memory, also inner ones.
  // Errors  std::out_of_range.
  [[nodiscard]] Image ReadTensor(std::size_t tensor, int image = 0) const;

  // Clock cycles of the last job, from start to idle (registers CYCLES).
  [[nodiscard]] std::uint64_t JobCycles() const;

  // Clock cycles of each layer in the last job, whole batch: from the end of the layer before it
  // (the job's start for the first) to the end of its own last store (the job's end for the last).
  // Layers overlap: what a layer prefetches while the one before it computes is not counted. All 0
  // on a device without time.
  [[nodiscard]] std::vector<std::uint64_t> LayerCycles() const;

  [[nodiscard]] const Program& program() const { return program_; }

 private:
  void WriteTensor(std::size_t tensor, int image, const Image& values);
  [[nodiscard]] JobError DecodeError(std::uint32_t error) const;

  Device& device_;
  Program program_;
  RuntimeOptions options_;
};

}  // namespace denseshift::driver

#endif  // DENSESHIFT_DRIVER_RUNTIME_H_
