// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_MEMORY_STALL_PATTERN_H_
#define DENSESHIFT_SIM_MEMORY_STALL_PATTERN_H_

#include <cmath>
#include <cstdint>

#include "sim/memory/memory_parameters.h"

namespace denseshift::sim {

// Channels as bits of a set.
enum AxiChannel : unsigned { kAr = 1, kR = 2, kAw = 4, kW = 8, kB = 16, kAllChannels = 31 };

// Which channels are stalled, cycle by cycle; docs/memory_model.md "Stalls". All in the header: it
// is asked in every busy cycle.
class StallPattern {
 public:
  explicit StallPattern(const MemoryParameters& parameters)
      : seed_(parameters.seed),
        threshold_(
            static_cast<std::uint64_t>(std::llround(parameters.stall_probability * kOutcomes))),
        refresh_period_(parameters.refresh_period_cycles),
        refresh_cycles_(parameters.refresh_cycles) {}

  // Whether any channel is ever stalled.
  [[nodiscard]] bool IsEmpty() const { return threshold_ == 0 && refresh_period_ == 0; }

  void Restart() { refresh_phase_ = 0; }

  // Moves on by a cycle, or more.
  void Next() {
    if (refresh_period_ != 0 && ++refresh_phase_ == refresh_period_)
      refresh_phase_ = 0;
  }

  void Skip(std::uint64_t cycles) {
    if (refresh_period_ != 0)
      refresh_phase_ = static_cast<int>((static_cast<unsigned>(refresh_phase_) + cycles) %
                                        static_cast<unsigned>(refresh_period_));
  }

  // The set of channels stalled in the cycle arrived at, which is cycle `cycle`.
  [[nodiscard]] unsigned Stalled(std::int64_t cycle) const {
    if (refresh_phase_ < refresh_cycles_)
      return kAllChannels;
    if (threshold_ == 0)
      return 0;
    const std::uint64_t random = SplitMix64(SplitMix64(seed_) + static_cast<std::uint64_t>(cycle));
    unsigned stalls = 0;
    for (unsigned channel = 0; channel < 5; ++channel) {
      const bool is_stalled = (random >> (12U * channel) & (kOutcomes - 1U)) < threshold_;
      stalls |= static_cast<unsigned>(is_stalled) << channel;
    }
    return stalls;
  }

 private:
  static constexpr unsigned kOutcomes = 4096;  // of a random draw

  static std::uint64_t SplitMix64(std::uint64_t x) {
    x += 0x9E3779B97F4A7C15U;
    x = (x ^ (x >> 30U)) * 0xBF58476D1CE4E5B9U;
    x = (x ^ (x >> 27U)) * 0x94D049BB133111EBU;
    return x ^ (x >> 31U);
  }

  std::uint64_t seed_;
  std::uint64_t threshold_;  // of kOutcomes
  int refresh_period_;
  int refresh_cycles_;
  int refresh_phase_ = 0;  // the cycle modulo the period
};

}  // namespace denseshift::sim

#endif  // DENSESHIFT_SIM_MEMORY_STALL_PATTERN_H_
