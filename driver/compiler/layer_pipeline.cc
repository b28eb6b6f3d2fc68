// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "driver/compiler/layer_pipeline.h"

#include <algorithm>

#include "driver/compiler/usual_latencies.h"

namespace denseshift::driver {
namespace {

using Cycle = LayerPipeline::Cycle;

constexpr Cycle kStore = 4 + kMemoryLatency;  // of a store, besides its words

constexpr Cycle kFill = 2;    // from a load's start to before its first word that is not in memory
constexpr Cycle kUnpack = 3;  // the same besides unpacking
constexpr Cycle kSum = 3;     // from the last issue to the last drain
constexpr Cycle kPost = 4;    // from the last drain to a store's start

// A plan that gains fewer cycles than these with more commands or loading is not worth it: both
// cost energy, and cycles where the memory is slower than thought.
constexpr Cycle kCommandBurden = 1;
constexpr Cycle kLoadingPerBurden = 256;
constexpr std::int64_t kFreeCommands = 96;
constexpr Cycle kFreeLoading = 8192;

}  // namespace

LayerPipeline::LayerPipeline(const TilingTarget& target)
    : memory_(target.memory),
      command_cycles_(CommandCycles(target)),
      loaded_{Places(target.sizes.act_words),
              Places(target.sizes.weight_words),
              Places(std::int64_t{target.sizes.param_entries} * target.sizes.entry_words)},
      output_(target.sizes.out_words) {
  load_ends_.fill(kFirstLoadStart);
  stores_.reserve(kUsualStores);
}

Cycle LayerPipeline::Least(Cycle first_load, Cycle busy, Cycle last_store) {
  return kFirstLoadStart + kLoadLatency + first_load + kTakeLatency + busy + kSum + kPost + kStore +
         last_store;
}

Cycle LayerPipeline::CommandCycles(const TilingTarget& target) {
  return target.memory.Moving(static_cast<std::int64_t>(kCommandBytes) / target.sizes.bus_bytes);
}

Cycle LayerPipeline::Burden(std::int64_t commands, Cycle loading) {
  return std::max<std::int64_t>(commands - kFreeCommands, 0) * kCommandBurden +
         std::max<Cycle>(loading - kFreeLoading, 0) / kLoadingPerBurden;
}

Cycle LayerPipeline::Storing(Cycle moving, std::int64_t stores) {
  return moving + stores * kStore;
}

Cycle LayerPipeline::Alone(Cycle loading, std::int64_t loads) {
  return loading + loads * kLoadLatency;
}

Cycle LayerPipeline::Places::Allocate(std::int64_t words) {
  const std::int64_t begin = ring_.Allocate(words);
  const std::int64_t end = begin + words;
  // What lies behind the last place is passed over when places start from the beginning again.
  const std::int64_t last_end = places_.empty() ? 0 : places_.back().end;
  while (begin < last_end && first_ < places_.size() && places_[first_].begin >= last_end) {
    ++first_;
  }
  Cycle free_from = 0;
  while (first_ < places_.size() && places_[first_].begin < end && begin < places_[first_].end) {
    free_from = std::max(free_from, places_[first_++].free_from);
  }
  if (places_.size() == places_.capacity() && first_ > 0) {
    places_.erase(places_.begin(), places_.begin() + static_cast<std::ptrdiff_t>(first_));
    first_ = 0;
  }
  places_.push_back({begin, end, free_from});
  return free_from;
}

void LayerPipeline::Load(Destination destination, std::int64_t words, Cycle cycles, Cycle fill) {
  ++commands_;
  loading_ += cycles;
  const Cycle free_from = words > 0 ? PlacesOf(destination).Allocate(words) : 0;
  if (FitsGap(destination, free_from, cycles, fill)) {
    return;
  }
  Cycle& end = load_ends_.at(loads_++ % kLoadsAtOnce);  // the one before the last makes room
  Cycle start = end;
  Cycle released = 0;
  if (destination != Destination::kParameter) {
    start = std::max(start, free_from);
  } else if (free_from > 0) {
    // Who has read parameters is post, whose end only stores can wait for. The list has other loads
    // go first.
    released = StoredFrom(free_from) + kLoadLatency + cycles;
  }
  if (start > bus_free_) {
    gap_begin_ = bus_free_;
    gap_end_ = start + kLoadLatency;
  }
  // Filling goes on while the first word is on its way.
  bus_free_ =
      std::max(bus_free_ + command_cycles_, start + std::max(kLoadLatency, fill + kFill)) + cycles;
  end = last_load_ = bus_free_;
  arrived_ = std::max({arrived_, bus_free_, released});
}

bool LayerPipeline::FitsGap(Destination destination, Cycle free_from, Cycle cycles, Cycle fill) {
  if (destination == Destination::kParameter && free_from > 0) {
    return false;
  }
  const Cycle end = std::max(gap_begin_, free_from + kLoadLatency) + std::max(cycles, fill);
  if (end > gap_end_) {
    return false;
  }
  gap_begin_ = end;
  arrived_ = std::max(arrived_, end);
  return true;
}

void LayerPipeline::StartOutput(std::int64_t words) {
  output_free_ = output_.Allocate(words);
}

void LayerPipeline::Compute(const Work& work) {
  ++commands_;
  bus_free_ += command_cycles_;
  const Cycle taken = std::max({arrived_, started_, work.has_outputs ? output_free_ : 0});
  started_ = std::max(issued_ + 1, taken + kTakeLatency);
  if (work.unpack > 0) {
    started_ = std::max({started_, taken + work.unpack + kUnpack, last_tile_ + work.unpack + 1});
  }
  issued_ = started_ + work.issue;
  last_tile_ = issued_ - work.last;
  drained_ = std::max(std::max(drained_, started_) + work.drain, issued_ + kSum + work.last_drain);
  PlacesOf(Destination::kActivation).UseUntil(issued_);
  PlacesOf(Destination::kWeight).UseUntil(issued_);
  PlacesOf(Destination::kParameter).UseUntil(drained_);
}

void LayerPipeline::AddStore(Cycle drained, std::int64_t words) {
  ++commands_;
  bus_free_ += command_cycles_;
  stored_ = std::max(stored_, drained + kPost) + memory_.Moving(words) + kStore;
  stores_.push_back({drained, stored_});
}

Cycle LayerPipeline::StoredFrom(Cycle drained) {
  if (stores_.empty() || stores_.back().drained < drained) {
    AddStore(drained, 1);
  }
  return std::lower_bound(stores_.begin(),
                          stores_.end(),
                          drained,
                          [](const Stored& store, Cycle cycle) { return store.drained < cycle; })
      ->end;
}

void LayerPipeline::Store(std::int64_t words) {
  AddStore(drained_, words);
  output_.UseUntil(stored_);
}

}  // namespace denseshift::driver
