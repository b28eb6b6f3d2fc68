// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_ESTIMATE_TIMING_SEQUENCER_TIMING_H_
#define DENSESHIFT_SIM_ESTIMATE_TIMING_SEQUENCER_TIMING_H_

#include <array>
#include <cstddef>
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
    return HasOpenChunk() && load >= FirstOpenChunk().loads_before ? kUnknown : last_sent_ + 1;
  }

  // The cycle from which on nothing is left to hand over; kUnknown before that.
  [[nodiscard]] Cycle FinishedFrom() const;

 private:
  static constexpr std::size_t kOpenChunks = 2;  // at once

  struct Chunk {
    std::int64_t words = 0;  // not requested yet
    Cycle opened = 0;
    std::uint64_t loads_before = 0;  // LOADs that are issued before it is requested
  };

  void PlanAddress(const RequestedLoads& requested);
  void OpenChunks();
  [[nodiscard]] bool IsChunkDue() const;

  [[nodiscard]] bool HasOpenChunk() const { return requested_.count() < chunks_; }

  [[nodiscard]] const Chunk& FirstOpenChunk() const {
    return open_[requested_.count() % kOpenChunks];
  }

  std::vector<CommandQueue*> targets_;
  const CommandQueue& loads_;
  int bus_bytes_;
  std::uint32_t command_words_;
  std::int64_t address_;
  // Requests.
  std::uint32_t chunks_ = 0;             // opened
  std::uint32_t unfetched_;              // commands in no chunk yet
  std::array<Chunk, kOpenChunks> open_;  // by number
  History<kOpenChunks> requested_;       // chunks, by their last address
  Cycle opened_ = -1;                    // the last chunk
  Cycle last_sent_ = -1;                 // the cycle before an address is shown
  Cycle accepted_ = 0;                   // the one shown last
  std::uint64_t bursts_ = 0;             // requested
  History<4> answered_;                  // bursts, by their last beat
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
