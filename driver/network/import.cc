// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "driver/network/import.h"

#include <exception>
#include <fmt/format.h>
#include <stdexcept>

#include "driver/network/frontend/calibrate.h"
#include "driver/network/frontend/lowering.h"
#include "driver/network/frontend/onnx_reader.h"
#include "driver/network/frontend/simplify.h"

namespace denseshift::driver {
namespace {

void CheckOptions(const ImportOptions& options) {
  if (options.max_code_bits < 2 || options.max_code_bits > 4) {
    throw std::invalid_argument(
        fmt::format("max_code_bits is {}; it must lie in 2 .. 4", options.max_code_bits));
  }
  if (options.code_bits < 2 || options.code_bits > 4) {
    throw std::invalid_argument(
        fmt::format("code_bits is {}; it must lie in 2 .. 4", options.code_bits));
  }
  if (options.weights == ImportWeights::kShapesOnly && !options.calibration.empty()) {
    throw std::invalid_argument("calibration: there is nothing to calibrate without weights");
  }
  if (!(options.calibration_percentile > 50.0 && options.calibration_percentile <= 100.0)) {
    throw std::invalid_argument(fmt::format(
        "calibration_percentile is {}; it must lie in (50, 100]", options.calibration_percentile));
  }
}

}  // namespace

Network ImportOnnx(const std::filesystem::path& path, const ImportOptions& options) {
  CheckOptions(options);
  try {
    frontend::Graph graph = frontend::ReadOnnx(path, options.weights);
    const std::vector<std::string> notes = frontend::Simplify(&graph);
    (void)frontend::CheckInput(graph);
    Network network = frontend::Lower(graph, frontend::Calibrate(graph, options), options);
    network.notes = notes;
    return network;
  } catch (const std::invalid_argument&) {
    throw;
  } catch (const std::exception& error) {
    throw std::runtime_error(fmt::format("{}: {}", path.string(), error.what()));
  }
}

}  // namespace denseshift::driver
