// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_CLI_FROM_FILE_H_
#define DENSESHIFT_SIM_CLI_FROM_FILE_H_

#include <fmt/format.h>
#include <stdexcept>
#include <string>

#include "sim/npy/npy.h"

namespace denseshift::sim {

// What `make` makes of a .npy file. Prefixes what goes wrong by the file's name.
template <typename Make>
auto FromFile(const std::string& file, Make&& make) {
  const NpyArray array = ReadNpy(file);
  try {
    return make(array);
  } catch (const std::runtime_error& e) {
    throw std::runtime_error(fmt::format("{}: {}", file, e.what()));
  }
}

}  // namespace denseshift::sim

#endif  // DENSESHIFT_SIM_CLI_FROM_FILE_H_
