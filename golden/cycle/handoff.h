// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_GOLDEN_CYCLE_HANDOFF_H_
#define DENSESHIFT_GOLDEN_CYCLE_HANDOFF_H_

#include <cstdint>

#include "golden/cycle/state_list.h"

namespace denseshift::golden::cycle {

// Accumulator banks in use and commands ended, between feeder and post; docs/timing.md "Handoff".
class Handoff {
 public:
  struct Inputs {
    bool claims = false;
    bool claimed_bank = false;
    bool releases = false;
    bool released_bank = false;
    bool feeder_ends = false;
    bool post_ends = false;
  };

  [[nodiscard]] bool IsBusy(bool bank) const { return (busy_ >> (bank ? 1U : 0U) & 1U) != 0; }

  // Whether post is as far as the feeder.
  [[nodiscard]] bool CountsAreEqual() const { return feeder_seq_ == post_seq_; }

  // The end of a cycle.
  void Step(const Inputs& in) {
    if (in.claims || in.releases || in.feeder_ends || in.post_ends)
      Move(in);
  }

  void Clear() { *this = Handoff(); }

  void ListState(StateList& list) const {
    list.Add("handoff.busy", busy_, 2);
    list.Add("handoff.feeder_seq", feeder_seq_, 3);
    list.Add("handoff.post_seq", post_seq_, 3);
  }

 private:
  void Move(const Inputs& in) {
    constexpr unsigned kCountMask = 7;
    unsigned busy = busy_;
    if (in.releases)
      busy &= ~(1U << (in.released_bank ? 1U : 0U));
    if (in.claims)  // wins over a release
      busy |= 1U << (in.claimed_bank ? 1U : 0U);
    busy_ = static_cast<std::uint8_t>(busy);
    feeder_seq_ =
        static_cast<std::uint8_t>((feeder_seq_ + (in.feeder_ends ? 1U : 0U)) & kCountMask);
    post_seq_ = static_cast<std::uint8_t>((post_seq_ + (in.post_ends ? 1U : 0U)) & kCountMask);
  }

  std::uint8_t busy_ = 0;
  std::uint8_t feeder_seq_ = 0;
  std::uint8_t post_seq_ = 0;
};

}  // namespace denseshift::golden::cycle

#endif  // DENSESHIFT_GOLDEN_CYCLE_HANDOFF_H_
