// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_ESTIMATE_TIMING_TOKEN_TIMES_H_
#define DENSESHIFT_SIM_ESTIMATE_TIMING_TOKEN_TIMES_H_

#include <cstdint>
#include <vector>

#include "sim/estimate/timing/cycle.h"

namespace denseshift::sim::timing {

// One token counter: when its tokens were given, in order, and how many were taken.
class TokenTimes {
 public:
  void Give(Cycle cycle) { given_.push_back(cycle); }

  // The cycle from which on `need` tokens can be taken; 0 if none are needed.
  [[nodiscard]] Cycle ThereFrom(std::int64_t need) const {
    if (need == 0)
      return 0;
    const auto last = static_cast<std::size_t>(taken_ + need - 1);
    return last < given_.size() ? given_[last] + 1 : kUnknown;
  }

  void Take(std::int64_t need) { taken_ += need; }

 private:
  std::vector<Cycle> given_;
  std::int64_t taken_ = 0;
};

// The five of them.
struct Tokens {
  TokenTimes load_to_compute;
  TokenTimes compute_to_load;
  TokenTimes compute_to_store;
  TokenTimes store_to_compute;
  TokenTimes store_to_load;
};

}  // namespace denseshift::sim::timing

#endif  // DENSESHIFT_SIM_ESTIMATE_TIMING_TOKEN_TIMES_H_
