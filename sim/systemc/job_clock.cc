// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/systemc/job_clock.h"

#include <algorithm>
#include <iterator>
#include <limits>
#include <stdexcept>
#include <tuple>
#include <utility>

#include "driver/command/command.h"
#include "sim/estimate/timing/job_timing.h"

namespace denseshift::systemc {

const JobTime& JobClock::Time(std::vector<sim::CommandWords> commands, const Start& start) {
  Start effective = start;
  if (!DependsOnStart())
    effective.bus_cycle = 0;
  const auto all = [](const Start& s) {
    return std::tie(s.list_address, s.bus_cycle, s.watchdog, s.late_cycles);
  };
  if (is_known_ && all(effective) == all(start_) && commands == commands_)
    return time_;
  is_known_ = true;
  commands_ = std::move(commands);
  start_ = effective;

  try {
    std::vector<driver::Command> timed;
    timed.reserve(commands_.size());
    std::transform(commands_.begin(), commands_.end(), std::back_inserter(timed), driver::Decode);
    sim::MemoryParameters bus = bus_;
    constexpr std::uint64_t kMostLate = std::numeric_limits<int>::max() / 2;
    bus.latency_cycles += static_cast<int>(std::min(effective.late_cycles, kMostLate));
    sim::timing::JobTiming timing = sim::timing::TimeJob(
        timed, device_, bus, {effective.list_address, effective.bus_cycle, false});
    time_ = {static_cast<std::uint64_t>(timing.cycles), std::move(timing.stamps)};
  } catch (const std::logic_error&) {
    time_ = {std::max(start.watchdog, 1U), {}};
  }
  return time_;
}

}  // namespace denseshift::systemc
