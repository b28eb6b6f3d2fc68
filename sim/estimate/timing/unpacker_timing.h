// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_ESTIMATE_TIMING_UNPACKER_TIMING_H_
#define DENSESHIFT_SIM_ESTIMATE_TIMING_UNPACKER_TIMING_H_

#include <cstdint>
#include <vector>

#include "driver/command/command.h"
#include "sim/device_parameters.h"
#include "sim/estimate/timing/cycle.h"

namespace denseshift::sim::timing {

// Fills the shadow tile; docs/timing.md "Unpacker".
class UnpackerTiming {
 public:
  explicit UnpackerTiming(const DeviceParameters& device);

  // The next command, which is in the queue from `there` on.
  void Start(const driver::ConvCommand& command, Cycle there);

  // The cycle in which the next tile is ready, if the feeder took the one before in `taken`, or
  // took none yet (-1).
  [[nodiscard]] Cycle NextTile(Cycle taken);

  // How many of the next tiles are like the last one, and thus ready before the feeder is done with
  // the one before, if it takes `positions` cycles for each.
  [[nodiscard]] std::int64_t AlikeTiles(std::int64_t positions) const;

  // Fills them; the feeder took the last but one in `taken`.
  void SkipTiles(std::int64_t tiles, Cycle taken);

  // The cycle in which the last tile of the command was filled.
  [[nodiscard]] Cycle ended() const { return ended_; }

 private:
  // What filling a tile does, as long as there are enough words.
  struct Fill {
    int cycles = 0;  // 0 if not known yet
    int words = 0;   // read
    int count = 0;   // left behind
    bool inflight = false;
  };

  void Settle(Cycle until);
  void FillTile();
  void FillTileAsBefore(Cycle swapped);
  void Step(bool writes);

  // Of a word or the gearbox in units; docs/timing.md.
  int groups_;
  int word_units_;
  int gear_units_;
  std::int64_t most_words_;  // that are read for one tile
  std::vector<Fill> fills_;  // by what the gearbox holds, and how long it has until the swap
  // The command.
  int code_bits_ = 0;
  std::int64_t sweep_words_ = 0;
  std::int64_t sweep_tiles_ = 0;
  Cycle ended_ = -1;
  // State at the start of cycle now_.
  Cycle now_ = 0;
  std::int64_t words_left_ = 0;
  std::int64_t tiles_left_ = 0;  // of the sweep
  int count_ = 0;
  bool inflight_ = false;
  // The fill of the last tile, if it left the gearbox as it had found it, and for how many of
  // kSettlingCycles that had waited for the swap.
  Fill steady_;
  Cycle steady_waits_ = 0;
};

}  // namespace denseshift::sim::timing

#endif  // DENSESHIFT_SIM_ESTIMATE_TIMING_UNPACKER_TIMING_H_
