// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "tests/driver/token_simulator.h"

#include <algorithm>
#include <array>
#include <deque>
#include <queue>
#include <utility>

namespace denseshift::driver::testing {
namespace {

enum UnitIndex : std::size_t { kLoad = 0, kCompute = 1, kStore = 2 };

// Counter for tokens from one unit to another.
constexpr std::size_t Counter(std::size_t from, std::size_t to) {
  return from * 3 + to;
}

struct Duration {
  std::int64_t next = 0;      // until the unit can start its next command
  std::int64_t signal_a = 0;  // until each signal is given
  std::int64_t signal_b = 0;
  std::int64_t busy = 0;
};

// Where tokens of wait_a, wait_b come from and signal_a, signal_b go to.
constexpr std::array<std::array<std::size_t, 4>, 3> kCounters = {{
    {Counter(kCompute, kLoad), Counter(kStore, kLoad), Counter(kLoad, kCompute), 0},
    {Counter(kLoad, kCompute),
     Counter(kStore, kCompute),
     Counter(kCompute, kLoad),
     Counter(kCompute, kStore)},
    {Counter(kCompute, kStore), 0, Counter(kStore, kCompute), Counter(kStore, kLoad)},
}};

class Simulator {
 public:
  Simulator(const std::vector<CommandWords>& commands,
            const Capabilities& capabilities,
            const Timing& timing)
      : capabilities_(capabilities), timing_(timing) {
    for (const CommandWords& words : commands) {
      commands_.push_back(Decode(words));
    }
    result_.ends.resize(commands.size());
  }

  SimulationResult Run() {
    while (true) {
      bool moved = true;
      while (moved) {
        moved = HandOut();
        for (std::size_t unit = 0; unit < 3; ++unit) {
          moved = Start(unit) || moved;
        }
      }
      if (!Advance()) {
        break;
      }
    }
    result_.finished = result_.commands == commands_.size();
    result_.cycles = last_end_;
    return result_;
  }

 private:
  struct Event {
    std::int64_t time;
    std::size_t counter;  // kNoCounter: only a unit becomes free

    bool operator>(const Event& other) const { return time > other.time; }
  };

  static constexpr std::size_t kNoCounter = 9;

  static std::size_t UnitOf(const Command& command) {
    return std::holds_alternative<LoadCommand>(command)     ? kLoad
           : std::holds_alternative<ConvCommand>(command)   ? kCompute
           : std::holds_alternative<VectorCommand>(command) ? kCompute
                                                            : kStore;
  }

  // The sequencer hands out the next command if its unit's queue has room.
  bool HandOut() {
    if (next_ == commands_.size()) {
      return false;
    }
    auto& queue = queues_.at(UnitOf(commands_[next_]));
    if (queue.size() >= static_cast<std::size_t>(timing_.queue_depth)) {
      return false;
    }
    queue.push_back(next_++);
    return true;
  }

  bool Start(std::size_t unit) {
    auto& queue = queues_.at(unit);
    if (queue.empty() || free_at_.at(unit) > now_) {
      return false;
    }
    const std::size_t index = queue.front();
    const auto& header =
        std::visit([](const auto& c) -> const CommandHeader& { return c; }, commands_[index]);
    const auto& counters = kCounters.at(unit);
    if (tokens_.at(counters[0]) < header.wait_a || tokens_.at(counters[1]) < header.wait_b) {
      return false;
    }
    tokens_.at(counters[0]) -= static_cast<int>(header.wait_a);
    tokens_.at(counters[1]) -= static_cast<int>(header.wait_b);
    queue.pop_front();
    const Duration duration =
        std::visit([&](const auto& c) { return DurationOf(c); }, commands_[index]);
    free_at_.at(unit) = now_ + duration.next;
    events_.push({now_ + duration.next, kNoCounter});
    if (header.signal_a != 0) {
      events_.push({now_ + duration.signal_a, counters[2]});
    }
    if (header.signal_b != 0) {
      events_.push({now_ + duration.signal_b, counters[3]});
    }
    const std::int64_t end = now_ + std::max(duration.signal_a, duration.signal_b);
    result_.ends[index] = end;
    last_end_ = std::max(last_end_, end);
    ++result_.commands;
    (unit == kLoad ? result_.load_busy : result_.compute_busy) +=
        unit == kStore ? 0 : duration.busy;
    return true;
  }

  // Goes on to the next moment something happens.
  bool Advance() {
    if (events_.empty()) {
      return false;
    }
    now_ = events_.top().time;
    while (!events_.empty() && events_.top().time == now_) {
      if (events_.top().counter != kNoCounter) {
        int& tokens = tokens_.at(events_.top().counter);
        ++tokens;
        result_.most_tokens = std::max(result_.most_tokens, tokens);
      }
      events_.pop();
    }
    return true;
  }

  Duration DurationOf(const LoadCommand& load) {
    const std::int64_t words =
        (load.top + load.rows + load.bottom) * (load.left + load.words + load.right);
    const std::int64_t begin = timing_.loads_overlap
                                   ? std::max(now_ + timing_.memory_latency, data_free_)
                                   : now_ + timing_.memory_latency;
    data_free_ = begin + words;
    const std::int64_t end = data_free_ - now_;
    // An overlapping load lets the next one request its data as soon as its own are on their way.
    const std::int64_t next =
        timing_.loads_overlap ? std::max<std::int64_t>(end - timing_.memory_latency, 1) : end;
    return {next, end, end, words};
  }

  [[nodiscard]] Duration DurationOf(const ConvCommand& conv) const {
    const std::int64_t tile_bits = conv.code_bits * capabilities_.lanes * capabilities_.columns;
    const std::int64_t tile_words = tile_bits / 8 / capabilities_.bus_bytes;
    const std::int64_t positions = (conv.stripes - 1) * std::max(conv.stripe, tile_words) +
                                   std::max(conv.last_stripe, tile_words);
    const std::int64_t busy = positions * conv.column_tiles * conv.steps;
    return {busy + timing_.compute_bubble,
            busy,
            busy + conv.last_stripe + timing_.compute_bubble,
            busy};
  }

  [[nodiscard]] Duration DurationOf(const VectorCommand& vector) const {
    const std::int64_t busy =
        vector.out_rows * vector.out_columns * vector.groups * vector.runs_x * vector.runs_y;
    return {busy + timing_.compute_bubble, busy, busy + timing_.compute_bubble, busy};
  }

  [[nodiscard]] Duration DurationOf(const StoreCommand& store) const {
    const std::int64_t end = store.rows * store.words + timing_.memory_latency;
    return {end, end, end, 0};
  }

  [[nodiscard]] Duration DurationOf(const StampCommand& /*stamp*/) const {
    const std::int64_t end = 1 + timing_.memory_latency;
    return {end, end, end, 0};
  }

  Capabilities capabilities_;
  Timing timing_;
  std::vector<Command> commands_;
  std::size_t next_ = 0;
  std::array<std::deque<std::size_t>, 3> queues_;
  std::array<std::int64_t, 3> free_at_{};
  std::array<int, 9> tokens_{};
  std::priority_queue<Event, std::vector<Event>, std::greater<>> events_;
  std::int64_t now_ = 0;
  std::int64_t data_free_ = 0;
  std::int64_t last_end_ = 0;
  SimulationResult result_;
};

}  // namespace

SimulationResult Simulate(const std::vector<CommandWords>& commands,
                          const Capabilities& capabilities,
                          const Timing& timing) {
  return Simulator(commands, capabilities, timing).Run();
}

}  // namespace denseshift::driver::testing
