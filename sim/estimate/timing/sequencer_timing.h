// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_ESTIMATE_TIMING_SEQUENCER_TIMING_H_
#define DENSESHIFT_SIM_ESTIMATE_TIMING_SEQUENCER_TIMING_H_

#include <cstdint>
#include <vector>

#include "sim/estimate/timing/command_queue.h"
#include "sim/estimate/timing/cycle.h"
#include "sim/estimate/timing/history.h"

namespace denseshift::sim::timing {

// LOADs of which the load unit's addresses are all accepted.
struct RequestedLoads {
  std::uint64_t count = 0;
  Cycle last = 0;  // from which cycle on an address can be sent behind the last one's
};

// Fetches the list and hands commands over; docs/timing.md "Sequencer".
class SequencerTiming {
 public:
  // The list lies at `address`; command i goes to `targets`[i], a LOAD to `loads`.
  SequencerTiming(std::int64_t address,
                  std::vector<CommandQueue*> targets,
                  const CommandQueue& loads,
                  int bus_bytes);

  // Hands over what can be handed over. Returns whether anything was.
  bool Advance(const RequestedLoads& requested);

  // From which cycle on a read address is shown; kUnknown if there is none yet.
  [[nodiscard]] Cycle ShowsFrom() const { return shows_; }

  // Beats of the burst whose address is shown.
  [[nodiscard]] int Beats() const { return beats_; }

  // The address shown was accepted, and its beats arrive in these cycles.
  void TakeBurst(Cycle accepted, const Cycle* beats);

  // The cycle from which on the load unit is free to start the LOAD of this number, which has been
  // handed over; kUnknown as long as commands that go first have not been requested.
  [[nodiscard]] Cycle LoadsFrom(std::uint64_t load) const {
    if (load < loads_before_)
      return sent_before_ + 1;
    return chunk_words_ == 0 ? last_sent_ + 1 : kUnknown;
  }

  // The cycle from which on nothing is left to hand over; kUnknown before that.
  [[nodiscard]] Cycle FinishedFrom() const;

 private:
  void PlanAddress(const RequestedLoads& requested);
  void OpenChunk();
  [[nodiscard]] bool IsChunkDue() const;

  std::vector<CommandQueue*> targets_;
  const CommandQueue& loads_;
  int bus_bytes_;
  std::uint32_t command_words_;
  std::int64_t address_;
  // Requests.
  std::uint32_t chunks_ = 0;        // opened
  std::uint32_t unfetched_;         // commands in no chunk yet
  std::int64_t chunk_words_ = 0;    // of the open chunk, not requested yet
  Cycle opened_ = -1;               // the last chunk
  std::uint64_t loads_before_ = 0;  // LOADs that are issued before the last chunk is requested
  Cycle sent_before_ = -1;          // the last address of the chunk before
  Cycle last_sent_ = -1;            // the cycle before an address is shown
  Cycle accepted_ = 0;              // the one shown last
  std::uint64_t bursts_ = 0;        // requested
  History<4> answered_;             // bursts, by their last beat
  Cycle shows_ = kUnknown;
  int beats_ = 0;
  // Words and commands.
  std::vector<Cycle> arrived_;    // of each word
  std::vector<Cycle> collected_;  // of each command: its last word left the word queue
  Cycle checked_ = kUnknown;      // of the command that waits to be handed over
  Cycle handed_over_ = -1;        // the last one
  std::uint32_t next_ = 0;        // command to hand over
};

}  // namespace denseshift::sim::timing

#endif  // DENSESHIFT_SIM_ESTIMATE_TIMING_SEQUENCER_TIMING_H_
