// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <tuple>
#include <variant>
#include <vector>

#include "driver/compiler/list_times.h"
#include "driver/compiler/schedule.h"

namespace denseshift::driver {
namespace {

// How many loads may stand in the list between the last load a compute command needs and that
// command: as many as the load unit's queue holds, so that the compute command has been handed out
// when its data arrives.
constexpr int kLoadsAhead = 4;

constexpr int kBuffers = 3;

// Cycles of a compute command in which steps are issued.
std::int64_t WorkOf(const ConvCommand& conv) {
  const std::int64_t steps = conv.column_tiles * conv.steps;
  const std::int64_t step_words = conv.weight_words / steps;
  return steps * ((conv.stripes - 1) * std::max(conv.stripe, step_words) +
                  std::max(conv.last_stripe, step_words));
}

std::int64_t WorkOf(const VectorCommand& vector) {
  return vector.out_rows * vector.out_columns * vector.groups * vector.runs_x * vector.runs_y;
}

// Of the compute commands among them.
std::vector<std::int64_t> WorkOf(const std::vector<Command>& commands) {
  std::vector<std::int64_t> work;
  for (const Command& command : commands) {
    if (const auto* conv = std::get_if<ConvCommand>(&command)) {
      work.push_back(WorkOf(*conv));
    } else if (const auto* vector = std::get_if<VectorCommand>(&command)) {
      work.push_back(WorkOf(*vector));
    }
  }
  return work;
}

// Lays out the list gap by gap; gap s is what stands right before the compute command of rank s.
class ListBuilder {
 public:
  ListBuilder(const Schedule& schedule, int prefetch_distance)
      : schedule_(schedule),
        prefetch_distance_(prefetch_distance),
        times_(WorkOf(schedule.commands)) {
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
        times_.AddCompute();
      }
    }
    return order_;
  }

 private:
  // Sorts commands into compute commands, stores by gap, and loads by buffer.
  void Rank() {
    std::vector<int> gap_of;  // for each command, compute commands before it
    stores_.emplace_back();
    const std::vector<Command>& commands = schedule_.commands;
    for (int id = 0; id < static_cast<int>(commands.size()); ++id) {
      const Command& command = commands[static_cast<std::size_t>(id)];
      const auto gap = static_cast<int>(computes_.size());
      gap_of.push_back(gap);
      if (const auto* load = std::get_if<LoadCommand>(&command)) {
        PendingLoad pending{id, gap, 0, -1, load->rows * load->words};
        for (const int producer : schedule_.after[static_cast<std::size_t>(id)]) {
          // One compute command may stand between what the load waits for and the load itself.
          const bool compute =
              UnitOf(commands[static_cast<std::size_t>(producer)]) == Unit::kCompute;
          const int rank = gap_of[static_cast<std::size_t>(producer)];
          const int hard = rank + (compute ? 1 : 0);
          pending.ready = std::max(pending.ready, std::min(hard + 1, gap));
          if (compute) {
            pending.reader = std::max(pending.reader, rank);
          }
        }
        loads_.at(static_cast<std::size_t>(load->destination)).push_back(pending);
      } else if (UnitOf(command) == Unit::kCompute) {
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
    return std::tie(a.needed_by, a.reader, a.id) < std::tie(b.needed_by, b.reader, b.id);
  }

  void Emit(int buffer) {
    auto& queue = loads_.at(static_cast<std::size_t>(buffer));
    times_.Add(queue.front());
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

  // Whether the memory had better wait for another load, which is needed before but not ready yet:
  // computing then waits less for the one of the two that is late.
  [[nodiscard]] bool Hinders(const PendingLoad& load, int gap) const {
    return std::any_of(loads_.begin(), loads_.end(), [&](const auto& queue) {
      if (queue.empty() || queue.front().ready <= gap || !Before(queue.front(), load)) {
        return false;
      }
      const auto wait_if = [&](const PendingLoad& first, const PendingLoad& second) {
        const ListTimes::Cycle end = times_.EndOfLoad(first, times_.memory_free());
        return std::max(times_.WaitFor(first, end),
                        times_.WaitFor(second, times_.EndOfLoad(second, end)));
      };
      return wait_if(queue.front(), load) < wait_if(load, queue.front());
    });
  }

  void EmitRequired(int gap) {
    const auto required = [&](const PendingLoad& load) { return load.needed_by <= gap; };
    for (int buffer = NextBuffer(required); buffer >= 0; buffer = NextBuffer(required)) {
      Emit(buffer);
    }
  }

  void EmitPrefetches(int gap) {
    const auto allowed = [&](const PendingLoad& load) {
      return load.ready <= gap && load.needed_by <= gap + prefetch_distance_ && !Hinders(load, gap);
    };
    while (LoadsSinceNeeded(gap) < kLoadsAhead) {
      const int buffer = NextBuffer(allowed);
      if (buffer < 0) {
        return;
      }
      Emit(buffer);
    }
  }

  const Schedule& schedule_;
  int prefetch_distance_;
  ListTimes times_;
  std::vector<int> computes_;
  std::vector<std::vector<int>> stores_;  // by gap
  std::array<std::deque<PendingLoad>, kBuffers> loads_;
  std::vector<int> emitted_needed_by_;  // for each load in the list, which command needs it
  std::vector<int> order_;
};

}  // namespace

std::vector<int> OrderCommands(const Schedule& schedule, int prefetch_distance) {
  return ListBuilder(schedule, prefetch_distance).Build();
}

}  // namespace denseshift::driver
