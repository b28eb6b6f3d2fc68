// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/estimate/timing/memory_pace.h"

#include <cmath>

namespace denseshift::sim::timing {
namespace {

std::uint64_t Mix(std::uint64_t x) {
  x += 0x9E3779B97F4A7C15U;
  x = (x ^ (x >> 30U)) * 0xBF58476D1CE4E5B9U;
  x = (x ^ (x >> 27U)) * 0x94D049BB133111EBU;
  return x ^ (x >> 31U);
}

}  // namespace

Stalls::Stalls(const MemoryParameters& memory, std::uint64_t start)
    : start_(start),
      threshold_(static_cast<std::uint64_t>(std::llround(4096.0 * memory.stall_probability))),
      mixed_seed_(Mix(memory.seed)),
      period_(static_cast<std::uint64_t>(memory.refresh_period_cycles)),
      refresh_(period_ == 0 ? 0 : static_cast<std::uint64_t>(memory.refresh_cycles)) {
}

Cycle Stalls::Search(Channel channel, Cycle cycle) const {
  std::uint64_t now = start_ + static_cast<std::uint64_t>(cycle);
  for (;; ++now) {
    if (refresh_ != 0) {
      const std::uint64_t phase = now % period_;
      if (phase < refresh_)
        now += refresh_ - phase;
    }
    if (threshold_ == 0)
      break;
    const std::uint64_t random = Mix(mixed_seed_ + now) >> (12U * static_cast<unsigned>(channel));
    if ((random & 4095U) >= threshold_)
      break;
  }
  return static_cast<Cycle>(now - start_);
}

BeatPace::BeatPace(const MemoryParameters& memory, const Stalls& stalls, Channel channel)
    : stalls_(stalls),
      channel_(channel),
      period_(
          std::llround(static_cast<double>(kTicks) * memory.bus_bytes / memory.bytes_per_cycle)) {
}

}  // namespace denseshift::sim::timing
