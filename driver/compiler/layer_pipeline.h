// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_DRIVER_COMPILER_LAYER_PIPELINE_H_
#define DENSESHIFT_DRIVER_COMPILER_LAYER_PIPELINE_H_

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "driver/command/command.h"
#include "driver/compiler/buffers.h"
#include "driver/compiler/tiling.h"
#include "driver/compiler/usual_latencies.h"

namespace denseshift::driver {

// When the commands of one layer run, command by command: what the tiler compares plans by.
//
// It follows docs/timing.md for a latency of 50 cycles, but looks at neither bursts nor steps nor
// the order of the list: mostly some tenths of a percent off, at times a tenth
// (docs/decisions/0010-tiler.md). It decides what is fast, never what is right.
//
// Commands come in program order. A load is for the compute command that follows it.
class LayerPipeline {
 public:
  using Cycle = std::int64_t;

  explicit LayerPipeline(const TilingTarget& target);

  // Loads into a new place of `words` words, 0: into the last one, which has room for it. The
  // memory needs `cycles` for it; writing the words that are not in memory takes `fill`.
  void Load(Destination destination, std::int64_t words, Cycle cycles, Cycle fill = 0);

  // The following compute commands write to a new place of `words` words of the output buffer.
  void StartOutput(std::int64_t words);

  struct Work {
    Cycle issue = 0;       // cycles in which steps are issued
    Cycle unpack = 0;      // cycles the unpacker takes for a weight tile, 0: there are no weights
    Cycle last = 0;        // cycles of the last weight tile
    Cycle drain = 0;       // cycles post is busy
    Cycle last_drain = 0;  // of those, after the last issue
    bool has_outputs = true;  // else the sums stay in the accumulators
  };

  void Compute(const Work& work);

  // Stores `words` words of what was computed since StartOutput().
  void Store(std::int64_t words);

  // When all that has come is done.
  [[nodiscard]] Cycle cycles() const { return stored_; }

  // When the last step has been issued.
  [[nodiscard]] Cycle issued() const { return issued_; }

  // When the memory has done all loads and `more` cycles of others, at least.
  [[nodiscard]] Cycle Loaded(Cycle more) const {
    return last_load_ + more - std::max<Cycle>(gap_end_ - gap_begin_, 0);
  }

  // Cycles of the memory for all loads.
  [[nodiscard]] Cycle loading() const { return loading_; }

  // Added to the cycles, it is what plans are compared by: what memory traffic and commands cost
  // besides time on this bus.
  [[nodiscard]] Cycle burden() const { return Burden(commands_, loading_); }

  // Of the memory, to fetch a command.
  static Cycle CommandCycles(const TilingTarget& target);

  // `loading` cycles of the memory.
  static Cycle Burden(std::int64_t commands, Cycle loading);

  // Cycles no layer can do without whose first compute command waits for `first_load` cycles of
  // the memory, after which `busy` cycles follow, and whose last store takes `last_store`.
  static Cycle Least(Cycle first_load, Cycle busy, Cycle last_store);

  // Cycles of `stores` stores that move words for `moving` cycles together.
  static Cycle Storing(Cycle moving, std::int64_t stores);

  // Cycles of `loads` loads of `loading` cycles together, if each has to wait for what comes
  // before.
  static Cycle Alone(Cycle loading, std::int64_t loads);

 private:
  static constexpr std::size_t kUsualPlaces = 40;  // in use at the same time
  static constexpr std::size_t kUsualStores = 64;

  // A ring buffer and when its places become free.
  class Places {
   public:
    explicit Places(std::int64_t size) : ring_(size) { places_.reserve(kUsualPlaces); }

    // From when on a new place of `words` words is free. It becomes the current one.
    Cycle Allocate(std::int64_t words);

    // The current place, if there is one, is in use until `end`.
    void UseUntil(Cycle end) {
      if (!places_.empty()) {
        places_.back().free_from = end;
      }
    }

   private:
    struct Place {
      std::int64_t begin = 0;
      std::int64_t end = 0;
      Cycle free_from = 0;
    };

    Ring ring_;
    std::vector<Place> places_;  // in order; those before first_ were overwritten
    std::size_t first_ = 0;
  };

  // A store command: when what it waits for was drained, and when it ends.
  struct Stored {
    Cycle drained = 0;
    Cycle end = 0;
  };

  [[nodiscard]] Places& PlacesOf(Destination destination) {
    return loaded_.at(static_cast<std::size_t>(destination));
  }

  // Lets a load go before the last one that had to wait for its place, if the memory has time for
  // it until then; OrderCommands() does that. Returns whether it has.
  bool FitsGap(Destination destination, Cycle free_from, Cycle cycles, Cycle fill);

  void AddStore(Cycle drained, std::int64_t words);

  // When a store command ends that waits for what was drained in `drained`; if need be it is one of
  // its own.
  Cycle StoredFrom(Cycle drained);

  static constexpr std::size_t kLoadsAtOnce = 2;

  MemorySpeed memory_;
  Cycle command_cycles_;
  std::array<Places, 3> loaded_;
  Places output_;
  std::array<Cycle, kLoadsAtOnce> load_ends_;  // of the last loads
  std::size_t loads_ = 0;
  std::int64_t commands_ = 0;
  Cycle loading_ = 0;  // of the memory
  Cycle bus_free_ = kFirstLoadStart;
  Cycle gap_begin_ = 0;  // from when to when the memory has nothing to do, last
  Cycle gap_end_ = 0;
  Cycle last_load_ = 0;    // when the memory has done the last load it had no such time for
  Cycle arrived_ = 0;      // what the next compute command waits for
  Cycle output_free_ = 0;  // what the next one with outputs waits for
  Cycle started_ = 0;
  Cycle issued_ = 0;
  Cycle last_tile_ = 0;  // the array took the last weight tile
  Cycle drained_ = 0;
  Cycle stored_ = 0;
  std::vector<Stored> stores_;
};

}  // namespace denseshift::driver

#endif  // DENSESHIFT_DRIVER_COMPILER_LAYER_PIPELINE_H_
