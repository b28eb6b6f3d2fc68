// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_ESTIMATE_TIMING_UNPACKER_TIMING_H_
#define DENSESHIFT_SIM_ESTIMATE_TIMING_UNPACKER_TIMING_H_

#include <cstdint>

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

  // The cycle in which the last tile of the command was filled.
  [[nodiscard]] Cycle ended() const { return ended_; }

 private:
  void Step(bool writes);

  // Of a word or the gearbox in units; docs/timing.md.
  int groups_;
  int word_units_;
  int gear_units_;
  // The command.
  int code_bits_ = 4;
  std::int64_t sweep_words_ = 0;
  std::int64_t sweep_tiles_ = 0;
  Cycle ended_ = -1;
  // State at the start of cycle now_.
  Cycle now_ = 0;
  std::int64_t words_left_ = 0;
  std::int64_t tiles_left_ = 0;  // of the sweep
  int count_ = 0;
  bool inflight_ = false;
};

}  // namespace denseshift::sim::timing

#endif  // DENSESHIFT_SIM_ESTIMATE_TIMING_UNPACKER_TIMING_H_
