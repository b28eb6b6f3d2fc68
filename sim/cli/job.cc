// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/cli/job.h"

#include <algorithm>
#include <fmt/format.h>
#include <iterator>
#include <stdexcept>

#include "driver/program/program_file.h"
#include "sim/cli/from_file.h"
#include "sim/cli/load_network.h"
#include "sim/estimate/compile_for.h"

namespace denseshift::sim {

Job LoadJob(const JobArguments& arguments, const Config& config) {
  Job job;
  if (driver::IsProgramFile(arguments.network)) {
    job.program = driver::LoadProgram(arguments.network);
    return job;
  }
  job.network = LoadNetwork(arguments.network, config, arguments.calibrate);
  job.program = CompileFor(config, *job.network, arguments.batch);
  return job;
}

std::vector<driver::Image> LoadImages(const JobArguments& arguments, const Job& job) {
  return FromFile(arguments.input, [&](const NpyArray& array) {
    return MakeImages(array, job.input(), arguments.layout);
  });
}

void KeepFirst(const JobArguments& arguments, std::vector<driver::Image>& images) {
  if (arguments.count > images.size()) {
    throw std::invalid_argument(fmt::format("--count {} asks for more images than the {} of {}",
                                            arguments.count,
                                            images.size(),
                                            arguments.input));
  }
  if (arguments.count != 0)
    images.resize(arguments.count);
}

std::vector<driver::Image> RunImages(driver::Runtime& runtime,
                                     const std::vector<driver::Image>& images) {
  const auto batch = static_cast<std::size_t>(runtime.program().batch);
  std::vector<driver::Image> outputs;
  for (std::size_t i = 0; i < images.size(); i += batch) {
    const std::size_t end = std::min(images.size(), i + batch);
    std::vector<driver::Image> some =
        runtime.Run({images.begin() + static_cast<std::ptrdiff_t>(i),
                     images.begin() + static_cast<std::ptrdiff_t>(end)});
    std::move(some.begin(), some.end(), std::back_inserter(outputs));
  }
  return outputs;
}

}  // namespace denseshift::sim
