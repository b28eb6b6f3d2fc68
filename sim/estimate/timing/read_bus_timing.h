// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_ESTIMATE_TIMING_READ_BUS_TIMING_H_
#define DENSESHIFT_SIM_ESTIMATE_TIMING_READ_BUS_TIMING_H_

#include <array>
#include <cstdint>

#include "sim/estimate/timing/bursts.h"
#include "sim/estimate/timing/cycle.h"
#include "sim/estimate/timing/history.h"
#include "sim/estimate/timing/load_timing.h"
#include "sim/estimate/timing/memory_pace.h"
#include "sim/estimate/timing/sequencer_timing.h"
#include "sim/memory/memory_parameters.h"

namespace denseshift::sim::timing {

// The read channels, which sequencer and load share; docs/timing.md "Read port" and
// docs/memory_model.md "Read".
class ReadBusTiming {
 public:
  // beats  of all bursts there will be
  ReadBusTiming(const MemoryParameters& memory, const Stalls& stalls, std::int64_t beats);

  // Accepts the addresses that are next, and times their beats, up to one from which more follows
  // than another address of the same load. Returns whether there was any.
  bool AcceptNext(SequencerTiming& sequencer, LoadTiming& load);

  // The cycle at least in which the last beat of all is taken.
  [[nodiscard]] Cycle LeastEnd() const { return pace_.LeastAfter(beat_, beats_left_); }

 private:
  bool Accept(SequencerTiming& sequencer, LoadTiming& load);
  void AcceptRow(const SequencerTiming& sequencer, LoadTiming& load);
  void AnswerSequencer(SequencerTiming& sequencer, const LoadWriterTiming& writer);
  void AnswerLoad(LoadTiming& load);
  [[nodiscard]] Cycle NextBeat(const LoadWriterTiming& writer);

  Cycle latency_;
  std::uint64_t max_outstanding_;
  const Stalls& stalls_;
  BeatPace pace_;
  std::int64_t beats_left_;   // of bursts not accepted yet
  std::uint64_t bursts_ = 0;  // accepted
  Cycle accepted_ = -1;       // the last address
  Cycle beat_ = -1;           // the last one was taken
  History<64> answered_;      // bursts, by their last beat
};

}  // namespace denseshift::sim::timing

#endif  // DENSESHIFT_SIM_ESTIMATE_TIMING_READ_BUS_TIMING_H_
