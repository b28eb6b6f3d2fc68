// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <array>
#include <deque>

#include "driver/compiler/schedule.h"

namespace denseshift::driver {
namespace {

// How many loads may stand in the list between the last load a compute command needs and that
// command: as many as the load unit's queue holds, so that the compute command has been handed out
// when its data arrives.
constexpr int kLoadsAhead = 4;

constexpr int kBuffers = 3;

struct PendingLoad {
  int id = 0;
  int needed_by = 0;  // rank of the compute command that follows it in program order
  int ready = 0;  // rank of the first compute command it can stand before without blocking others
};

// Lays out the list gap by gap; gap s is what stands right before the compute command of rank s.
class ListBuilder {
 public:
  ListBuilder(const std::vector<ScheduleNode>& nodes, int prefetch_distance)
      : nodes_(nodes), prefetch_distance_(prefetch_distance) {
    Rank();
  }

  std::vector<int> Build() {
    for (int gap = 0; gap <= static_cast<int>(computes_.size()); ++gap) {
      const auto& stores = stores_[static_cast<std::size_t>(gap)];
      order_.insert(order_.end(), stores.begin(), stores.end());
      EmitRequired(gap);
      EmitPrefetches(gap);
      if (gap < static_cast<int>(computes_.size())) {
        order_.push_back(computes_[static_cast<std::size_t>(gap)]);
      }
    }
    return order_;
  }

 private:
  // Sorts commands into compute commands, stores by gap, and loads by buffer.
  void Rank() {
    std::vector<int> gap_of;  // for each node, compute commands before it
    stores_.emplace_back();
    for (int id = 0; id < static_cast<int>(nodes_.size()); ++id) {
      const ScheduleNode& node = nodes_[static_cast<std::size_t>(id)];
      const auto gap = static_cast<int>(computes_.size());
      gap_of.push_back(gap);
      if (const auto* load = std::get_if<LoadCommand>(&node.command)) {
        PendingLoad pending{id, gap, 0};
        for (const int producer : node.after) {
          // One compute command may stand between what the load waits for and the load itself.
          const bool compute =
              UnitOf(nodes_[static_cast<std::size_t>(producer)].command) == Unit::kCompute;
          const int hard = gap_of[static_cast<std::size_t>(producer)] + (compute ? 1 : 0);
          pending.ready = std::max(pending.ready, std::min(hard + 1, gap));
        }
        loads_.at(static_cast<std::size_t>(load->destination)).push_back(pending);
      } else if (UnitOf(node.command) == Unit::kCompute) {
        computes_.push_back(id);
        stores_.emplace_back();
      } else {
        stores_[static_cast<std::size_t>(gap)].push_back(id);
      }
    }
  }

  // The buffer whose next load is allowed by `allowed` and needed first, -1 if there is none.
  template <typename Allowed>
  [[nodiscard]] int NextBuffer(Allowed allowed) const {
    int best = -1;
    for (int buffer = 0; buffer < kBuffers; ++buffer) {
      const auto& queue = loads_.at(static_cast<std::size_t>(buffer));
      if (queue.empty() || !allowed(queue.front())) {
        continue;
      }
      if (best < 0 || Before(queue.front(), loads_.at(static_cast<std::size_t>(best)).front())) {
        best = buffer;
      }
    }
    return best;
  }

  static bool Before(const PendingLoad& a, const PendingLoad& b) {
    return a.needed_by != b.needed_by ? a.needed_by < b.needed_by : a.id < b.id;
  }

  void Emit(int buffer) {
    auto& queue = loads_.at(static_cast<std::size_t>(buffer));
    order_.push_back(queue.front().id);
    emitted_needed_by_.push_back(queue.front().needed_by);
    queue.pop_front();
  }

  // Loads in the list after the last one that the compute command of rank `gap` needs.
  [[nodiscard]] int LoadsSinceNeeded(int gap) const {
    const auto last = std::find_if(emitted_needed_by_.rbegin(),
                                   emitted_needed_by_.rend(),
                                   [&](int needed_by) { return needed_by <= gap; });
    return static_cast<int>(last - emitted_needed_by_.rbegin());
  }

  void EmitRequired(int gap) {
    const auto required = [&](const PendingLoad& load) { return load.needed_by <= gap; };
    for (int buffer = NextBuffer(required); buffer >= 0; buffer = NextBuffer(required)) {
      Emit(buffer);
    }
  }

  void EmitPrefetches(int gap) {
    const auto allowed = [&](const PendingLoad& load) {
      return load.ready <= gap && load.needed_by <= gap + prefetch_distance_;
    };
    while (LoadsSinceNeeded(gap) < kLoadsAhead) {
      const int buffer = NextBuffer(allowed);
      if (buffer < 0) {
        return;
      }
      Emit(buffer);
    }
  }

  const std::vector<ScheduleNode>& nodes_;
  int prefetch_distance_;
  std::vector<int> computes_;
  std::vector<std::vector<int>> stores_;  // by gap
  std::array<std::deque<PendingLoad>, kBuffers> loads_;
  std::vector<int> emitted_needed_by_;  // for each load in the list, which command needs it
  std::vector<int> order_;
};

}  // namespace

std::vector<int> OrderCommands(const std::vector<ScheduleNode>& nodes, int prefetch_distance) {
  return ListBuilder(nodes, prefetch_distance).Build();
}

}  // namespace denseshift::driver
