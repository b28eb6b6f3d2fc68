// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <array>
#include <cstddef>
#include <limits>
#include <stdexcept>
#include <utility>

#include "driver/compiler/schedule.h"

namespace denseshift::driver {
namespace {

constexpr int kMaxTokens = 255;
constexpr int kQueueDepth = 16;  // commands a unit may hold besides the one it works on

// One token queue: which commands give a token and which take one, by position in the list.
struct TokenQueue {
  std::vector<int> gives;
  std::vector<int> takes;
};

// What a queue looks like to AssignTokens.
struct QueueUnits {
  Unit producer;
  Unit consumer;
  std::int64_t CommandHeader::*signal;
  std::int64_t CommandHeader::*wait;
};

constexpr std::array<QueueUnits, 5> kQueues = {{
    {Unit::kLoad, Unit::kCompute, &CommandHeader::signal_a, &CommandHeader::wait_a},
    {Unit::kCompute, Unit::kLoad, &CommandHeader::signal_a, &CommandHeader::wait_a},
    {Unit::kCompute, Unit::kStore, &CommandHeader::signal_b, &CommandHeader::wait_a},
    {Unit::kStore, Unit::kCompute, &CommandHeader::signal_a, &CommandHeader::wait_b},
    {Unit::kStore, Unit::kLoad, &CommandHeader::signal_b, &CommandHeader::wait_b},
}};

// Positions in the list of two units' commands, and for each consumer the rank among the producers
// of the last one it waits for (-1: none) and of the last one before it.
struct UnitLists {
  std::vector<int> producers;
  std::vector<int> consumers;
  std::vector<int> needs;
  std::vector<int> last_before;
};

// Lets each consumer that waits for something no earlier one has waited for take one token, from a
// producer at most `quantum` - 1 commands after the one it needs, and before it in the list.
TokenQueue Assign(const UnitLists& lists, int quantum) {
  TokenQueue queue;
  int covered = -1;  // rank of the last producer waited for
  for (std::size_t i = 0; i < lists.consumers.size(); ++i) {
    const int need = lists.needs[i];
    if (need <= covered) {
      continue;
    }
    covered = std::min(lists.last_before[i], (need / quantum + 1) * quantum - 1);
    queue.gives.push_back(lists.producers[static_cast<std::size_t>(covered)]);
    queue.takes.push_back(lists.consumers[i]);
  }
  return queue;
}

// The most tokens the counter can hold: while a consumer waits, its unit can have been handed at
// most kQueueDepth more commands, and no command after the next one has been handed to any unit.
int MostTokens(const UnitLists& lists, const TokenQueue& queue) {
  std::size_t most = 0;
  std::size_t consumer = 0;
  std::size_t given = 0;
  for (std::size_t taken = 0; taken < queue.takes.size(); ++taken) {
    while (lists.consumers[consumer] != queue.takes[taken]) {
      ++consumer;
    }
    const std::size_t left = lists.consumers.size() - consumer;
    const int end = left > kQueueDepth + 1 ? lists.consumers[consumer + kQueueDepth + 1]
                                           : std::numeric_limits<int>::max();
    while (given < queue.gives.size() && queue.gives[given] < end) {
      ++given;
    }
    most = std::max(most, given - taken);
  }
  return static_cast<int>(most);
}

// What each queue looks like; one pass over the list, as commands are large.
std::array<UnitLists, kQueues.size()> MakeLists(const Schedule& schedule,
                                                const std::vector<int>& order) {
  struct Placed {
    Unit unit = Unit::kLoad;
    int rank = -1;  // among its unit's commands, -1: not in the list yet
  };

  std::array<UnitLists, kQueues.size()> lists;
  std::vector<Placed> placed(order.size());
  std::array<std::vector<int>, kUnits> positions;  // of each unit's commands
  for (std::vector<int>& of_unit : positions) {
    of_unit.reserve(order.size());
  }
  for (UnitLists& of_queue : lists) {
    of_queue.consumers.reserve(order.size());
    of_queue.needs.reserve(order.size());
    of_queue.last_before.reserve(order.size());
  }
  for (std::size_t place = 0; place < order.size(); ++place) {
    const auto id = static_cast<std::size_t>(order[place]);
    const Unit unit = UnitOf(schedule.commands[id]);
    std::array<int, kUnits> needs;
    needs.fill(-1);
    for (const int producer : schedule.after[id]) {
      const Placed& other = placed[static_cast<std::size_t>(producer)];
      if (other.rank < 0) {
        throw std::logic_error("compiler: a command waits for a later one");
      }
      int& need = needs.at(static_cast<std::size_t>(other.unit));
      need = std::max(need, other.rank);
    }
    for (std::size_t queue = 0; queue < kQueues.size(); ++queue) {
      if (kQueues[queue].consumer == unit) {
        const auto producer = static_cast<std::size_t>(kQueues[queue].producer);
        lists[queue].consumers.push_back(static_cast<int>(place));
        lists[queue].needs.push_back(needs.at(producer));
        lists[queue].last_before.push_back(static_cast<int>(positions.at(producer).size()) - 1);
      }
    }
    std::vector<int>& own = positions.at(static_cast<std::size_t>(unit));
    placed[id] = {unit, static_cast<int>(own.size())};
    own.push_back(static_cast<int>(place));
  }
  for (std::size_t queue = 0; queue < kQueues.size(); ++queue) {
    lists[queue].producers = positions.at(static_cast<std::size_t>(kQueues[queue].producer));
  }
  return lists;
}

// Puts commands into the order given, in place: they are large.
void Arrange(std::vector<Command>& commands, std::vector<int> order) {
  for (std::size_t first = 0; first < order.size(); ++first) {
    if (order[first] == static_cast<int>(first)) {
      continue;
    }
    const Command moved = commands[first];
    std::size_t to = first;
    while (order[to] != static_cast<int>(first)) {
      const auto from = static_cast<std::size_t>(order[to]);
      commands[to] = commands[from];
      order[to] = static_cast<int>(to);  // done
      to = from;
    }
    commands[to] = moved;
    order[to] = static_cast<int>(to);
  }
}

}  // namespace

std::vector<Command> AssignTokens(Schedule schedule, const std::vector<int>& order) {
  const std::array<UnitLists, kQueues.size()> all_lists = MakeLists(schedule, order);
  std::vector<Command> commands = std::move(schedule.commands);
  Arrange(commands, order);
  for (std::size_t i = 0; i < kQueues.size(); ++i) {
    const QueueUnits& units = kQueues[i];
    const UnitLists& lists = all_lists[i];
    int quantum = 1;
    TokenQueue queue = Assign(lists, quantum);
    while (MostTokens(lists, queue) > kMaxTokens) {
      quantum *= 2;
      queue = Assign(lists, quantum);
    }
    for (const int give : queue.gives) {
      HeaderOf(commands[static_cast<std::size_t>(give)]).*units.signal = 1;
    }
    for (const int take : queue.takes) {
      HeaderOf(commands[static_cast<std::size_t>(take)]).*units.wait = 1;
    }
  }
  return commands;
}

}  // namespace denseshift::driver
