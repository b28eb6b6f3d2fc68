// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_ESTIMATE_TIMING_HISTORY_H_
#define DENSESHIFT_SIM_ESTIMATE_TIMING_HISTORY_H_

#include <array>
#include <cstddef>
#include <cstdint>

#include "sim/estimate/timing/cycle.h"

namespace denseshift::sim::timing {

// When the latest of a row of numbered events happened: enough to say when a queue of up to kSize
// entries has room again.
template <std::size_t kSize>
class History {
 public:
  void Add(Cycle cycle) {
    cycles_[count_ % kSize] = cycle;
    ++count_;
  }

  [[nodiscard]] std::uint64_t count() const { return count_; }

  // Of an event among the last kSize.
  [[nodiscard]] Cycle At(std::uint64_t number) const { return cycles_[number % kSize]; }

  // Of the last event; -1 before the first.
  [[nodiscard]] Cycle Last() const { return count_ == 0 ? -1 : At(count_ - 1); }

  // The cycle from which on one more can enter a queue of `depth` entries that `entered` have
  // entered and from which these events removed one each. A place can be used in the cycle after
  // the removal. kUnknown if that removal has not been timed yet.
  [[nodiscard]] Cycle RoomFrom(std::uint64_t entered, std::uint64_t depth) const {
    if (entered < depth)
      return 0;
    return entered - depth < count_ ? At(entered - depth) + 1 : kUnknown;
  }

 private:
  static_assert((kSize & (kSize - 1)) == 0);
  std::array<Cycle, kSize> cycles_{};
  std::uint64_t count_ = 0;
};

}  // namespace denseshift::sim::timing

#endif  // DENSESHIFT_SIM_ESTIMATE_TIMING_HISTORY_H_
