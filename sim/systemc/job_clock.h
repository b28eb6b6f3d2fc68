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

  // Of commands fetched from `list_address`, the first cycle of which is the bus's cycle
  // `bus_cycle`. If they wait for each other it is `watchdog` cycles.
  const JobTime& Time(std::vector<sim::CommandWords> commands,
                      std::uint32_t list_address,
                      std::uint64_t bus_cycle,
                      std::uint32_t watchdog);

 private:
  [[nodiscard]] bool DependsOnStart() const {
    return bus_.stall_probability != 0 || bus_.refresh_period_cycles != 0;
  }

  sim::DeviceParameters device_;
  sim::MemoryParameters bus_;
  // The last job.
  bool is_known_ = false;
  std::vector<sim::CommandWords> commands_;
  std::uint32_t list_address_ = 0;
  std::uint64_t bus_cycle_ = 0;
  std::uint32_t watchdog_ = 0;
  JobTime time_;
};

}  // namespace denseshift::systemc

#endif  // DENSESHIFT_SIM_SYSTEMC_JOB_CLOCK_H_
