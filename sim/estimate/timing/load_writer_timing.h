// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_ESTIMATE_TIMING_LOAD_WRITER_TIMING_H_
#define DENSESHIFT_SIM_ESTIMATE_TIMING_LOAD_WRITER_TIMING_H_

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "driver/command/command.h"
#include "sim/estimate/timing/bursts.h"
#include "sim/estimate/timing/cycle.h"
#include "sim/estimate/timing/history.h"

namespace denseshift::sim::timing {

// Puts words and fill into the buffers, one a cycle; docs/timing.md "Load", writer and data queue.
class LoadWriterTiming {
 public:
  // A command that was taken from the load queue enters the writer's in `cycle`. It must stay
  // where it is.
  void Take(const driver::LoadCommand& command, Cycle cycle);

  // The cycle from which on the writer's queue has room; kUnknown as History::RoomFrom.
  [[nodiscard]] Cycle RoomFrom() const { return ended_.RoomFrom(taken_, kQueueDepth); }

  // The first cycle from `cycle` on in which a beat can be taken: the data queue is not full.
  [[nodiscard]] Cycle ReadyFrom(Cycle cycle) const {
    if (words_ < kDataDepth || TakesAll(cycle, 1))
      return cycle;
    return std::max(cycle, WrittenAt(words_ - kDataDepth) + 1);
  }

  // From which cycle on, `first` or later, beats in successive cycles never find the data queue
  // full; kUnknown if they cannot be taken so evenly.
  [[nodiscard]] Cycle EvenlyFrom(Cycle first, int beats) const {
    return TakesAll(first, beats) ? first : EvenlyBehind(first, beats);
  }

  // Whether the data queue has room for all further bursts of a row, if their beats come in `first`
  // or later, each burst's in successive cycles.
  [[nodiscard]] bool TakesRowFrom(Cycle first) const { return TakesAll(first, kLongestBurst); }

  // `beats` words of data enter the data queue, in successive cycles from `first` on.
  void Push(Cycle first, int beats);

  // Whether CollectEnds() would call anything.
  [[nodiscard]] bool HasEnds() const { return collected_ < ended_.count(); }

  // Calls end(cycle) for each command that has written its last word since the last call.
  template <typename End>
  bool CollectEnds(End end) {
    const bool any = HasEnds();
    for (; collected_ < ended_.count(); ++collected_)
      end(ended_.At(collected_));
    return any;
  }

  // The cycle from which on nothing is left to write, once all commands have ended.
  [[nodiscard]] Cycle IdleFrom() const { return last_end_ + 1; }

 private:
  static constexpr std::uint64_t kQueueDepth = 2;
  static constexpr std::uint64_t kDataDepth = 64;

  struct Entry {
    const driver::LoadCommand* command = nullptr;
    Cycle taken = 0;
  };

  // Words of data that were written in successive cycles.
  struct Run {
    std::uint64_t first_word = 0;
    Cycle first_cycle = 0;
  };

  // Whether the data queue has room for all of them from `first` on, whatever was written before.
  [[nodiscard]] bool TakesAll(Cycle first, int beats) const {
    return next_write_ - first + beats < static_cast<std::int64_t>(kDataDepth);
  }

  [[nodiscard]] Cycle EvenlyBehind(Cycle first, int beats) const;
  [[nodiscard]] Cycle WrittenAt(std::uint64_t word) const;
  void Start();
  void EndRow();
  void EndCommand();

  std::vector<Entry> queue_;  // commands taken, of which the first next_ have ended
  std::size_t next_ = 0;
  std::uint64_t taken_ = 0;
  History<4> ended_;
  std::uint64_t collected_ = 0;
  Cycle last_end_ = -1;
  // The command at work.
  bool is_writing_ = false;
  std::int64_t rows_left_ = 0;
  std::int64_t words_left_ = 0;  // of data, in the row
  Cycle next_write_ = 0;         // the first cycle in which the next word of data can be written
  // Data queue.
  std::uint64_t words_ = 0;  // entered
  std::array<Run, kDataDepth> runs_{};
  std::uint64_t run_count_ = 0;
  bool continues_run_ = false;  // the next word may belong to the last run
};

}  // namespace denseshift::sim::timing

#endif  // DENSESHIFT_SIM_ESTIMATE_TIMING_LOAD_WRITER_TIMING_H_
