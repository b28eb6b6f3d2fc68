// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_ESTIMATE_TIMING_LOAD_TIMING_H_
#define DENSESHIFT_SIM_ESTIMATE_TIMING_LOAD_TIMING_H_

#include <algorithm>
#include <cstdint>
#include <vector>

#include "driver/command/command.h"
#include "sim/estimate/timing/bursts.h"
#include "sim/estimate/timing/command_queue.h"
#include "sim/estimate/timing/cycle.h"
#include "sim/estimate/timing/history.h"
#include "sim/estimate/timing/load_writer_timing.h"
#include "sim/estimate/timing/sequencer_timing.h"
#include "sim/estimate/timing/span.h"
#include "sim/estimate/timing/token_times.h"

namespace denseshift::sim::timing {

// Requests rows ahead and writes them; docs/timing.md "Load".
class LoadTiming {
 public:
  // `spans` takes what the unit does for each command, or is nullptr.
  LoadTiming(const std::vector<driver::Command>& commands,
             Tokens& tokens,
             int bus_bytes,
             std::vector<Span>* spans)
      : commands_(commands), tokens_(tokens), bus_bytes_(bus_bytes), spans_(spans) {}

  [[nodiscard]] CommandQueue& queue() { return queue_; }

  [[nodiscard]] LoadWriterTiming& writer() { return writer_; }

  // Takes the commands that can be taken and gives the tokens of those that have ended. Returns
  // whether there were any.
  bool Advance(const SequencerTiming& sequencer);

  // Of the commands taken. While an address is shown the last one does not count.
  [[nodiscard]] RequestedLoads requested() const {
    return {queue_.popped() - (shows_ < kUnknown && queue_.popped() > 0 ? 1 : 0),
            std::max(queue_.LastPop() + 1, accepted_)};
  }

  // From which cycle on a read address is shown; kUnknown if there is none yet.
  [[nodiscard]] Cycle ShowsFrom() const { return shows_; }

  // Beats of the burst whose address is shown.
  [[nodiscard]] int Beats() const { return beats_; }

  // The address shown was accepted, and its last beat arrives in `last_beat`. The writer has been
  // given them.
  void TakeBurst(Cycle accepted, Cycle last_beat);

  // The same for the address shown and the next ones, up to the last but one of the row:
  // accept(from) says when an address is accepted that is shown from `from` on, answer(beats) when
  // its last beat arrives.
  template <typename Accept, typename Answer>
  void TakeRow(Accept accept, Answer answer) {
    while (is_issuing_ && rows_.AreInRow()) {
      accepted_ = accept(shows_);
      answered_.Add(answer(beats_));
      ++bursts_;
      PlanAddress();
    }
  }

  // Whether nothing has changed for others since Advance(): the same command shows another address.
  [[nodiscard]] bool JustGoesOn() const { return is_issuing_ && !writer_.HasEnds(); }

  // The cycle from which on the unit is idle, if no command comes any more.
  [[nodiscard]] Cycle IdleFrom() const;

 private:
  static constexpr std::uint64_t kBurstQueue = 16;

  // A command that is being written.
  struct Written {
    std::uint32_t index = 0;
    Cycle taken = 0;
    bool signals = false;
  };

  bool Take(const SequencerTiming& sequencer);

  void PlanAddress() {
    const Cycle sent =
        std::max({issues_from_, accepted_, answered_.RoomFrom(bursts_, kBurstQueue)});
    shows_ = sent + 1;
    beats_ = rows_.Next(bus_bytes_);
    if (rows_.AreDone()) {
      is_issuing_ = false;
      issued_ = sent;
      queue_.Pop(sent);
    }
  }

  const std::vector<driver::Command>& commands_;
  Tokens& tokens_;
  int bus_bytes_;
  std::vector<Span>* spans_;
  CommandQueue queue_;
  LoadWriterTiming writer_;
  std::vector<Written> written_;  // in order, of which the first ended_ have ended
  std::size_t ended_ = 0;
  // Issuer.
  bool is_issuing_ = false;
  RowBursts rows_;
  Cycle issues_from_ = 0;
  Cycle issued_ = -1;   // the last command's last burst was sent
  Cycle accepted_ = 0;  // the address shown last
  std::uint64_t bursts_ = 0;
  History<16> answered_;  // bursts, by their last beat
  Cycle shows_ = kUnknown;
  int beats_ = 0;
};

}  // namespace denseshift::sim::timing

#endif  // DENSESHIFT_SIM_ESTIMATE_TIMING_LOAD_TIMING_H_
