// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_GOLDEN_CYCLE_TOKENS_H_
#define DENSESHIFT_GOLDEN_CYCLE_TOKENS_H_

#include <array>
#include <cstdint>

#include "golden/cycle/command.h"
#include "golden/cycle/state_list.h"

namespace denseshift::golden::cycle {

// The five token counters, by giver and taker.
enum TokenCounter : std::uint8_t {
  kLoadToCompute,
  kComputeToLoad,
  kComputeToStore,
  kStoreToCompute,
  kStoreToLoad,
  kTokenCounters,
};

// docs/timing.md "Tokens".
class Tokens {
 public:
  // Whether a command that waits on two counters finds its tokens.
  [[nodiscard]] bool AreThere(const Command& command, TokenCounter a, TokenCounter b) const {
    return counts_[a] >= command.wait_a() && counts_[b] >= command.wait_b();
  }

  // Marks what a command takes at the end of this cycle.
  void Take(const Command& command, TokenCounter a, TokenCounter b) {
    taken_[a] = static_cast<std::uint8_t>(command.wait_a());
    taken_[b] = static_cast<std::uint8_t>(command.wait_b());
    is_taken_ = true;
  }

  // The same for a command that waits on one.
  void Take(const Command& command, TokenCounter a) {
    taken_[a] = static_cast<std::uint8_t>(command.wait_a());
    is_taken_ = true;
  }

  // Marks a token given in this cycle.
  void Give(TokenCounter counter) { given_ |= 1U << counter; }

  // Whether the token marked for a counter is one too many.
  [[nodiscard]] bool Overflows(TokenCounter counter) const {
    return (given_ >> counter & 1U) != 0 && counts_[counter] - taken_[counter] == 255;
  }

  // Whether a command has taken some in this cycle.
  [[nodiscard]] bool AreTaken() const { return is_taken_; }

  // The end of a cycle in which tokens are taken or given.
  void Step();

  void Clear() { counts_.fill(0); }

  void ListState(StateList& list) const;

 private:
  std::array<std::uint8_t, kTokenCounters> counts_{};
  // Values of the cycle.
  std::array<std::uint8_t, kTokenCounters> taken_{};
  unsigned given_ = 0;
  bool is_taken_ = false;
};

}  // namespace denseshift::golden::cycle

#endif  // DENSESHIFT_GOLDEN_CYCLE_TOKENS_H_
