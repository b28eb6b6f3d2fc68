// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_ESTIMATE_TIMING_STORE_TIMING_H_
#define DENSESHIFT_SIM_ESTIMATE_TIMING_STORE_TIMING_H_

#include <cstdint>
#include <vector>

#include "driver/command/command.h"
#include "sim/estimate/timing/bursts.h"
#include "sim/estimate/timing/command_queue.h"
#include "sim/estimate/timing/cycle.h"
#include "sim/estimate/timing/history.h"
#include "sim/estimate/timing/memory_pace.h"
#include "sim/estimate/timing/span.h"
#include "sim/estimate/timing/token_times.h"
#include "sim/memory/memory_parameters.h"

namespace denseshift::sim::timing {

// When a STAMP started.
struct StampTime {
  std::int64_t address = 0;
  Cycle cycle = 0;
};

// Copies rows to memory, whose write channels it has for itself; docs/timing.md "Store".
class StoreTiming {
 public:
  StoreTiming(const std::vector<driver::Command>& commands,
              Tokens& tokens,
              const MemoryParameters& memory,
              const Stalls& stalls,
              std::vector<Span>* spans);

  [[nodiscard]] CommandQueue& queue() { return queue_; }

  // Times the commands for which all they wait for is known. Returns whether there were any.
  bool Advance();

  [[nodiscard]] const std::vector<StampTime>& stamps() const { return stamps_; }

  // The cycle from which on the unit is idle, if no command comes any more.
  [[nodiscard]] Cycle IdleFrom() const { return finished_ + 1; }

 private:
  void Move(RowBursts rows, Cycle taken);
  [[nodiscard]] Cycle Announce(Cycle from);
  [[nodiscard]] Cycle Send(int beats, Cycle accepted, Cycle taken);
  void Respond(Cycle sent);

  const std::vector<driver::Command>& commands_;
  Tokens& tokens_;
  std::vector<Span>* spans_;
  CommandQueue queue_;
  std::vector<StampTime> stamps_;
  Cycle finished_ = -1;
  // Write channels.
  int bus_bytes_;
  Cycle latency_;
  std::uint64_t max_outstanding_;
  const Stalls& stalls_;
  BeatPace pace_;
  std::uint64_t bursts_ = 0;
  Cycle accepted_ = 0;    // the last address
  History<4> sent_;       // bursts, by their last beat
  History<64> answered_;  // bursts
  Cycle beat_ = -1;       // the last one was sent
};

}  // namespace denseshift::sim::timing

#endif  // DENSESHIFT_SIM_ESTIMATE_TIMING_STORE_TIMING_H_
