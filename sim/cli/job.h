// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_CLI_JOB_H_
#define DENSESHIFT_SIM_CLI_JOB_H_

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "driver/network/network.h"
#include "driver/program/program.h"
#include "driver/runtime.h"
#include "sim/cli/images.h"
#include "sim/config/config.h"

namespace denseshift::sim {

// What to run, on which configuration; docs/usage.md.
struct JobArguments {
  std::string network;  // ONNX or program file
  std::string input;
  std::string calibrate;
  std::string config = "16x16";
  Layout layout = Layout::kAuto;
  int batch = 1;
  std::size_t count = 0;  // 0: all images
};

// A program, and the network it was compiled from unless it came from a file.
struct Job {
  driver::Program program;
  std::optional<driver::Network> network;

  [[nodiscard]] const driver::Tensor& input() const {
    return program.tensors.at(static_cast<std::size_t>(program.input)).tensor;
  }

  [[nodiscard]] const driver::Tensor& output() const {
    return program.tensors.at(static_cast<std::size_t>(program.output)).tensor;
  }
};

// Errors of both: std::exception for everything that is wrong with the files.
[[nodiscard]] Job LoadJob(const JobArguments& arguments, const Config& config);

// All images of the input file.
[[nodiscard]] std::vector<driver::Image> LoadImages(const JobArguments& arguments, const Job& job);

// Leaves the first `count` images. Throws std::invalid_argument if there are fewer.
void KeepFirst(const JobArguments& arguments, std::vector<driver::Image>& images);

// Runs all images, a batch at a time. Errors of driver::Runtime.
[[nodiscard]] std::vector<driver::Image> RunImages(driver::Runtime& runtime,
                                                   const std::vector<driver::Image>& images);

}  // namespace denseshift::sim

#endif  // DENSESHIFT_SIM_CLI_JOB_H_
