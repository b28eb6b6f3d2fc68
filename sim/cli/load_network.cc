// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/cli/load_network.h"

#include <cstdio>
#include <fmt/format.h>

#include "driver/network/import.h"
#include "sim/cli/images.h"

namespace denseshift::sim {

driver::Network LoadNetwork(const std::string& file,
                            const Config& config,
                            const std::string& calibrate) {
  driver::ImportOptions options;
  options.max_code_bits = config.device.max_code_bits;
  if (!calibrate.empty())
    options.calibration = MakeCalibration(ReadNpy(calibrate));
  driver::Network network = driver::ImportOnnx(file, options);
  for (const std::string& note : network.notes)
    fmt::print(stderr, "denseshift: note: {}\n", note);
  return network;
}

}  // namespace denseshift::sim
