// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_ESTIMATE_TIMING_JOB_TIMING_H_
#define DENSESHIFT_SIM_ESTIMATE_TIMING_JOB_TIMING_H_

#include <cstdint>
#include <vector>

#include "driver/command/command.h"
#include "sim/device_parameters.h"
#include "sim/estimate/timing/array_use.h"
#include "sim/estimate/timing/cycle.h"
#include "sim/estimate/timing/span.h"
#include "sim/estimate/timing/store_timing.h"
#include "sim/memory/memory_parameters.h"

namespace denseshift::sim::timing {

struct JobOptions {
  std::int64_t list_address = 0;
  // The memory's cycle in which the job's first cycle lies; what pauses it depends on that.
  std::uint64_t memory_cycle = 0;
  bool spans = false;
  Cycle limit = kUnknown;  // of a job that takes more cycles only that is said
};

struct JobTiming {
  Cycle cycles = 0;  // register CYCLES at the end
  std::vector<StampTime> stamps;
  ArrayUse use;
  std::vector<Span> spans;  // if asked for
};

// When everything in a job happens. The commands are legal and the job ends without an error.
//
// Errors  std::logic_error if the commands wait for each other.
[[nodiscard]] JobTiming TimeJob(const std::vector<driver::Command>& commands,
                                const DeviceParameters& device,
                                const MemoryParameters& memory,
                                const JobOptions& options);

}  // namespace denseshift::sim::timing

#endif  // DENSESHIFT_SIM_ESTIMATE_TIMING_JOB_TIMING_H_
