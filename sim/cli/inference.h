// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_CLI_INFERENCE_H_
#define DENSESHIFT_SIM_CLI_INFERENCE_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "driver/device.h"
#include "driver/network/network.h"
#include "driver/program/program.h"
#include "driver/runtime.h"
#include "sim/check/layer_check.h"
#include "sim/config/config.h"
#include "sim/lockstep/bit_flip.h"
#include "sim/rtl/trace_window.h"

namespace denseshift::sim {

enum class DeviceKind { kRtl, kModel, kFunctional, kSystemcFunctional, kSystemcModel, kSystemcRtl };

struct InferenceOptions {
  DeviceKind device = DeviceKind::kRtl;
  Config config;
  TraceWindow trace;
  bool lockstep = false;                     // the RTL in lock-step with the cycle model
  std::optional<BitFlip> flip;               // in lock-step
  int threads = 1;                           // devices that share the images
  const driver::Network* network = nullptr;  // to check every layer against; null: no check
};

// Cycles of each counter of each unit, as in registers COUNTERS.
using UnitCounters = std::array<std::array<std::uint64_t, 4>, 5>;

// What running a program on images gave; cycles are sums over all jobs.
struct InferenceResult {
  std::vector<driver::Image> outputs;  // of the network, one for each image
  std::uint64_t cycles = 0;
  std::vector<std::uint64_t> layer_cycles;
  UnitCounters counters{};
  std::uint64_t simulated_cycles = 0;  // clock cycles of all devices, between jobs too
  double simulation_seconds = 0;       // wall-clock time spent on them, the longest of all threads
  std::uint64_t compared_cycles = 0;   // in lock-step, of all devices
  std::size_t compared_signals = 0;    // in each of them
  std::size_t checked_images = 0;
  std::optional<LayerDifference> difference;  // the run ends at the first one
};

// Runs a program on images, `program.batch` at a time.
//
// Errors  of the device and of driver::Runtime; LockstepDifference.
[[nodiscard]] InferenceResult Infer(const driver::Program& program,
                                    const std::vector<driver::Image>& images,
                                    const InferenceOptions& options);

}  // namespace denseshift::sim

#endif  // DENSESHIFT_SIM_CLI_INFERENCE_H_
