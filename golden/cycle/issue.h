// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_GOLDEN_CYCLE_ISSUE_H_
#define DENSESHIFT_GOLDEN_CYCLE_ISSUE_H_

#include "golden/cycle/command.h"
#include "golden/cycle/queue.h"
#include "golden/cycle/state_list.h"
#include "golden/cycle/tokens.h"

namespace denseshift::golden::cycle {

// Starts compute commands on their tokens; docs/timing.md "Issue". The three walkers hold their own
// queues.
class Issue {
 public:
  // A cycle, before the walkers step. Returns whether a command is taken: then it goes, after they
  // have stepped, from queue() into theirs.
  [[nodiscard]] bool Takes(bool a_walker_is_full, Tokens& tokens) const {
    if (queue_.empty() || a_walker_is_full ||
        !tokens.AreThere(queue_.head(), kLoadToCompute, kStoreToCompute))
      return false;
    tokens.Take(queue_.head(), kLoadToCompute, kStoreToCompute);
    return true;
  }

  [[nodiscard]] Queue<Command, 4>& queue() { return queue_; }

  [[nodiscard]] const Queue<Command, 4>& queue() const { return queue_; }

  // As Queue::Clear.
  void Clear(const Issue& before) { queue_.Clear(before.queue_); }

  void ListState(StateList& list) const { queue_.ListState(list, "issue.queue", kCommandBits); }

 private:
  Queue<Command, 4> queue_;
};

}  // namespace denseshift::golden::cycle

#endif  // DENSESHIFT_GOLDEN_CYCLE_ISSUE_H_
