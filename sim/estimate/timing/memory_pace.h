// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_ESTIMATE_TIMING_MEMORY_PACE_H_
#define DENSESHIFT_SIM_ESTIMATE_TIMING_MEMORY_PACE_H_

#include <algorithm>
#include <cstdint>

#include "sim/estimate/timing/cycle.h"
#include "sim/memory/memory_parameters.h"

namespace denseshift::sim::timing {

// The channels of the bus, numbered as in docs/memory_model.md "Stalls".
enum class Channel : unsigned { kReadAddress, kRead, kWriteAddress, kWrite, kResponse };

// When the memory pauses; docs/memory_model.md "Stalls".
class Stalls {
 public:
  // Cycle 0 of the job is cycle `start` of the memory.
  Stalls(const MemoryParameters& memory, std::uint64_t start);

  // Whether there are any.
  [[nodiscard]] bool Exist() const { return threshold_ != 0 || refresh_ != 0; }

  // The first cycle from `cycle` on in which the channel does not pause.
  [[nodiscard]] Cycle FreeFrom(Channel channel, Cycle cycle) const {
    return Exist() ? Search(channel, cycle) : cycle;
  }

 private:
  [[nodiscard]] Cycle Search(Channel channel, Cycle cycle) const;

  std::uint64_t start_;
  std::uint64_t threshold_;
  std::uint64_t mixed_seed_;
  std::uint64_t period_;
  std::uint64_t refresh_;
};

// The data beats of one direction; docs/memory_model.md "Throughput".
class BeatPace {
 public:
  BeatPace(const MemoryParameters& memory, const Stalls& stalls, Channel channel);

  // Whether a beat can take place in every cycle.
  [[nodiscard]] bool IsFree() const { return period_ <= kTicks && !stalls_.Exist(); }

  // The cycle at least in which the last of `beats` beats takes place that follow one in `cycle`.
  [[nodiscard]] Cycle LeastAfter(Cycle cycle, std::int64_t beats) const {
    return cycle - 1 + beats * std::max(period_, kTicks) / kTicks;
  }

  // Places a beat in the first possible cycle from `cycle` on and returns that.
  [[nodiscard]] Cycle Next(Cycle cycle) {
    if (period_ > kTicks)
      cycle = std::max(cycle, (slot_ + kTicks - 1) / kTicks);
    cycle = stalls_.FreeFrom(channel_, cycle);
    slot_ = std::max(slot_, (cycle - 1) * kTicks) + period_;
    return cycle;
  }

 private:
  static constexpr std::int64_t kTicks = 1024;

  const Stalls& stalls_;
  Channel channel_;
  std::int64_t period_;
  std::int64_t slot_ = 0;
};

}  // namespace denseshift::sim::timing

#endif  // DENSESHIFT_SIM_ESTIMATE_TIMING_MEMORY_PACE_H_
