// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/estimate/timing/unpacker_timing.h"

#include <algorithm>
#include <stdexcept>

namespace denseshift::sim::timing {

UnpackerTiming::UnpackerTiming(const DeviceParameters& device) {
  const int bus_bits = 8 * device.bus_bytes;
  const int rows = std::clamp(bus_bits / (2 * device.columns), 1, device.lanes);
  constexpr int kLargestCodeBits = 4;
  groups_ = device.lanes / rows;
  word_units_ = bus_bits / (rows * device.columns);
  gear_units_ = kLargestCodeBits + 2 * word_units_;
}

void UnpackerTiming::Start(const driver::ConvCommand& command, Cycle there) {
  code_bits_ = static_cast<int>(command.code_bits);
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

Cycle UnpackerTiming::NextTile(Cycle taken) {
  // The tile before leaves the shadow in the cycle after it was taken. Until then the gearbox
  // fills; it is full or empty after a few cycles.
  const Cycle swapped = taken + 1;
  const Cycle settled = now_ + 8;
  while (now_ < swapped && now_ < settled)
    Step(false);
  now_ = std::max(now_, swapped);
  for (int group = 0; group < groups_;) {
    const bool writes = count_ >= code_bits_;
    if (!writes && !inflight_ && words_left_ == 0)
      throw std::logic_error("a CONV has fewer weight words than tiles");
    Step(writes);
    group += writes ? 1 : 0;
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
