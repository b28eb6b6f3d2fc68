// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_GOLDEN_CYCLE_QUEUE_H_
#define DENSESHIFT_GOLDEN_CYCLE_QUEUE_H_

#include <array>
#include <cstdint>
#include <string>

#include "golden/cycle/state_list.h"

namespace denseshift::golden::cycle {

// docs/timing.md "Queue". Push and pop of one cycle may come one after the other, pop first, as
// long as both were decided on from the empty and full of the cycle's start.
template <typename Item, unsigned kMaxDepth>
class Queue {
 public:
  // Depth is at most kMaxDepth.
  explicit Queue(unsigned depth = kMaxDepth) : depth_(static_cast<std::uint8_t>(depth)) {}

  [[nodiscard]] bool empty() const { return empty_; }

  [[nodiscard]] bool full() const { return full_; }

  // The oldest item; the last one that was here if the queue is empty.
  [[nodiscard]] const Item& head() const { return head_; }

  void Push(const Item& item) {
    if (full_)
      return;
    items_[write_] = item;
    if (empty_)
      head_ = item;
    write_ = After(write_);
    ++count_;
    empty_ = false;
    full_ = count_ == depth_;
  }

  void Pop() {
    if (empty_)
      return;
    --count_;
    empty_ = count_ == 0;
    full_ = false;
    if (!empty_)
      head_ = items_[next_];
    next_ = After(next_);
  }

  // At the end of a cycle: empties the queue, whatever the cycle did to it. `before` is the queue
  // as the cycle found it.
  void Clear(const Queue& before) {
    head_ = before.head_;
    write_ = 0;
    next_ = After(0);
    count_ = 0;
    empty_ = true;
    full_ = false;
  }

  // Head items are listed with `bits`, at `head` if that is given.
  void ListState(StateList& list, const std::string& name, unsigned bits) const {
    unsigned place_bits = 0;
    while ((1U << place_bits) < depth_)
      ++place_bits;
    list.Add(name + ".wr", write_, place_bits);
    list.Add(name + ".next", next_, place_bits);
    list.Add(name + ".count", count_, place_bits + 1);
    list.Add(name + ".empty", empty_, 1);
    list.Add(name + ".full", full_, 1);
    list.AddRaw(name + ".head", &head_, bits, 1);
  }

 private:
  [[nodiscard]] std::uint8_t After(unsigned place) const {
    return static_cast<std::uint8_t>(place + 1U == depth_ ? 0U : place + 1U);
  }

  std::array<Item, kMaxDepth> items_{};
  Item head_{};
  std::uint8_t depth_;
  std::uint8_t write_ = 0;
  std::uint8_t next_ = 1;  // the place after the head's
  std::uint8_t count_ = 0;
  bool empty_ = true;
  bool full_ = false;
};

}  // namespace denseshift::golden::cycle

#endif  // DENSESHIFT_GOLDEN_CYCLE_QUEUE_H_
