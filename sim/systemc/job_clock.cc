// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/systemc/job_clock.h"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "driver/command/command.h"
#include "sim/estimate/timing/job_timing.h"
#include "sim/systemc/timed_command.h"

namespace denseshift::systemc {

const JobTime& JobClock::Time(std::vector<sim::CommandWords> commands,
                              std::uint32_t list_address,
                              std::uint64_t bus_cycle,
                              std::uint32_t watchdog) {
  const std::uint64_t start = DependsOnStart() ? bus_cycle : 0;
  if (is_known_ && list_address == list_address_ && start == bus_cycle_ && watchdog == watchdog_ &&
      commands == commands_)
    return time_;
  is_known_ = true;
  commands_ = std::move(commands);
  list_address_ = list_address;
  bus_cycle_ = start;
  watchdog_ = watchdog;

  std::vector<driver::Command> timed;
  timed.reserve(commands_.size());
  std::transform(commands_.begin(), commands_.end(), std::back_inserter(timed), ToTimedCommand);
  try {
    sim::timing::JobTiming timing =
        sim::timing::TimeJob(timed, device_, bus_, {list_address, start, false});
    time_ = {static_cast<std::uint64_t>(timing.cycles), std::move(timing.stamps)};
  } catch (const std::logic_error&) {
    time_ = {std::max(watchdog, 1U), {}};
  }
  return time_;
}

}  // namespace denseshift::systemc
