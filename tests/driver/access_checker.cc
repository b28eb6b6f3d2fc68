// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "tests/driver/access_checker.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <fmt/format.h>
#include <vector>

#include "tests/driver/access_list.h"

namespace denseshift::driver::testing {
namespace {

// Events other commands can wait for. Compute ends twice: when it has read its last activation and
// weight, and when it has read its last parameter and written its last output.
enum EventKind : std::size_t { kLoadEnd = 0, kComputeRead = 1, kComputeEnd = 2, kStoreEnd = 3 };

// For each kind of event, how many of them are known to have happened (commands of a unit end in
// order).
using Clock = std::array<int, 4>;

enum UnitIndex : std::size_t { kLoad = 0, kCompute = 1, kStore = 2 };

std::size_t UnitOf(const Command& command) {
  switch (command.index()) {
    case 0:
      return kLoad;
    case 1:
    case 2:
      return kCompute;
    default:
      return kStore;
  }
}

// Which events of a command end its hold on a word of a space.
EventKind Release(std::size_t unit, Space space) {
  if (unit == kLoad) {
    return kLoadEnd;
  }
  if (unit == kStore) {
    return kStoreEnd;
  }
  return space == Space::kOutput || space == Space::kParameter ? kComputeEnd : kComputeRead;
}

struct Touch {
  int command = -1;
  std::size_t unit = 0;
  int rank = -1;  // among the unit's commands
};

// Who touched a word last.
struct WordState {
  Touch writer;
  std::array<Touch, 3> readers;  // by unit, since the last write
};

class Checker {
 public:
  explicit Checker(const Program& program)
      : program_(program), bus_(program.capabilities.bus_bytes) {
    const Capabilities& c = program.capabilities;
    const std::int64_t entry_words = std::int64_t{c.columns} * 8 / bus_;
    words_.at(0).resize(static_cast<std::size_t>(c.act_bytes / 2 / bus_));
    words_.at(1) = words_.at(0);
    words_.at(2).resize(static_cast<std::size_t>(c.wgt_bytes / bus_));
    words_.at(3).resize(static_cast<std::size_t>(c.param_entries * entry_words));
    words_.at(4).resize(static_cast<std::size_t>(c.out_bytes / bus_));
    words_.at(5).resize(static_cast<std::size_t>(program.memory_bytes) /
                        static_cast<std::size_t>(bus_));
  }

  std::string Run() {
    for (std::size_t i = 0; i < program_.commands.size() && error_.empty(); ++i) {
      const Command command = Decode(program_.commands[i]);
      Check(static_cast<int>(i), command);
      if (!error_.empty()) {
        error_ += fmt::format(" (command {}: {})", i, Disassemble(program_.commands[i]));
      }
    }
    return error_;
  }

 private:
  struct TokenQueue {
    std::deque<Clock> tokens;  // what a command knows that takes one
  };

  void Check(int index, const Command& command) {
    const std::size_t unit = UnitOf(command);
    Clock& clock = clocks_.at(unit);
    const auto& header =
        std::visit([](const auto& c) -> const CommandHeader& { return c; }, command);
    // Queues: from unit to unit.
    static constexpr std::array<std::array<std::size_t, 2>, 3> kWaits = {
        {{kCompute * 3 + kLoad, kStore * 3 + kLoad},
         {kLoad * 3 + kCompute, kStore * 3 + kCompute},
         {kCompute * 3 + kStore, 9}}};
    Wait(kWaits.at(unit)[0], header.wait_a, clock);
    Wait(kWaits.at(unit)[1], header.wait_b, clock);
    const Touch me{index, unit, ranks_.at(unit)++};
    for (const Access& access : ListAccesses(command, program_.capabilities)) {
      CheckAccess(access, me, clock);
    }
    // What is known once the command has ended.
    Clock end = clock;
    if (unit == kLoad) {
      end[kLoadEnd] = me.rank + 1;
      Signal(kLoad * 3 + kCompute, header.signal_a, end);
    } else if (unit == kCompute) {
      end[kComputeRead] = me.rank + 1;
      Signal(kCompute * 3 + kLoad, header.signal_a, end);
      end[kComputeEnd] = me.rank + 1;
      Signal(kCompute * 3 + kStore, header.signal_b, end);
    } else {
      end[kStoreEnd] = me.rank + 1;
      Signal(kStore * 3 + kCompute, header.signal_a, end);
      Signal(kStore * 3 + kLoad, header.signal_b, end);
    }
  }

  void Wait(std::size_t queue, std::int64_t count, Clock& clock) {
    for (; count > 0; --count) {
      if (queues_.at(queue).tokens.empty()) {
        error_ = "waits for a token no command before it gives";
        return;
      }
      const Clock& known = queues_.at(queue).tokens.front();
      for (std::size_t kind = 0; kind < clock.size(); ++kind) {
        clock.at(kind) = std::max(clock.at(kind), known.at(kind));
      }
      queues_.at(queue).tokens.pop_front();
    }
  }

  void Signal(std::size_t queue, std::int64_t given, const Clock& clock) {
    if (given != 0) {
      queues_.at(queue).tokens.push_back(clock);
    }
  }

  void CheckAccess(const Access& access, const Touch& me, const Clock& clock) {
    auto& words = words_.at(static_cast<std::size_t>(access.space));
    const char* name = kSpaceNames.at(static_cast<std::size_t>(access.space));
    if (access.low < 0 || access.high > static_cast<std::int64_t>(words.size()) ||
        access.low >= access.high) {
      error_ = fmt::format("touches words {} .. {} of {}, which has {}",
                           access.low,
                           access.high,
                           name,
                           words.size());
      return;
    }
    for (std::int64_t at = access.low; at < access.high; ++at) {
      WordState& word = words[static_cast<std::size_t>(at)];
      if (!access.write && access.space != Space::kMemory && word.writer.command < 0) {
        error_ = fmt::format("reads word {} of {} that nothing has written", at, name);
        return;
      }
      CheckBefore(word.writer, access.space, me, clock);
      if (access.write) {
        for (Touch& reader : word.readers) {
          CheckBefore(reader, access.space, me, clock);
          reader = {};
        }
        word.writer = me;
      } else {
        word.readers.at(me.unit) = me;
      }
    }
  }

  void CheckBefore(const Touch& before, Space space, const Touch& me, const Clock& clock) {
    if (before.command >= 0 && before.unit != me.unit &&
        clock.at(Release(before.unit, space)) <= before.rank) {
      error_ = fmt::format("may touch {} before command {} is done with it",
                           kSpaceNames.at(static_cast<std::size_t>(space)),
                           before.command);
    }
  }

  const Program& program_;
  std::int64_t bus_;
  std::array<std::vector<WordState>, kSpaces> words_;
  std::array<TokenQueue, 10> queues_;
  std::array<Clock, 3> clocks_{};
  std::array<int, 3> ranks_{};
  std::string error_;
};

}  // namespace

std::string FindViolation(const Program& program) {
  return Checker(program).Run();
}

}  // namespace denseshift::driver::testing
