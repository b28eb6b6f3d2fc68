// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <stdexcept>

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

constexpr QueueUnits kQueues[] = {
    {Unit::kLoad, Unit::kCompute, &CommandHeader::signal_a, &CommandHeader::wait_a},
    {Unit::kCompute, Unit::kLoad, &CommandHeader::signal_a, &CommandHeader::wait_a},
    {Unit::kCompute, Unit::kStore, &CommandHeader::signal_b, &CommandHeader::wait_a},
    {Unit::kStore, Unit::kCompute, &CommandHeader::signal_a, &CommandHeader::wait_b},
    {Unit::kStore, Unit::kLoad, &CommandHeader::signal_b, &CommandHeader::wait_b},
};

// Positions in the list of one unit's commands, and for each the position of the last command of
// the other unit it waits for (-1: none).
struct UnitLists {
  std::vector<int> producers;
  std::vector<int> consumers;
  std::vector<int> needs;
};

// Lets each consumer that waits for something no earlier one has waited for take one token, from a
// producer at most `quantum` - 1 commands after the one it needs, and before it in the list.
TokenQueue Assign(const UnitLists& lists, int quantum) {
  TokenQueue queue;
  int covered = -1;  // rank of the last producer waited for
  for (std::size_t i = 0; i < lists.consumers.size(); ++i) {
    if (lists.needs[i] < 0) {
      continue;
    }
    const auto rank_of = [&](int position) {
      return static_cast<int>(
          std::lower_bound(lists.producers.begin(), lists.producers.end(), position) -
          lists.producers.begin());
    };
    const int need = rank_of(lists.needs[i]);
    if (need <= covered) {
      continue;
    }
    const int last_before = rank_of(lists.consumers[i]) - 1;
    if (need > last_before) {
      throw std::logic_error("compiler: a command waits for a later one");
    }
    covered = std::min(last_before, (need / quantum + 1) * quantum - 1);
    queue.gives.push_back(lists.producers[static_cast<std::size_t>(covered)]);
    queue.takes.push_back(lists.consumers[i]);
  }
  return queue;
}

// The most tokens the counter can hold: while a consumer waits, its unit can have been handed at
// most kQueueDepth more commands, and no command after the next one has been handed to any unit.
int MostTokens(const UnitLists& lists, const TokenQueue& queue) {
  std::size_t most = 0;
  for (std::size_t taken = 0; taken < queue.takes.size(); ++taken) {
    const auto consumer =
        std::lower_bound(lists.consumers.begin(), lists.consumers.end(), queue.takes[taken]);
    const auto left = lists.consumers.end() - consumer;
    const auto given =
        left > kQueueDepth + 1
            ? std::lower_bound(queue.gives.begin(), queue.gives.end(), consumer[kQueueDepth + 1])
            : queue.gives.end();
    most = std::max(most, static_cast<std::size_t>(given - queue.gives.begin()) - taken);
  }
  return static_cast<int>(most);
}

UnitLists MakeLists(const std::vector<ScheduleNode>& nodes,
                    const std::vector<int>& order,
                    const std::vector<int>& position,
                    const QueueUnits& units) {
  UnitLists lists;
  for (const int id : order) {
    const ScheduleNode& node = nodes[static_cast<std::size_t>(id)];
    const Unit unit = UnitOf(node.command);
    if (unit == units.producer) {
      lists.producers.push_back(position[static_cast<std::size_t>(id)]);
    }
    if (unit == units.consumer) {
      int need = -1;
      for (const int producer : node.after) {
        if (UnitOf(nodes[static_cast<std::size_t>(producer)].command) == units.producer) {
          need = std::max(need, position[static_cast<std::size_t>(producer)]);
        }
      }
      lists.consumers.push_back(position[static_cast<std::size_t>(id)]);
      lists.needs.push_back(need);
    }
  }
  return lists;
}

CommandHeader& HeaderOf(Command& command) {
  return std::visit([](auto& c) -> CommandHeader& { return c; }, command);
}

}  // namespace

std::vector<Command> AssignTokens(const std::vector<ScheduleNode>& nodes,
                                  const std::vector<int>& order) {
  std::vector<Command> commands;
  std::vector<int> position(nodes.size());
  for (const int id : order) {
    position[static_cast<std::size_t>(id)] = static_cast<int>(commands.size());
    commands.push_back(nodes[static_cast<std::size_t>(id)].command);
  }
  for (const QueueUnits& units : kQueues) {
    const UnitLists lists = MakeLists(nodes, order, position, units);
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
