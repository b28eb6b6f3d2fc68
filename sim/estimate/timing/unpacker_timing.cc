// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/estimate/timing/unpacker_timing.h"

#include <algorithm>
#include <stdexcept>

namespace denseshift::sim::timing {
namespace {

// A gearbox that is not emptied is full after so many cycles.
constexpr Cycle kSettlingCycles = 8;

}  // namespace

UnpackerTiming::UnpackerTiming(const DeviceParameters& device) {
  const int bus_bits = 8 * device.bus_bytes;
  const int rows = std::clamp(bus_bits / (2 * device.columns), 1, device.lanes);
  constexpr int kLargestCodeBits = 4;
  groups_ = device.lanes / rows;
  word_units_ = bus_bits / (rows * device.columns);
  gear_units_ = kLargestCodeBits + 2 * word_units_;
  most_words_ =
      (std::int64_t{groups_} * kLargestCodeBits + std::int64_t{2} * gear_units_) / word_units_;
}

void UnpackerTiming::Start(const driver::ConvCommand& command, Cycle there) {
  if (code_bits_ != command.code_bits) {
    code_bits_ = static_cast<int>(command.code_bits);
    const std::int64_t gearboxes = std::int64_t{2} * (gear_units_ + 1);
    fills_.assign(static_cast<std::size_t>(gearboxes * (kSettlingCycles + 1)), Fill());
  }
  sweep_words_ = command.weight_words;
  sweep_tiles_ = command.column_tiles * command.steps;
  tiles_left_ = sweep_tiles_;
  // The first word is read as the command starts.
  now_ = std::max(there, ended_ + 1) + 1;
  words_left_ = sweep_words_ - 1;
  count_ = 0;
  inflight_ = true;
}

// A cycle in which a group is written or not.
inline void UnpackerTiming::Step(bool writes) {
  const bool reads =
      words_left_ != 0 && count_ + (inflight_ ? 2 * word_units_ : word_units_) <= gear_units_;
  count_ += (inflight_ ? word_units_ : 0) - (writes ? code_bits_ : 0);
  inflight_ = reads;
  words_left_ -= reads ? 1 : 0;
  ++now_;
}

// Reads until the gearbox is full, or up to before `until`.
void UnpackerTiming::Settle(Cycle until) {
  const Cycle settled = now_ + kSettlingCycles;
  while (now_ < until && now_ < settled)
    Step(false);
  now_ = std::max(now_, until);
}

void UnpackerTiming::FillTile() {
  for (int group = 0; group < groups_;) {
    const bool writes = count_ >= code_bits_;
    if (!writes && !inflight_ && words_left_ == 0)
      throw std::logic_error("a CONV has fewer weight words than tiles");
    Step(writes);
    group += writes ? 1 : 0;
  }
}

// The same with a look at what was seen before: nearly all tiles are alike.
void UnpackerTiming::FillTileAsBefore(Cycle swapped) {
  const Cycle waits = std::clamp<Cycle>(swapped - now_, 0, kSettlingCycles);
  const std::int64_t gearbox = std::int64_t{2} * count_ + (inflight_ ? 1 : 0);
  Fill& fill = fills_[static_cast<std::size_t>(gearbox * (kSettlingCycles + 1) + waits)];
  const Cycle from = std::max(now_, swapped);
  if (fill.cycles == 0) {
    const std::int64_t words = words_left_;
    Settle(swapped);
    FillTile();
    fill = {
        static_cast<int>(now_ - from), static_cast<int>(words - words_left_), count_, inflight_};
    return;
  }
  now_ = from + fill.cycles;
  words_left_ -= fill.words;
  const bool is_steady = count_ == fill.count && inflight_ == fill.inflight;
  steady_ = is_steady ? fill : Fill();
  steady_waits_ = waits;
  count_ = fill.count;
  inflight_ = fill.inflight;
}

std::int64_t UnpackerTiming::AlikeTiles(std::int64_t positions) const {
  const Cycle waits = positions - steady_.cycles;
  if (steady_.cycles == 0 || std::min(waits, kSettlingCycles) != steady_waits_)
    return 0;
  const std::int64_t enough = (words_left_ - most_words_) / std::max(steady_.words, 1);
  return std::max<std::int64_t>(std::min(enough, tiles_left_ - 1), 0);
}

void UnpackerTiming::SkipTiles(std::int64_t tiles, Cycle taken) {
  now_ = taken + 1 + steady_.cycles;
  words_left_ -= tiles * steady_.words;
  tiles_left_ -= tiles;
}

Cycle UnpackerTiming::NextTile(Cycle taken) {
  // The tile before leaves the shadow in the cycle after it was taken.
  const Cycle swapped = taken + 1;
  steady_ = Fill();
  if (words_left_ >= most_words_) {
    FillTileAsBefore(swapped);
  } else {
    Settle(swapped);
    FillTile();
  }
  const Cycle ready = now_ - 1;
  if (--tiles_left_ == 0) {
    ended_ = ready;
    tiles_left_ = sweep_tiles_;
    words_left_ = sweep_words_;
    count_ = 0;
    inflight_ = false;
  }
  return ready;
}

}  // namespace denseshift::sim::timing
