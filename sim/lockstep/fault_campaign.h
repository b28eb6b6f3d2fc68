// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_LOCKSTEP_FAULT_CAMPAIGN_H_
#define DENSESHIFT_SIM_LOCKSTEP_FAULT_CAMPAIGN_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

#include "driver/device.h"
#include "sim/device_parameters.h"
#include "sim/lockstep/bit_flip.h"
#include "sim/memory/memory_parameters.h"

namespace denseshift::sim {

// What became of one bit flip.
struct FaultOutcome {
  BitFlip flip;
  bool is_memory = false;  // of a memory, not a flip-flop
  // The lock-step found a difference, `latency` cycles after the flip.
  bool detected = false;
  std::uint64_t latency = 0;
  // Left alone, the run shows it: memory, a register the host can read or the number of cycles is
  // not as without it, or the job does not end well.
  bool harmful = false;
  // Harmful, and found neither before nor in the cycle in which a pin first shows it.
  bool silent = false;
};

struct FaultCampaignOptions {
  std::size_t flips = 500;
  std::uint64_t seed = 1;
  bool registers_only = false;  // else memories too
  unsigned processes = 2;       // at the same time
  std::function<void(std::size_t done)> progress;
};

// Everything a workload leaves behind that can be seen from outside of the device.
using WorkloadResult = std::vector<std::uint8_t>;

// Flips bits of the RTL, one in each run of a workload, every bit of its state and every cycle with
// the same probability, and follows each run to its end. The runs are forked off a faultless one in
// the cycle of the flip.
//
// Errors  of the workload without a fault; std::runtime_error if a process cannot be made or a
//         simulator crashes.
[[nodiscard]] std::vector<FaultOutcome> RunFaultCampaign(
    const DeviceParameters& parameters,
    const MemoryParameters& memory,
    const std::function<WorkloadResult(driver::Device&)>& workload,
    const FaultCampaignOptions& options);

}  // namespace denseshift::sim

#endif  // DENSESHIFT_SIM_LOCKSTEP_FAULT_CAMPAIGN_H_
