// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "golden/cycle/tokens.h"

namespace denseshift::golden::cycle {

void Tokens::Step() {
  for (unsigned i = 0; i < kTokenCounters; ++i) {
    const auto counter = static_cast<TokenCounter>(i);
    if (!Overflows(counter))
      counts_[i] = static_cast<std::uint8_t>(counts_[i] + (given_ >> i & 1U) - taken_[i]);
  }
  taken_.fill(0);
  given_ = 0;
  is_taken_ = false;
}

void Tokens::ListState(StateList& list) const {
  list.Add("tokens.load_compute.count", counts_[kLoadToCompute], 8);
  list.Add("tokens.compute_load.count", counts_[kComputeToLoad], 8);
  list.Add("tokens.compute_store.count", counts_[kComputeToStore], 8);
  list.Add("tokens.store_compute.count", counts_[kStoreToCompute], 8);
  list.Add("tokens.store_load.count", counts_[kStoreToLoad], 8);
}

}  // namespace denseshift::golden::cycle
