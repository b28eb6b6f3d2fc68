// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_SYSTEMC_JOB_CLOCK_H_
#define DENSESHIFT_SIM_SYSTEMC_JOB_CLOCK_H_

#include <cstdint>
#include <vector>

#include "sim/device_parameters.h"
#include "sim/estimate/timing/store_timing.h"
#include "sim/functional/command.h"
#include "sim/memory/memory_parameters.h"

namespace denseshift::systemc {

// How long a job takes.
struct JobTime {
  std::uint64_t cycles = 0;                    // register CYCLES at the end
  std::vector<sim::timing::StampTime> stamps;  // what its STAMPs write
};

// Knows how long jobs take, and remembers the last one: most run again and again.
class JobClock {
 public:
  JobClock(const sim::DeviceParameters& device, const sim::MemoryParameters& bus)
      : device_(device), bus_(bus) {}

  // When a job begins, and on what.
  struct Start {
    std::uint32_t list_address = 0;
    std::uint64_t bus_cycle = 0;    // in which its first cycle lies
    std::uint32_t watchdog = 0;     // how long it is if its commands wait for each other
    std::uint64_t late_cycles = 0;  // what the memory adds to each burst
  };

  const JobTime& Time(std::vector<sim::CommandWords> commands, const Start& start);

 private:
  [[nodiscard]] bool DependsOnStart() const {
    return bus_.stall_probability != 0 || bus_.refresh_period_cycles != 0;
  }

  sim::DeviceParameters device_;
  sim::MemoryParameters bus_;
  // The last job.
  bool is_known_ = false;
  std::vector<sim::CommandWords> commands_;
  Start start_;
  JobTime time_;
};

}  // namespace denseshift::systemc

#endif  // DENSESHIFT_SIM_SYSTEMC_JOB_CLOCK_H_
