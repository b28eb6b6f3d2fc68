// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_GOLDEN_CYCLE_SEQUENCER_H_
#define DENSESHIFT_GOLDEN_CYCLE_SEQUENCER_H_

#include <array>
#include <cstdint>

#include "golden/cycle/burst.h"
#include "golden/cycle/bus_word.h"
#include "golden/cycle/command.h"
#include "golden/cycle/counters.h"
#include "golden/cycle/errors.h"
#include "golden/cycle/parameters.h"
#include "golden/cycle/queue.h"
#include "golden/cycle/state_list.h"

namespace denseshift::golden::cycle {

// Fetches the list, assembles, checks and hands over commands; docs/timing.md "Sequencer".
class Sequencer {
 public:
  struct Inputs {
    bool abort = false;
    bool address_accepted = false;
    const ReadBeat* beat = nullptr;  // taken with ID 0, or none
    bool load_full = false;          // the units' command queues
    bool compute_full = false;
    bool store_full = false;
    bool load_issues = false;         // all of a LOAD is requested
    bool load_address_stays = false;  // shown and not accepted

    // Whether all that a still sequencer may wait for, but beats and LOADs, is as in another cycle.
    [[nodiscard]] bool AreLike(const Inputs& other) const {
      return abort == other.abort && load_full == other.load_full &&
             compute_full == other.compute_full && store_full == other.store_full;
    }
  };

  struct Values {
    bool hands_over = false;  // target() says to whom
    bool is_active = false;
    Activity activity = kIdle;
  };

  explicit Sequencer(const Parameters& parameters);

  // A cycle. A command handed over is command(), as it stays after the cycle.
  const Values& Step(const Inputs& in, Errors& errors) {
    // The index only changes by itself where tests go on far ahead in a list.
    if (!is_still_ || index_ != last_index_ || in.beat != nullptr || in.load_issues ||
        !in.AreLike(last_inputs_))
      Work(in, errors);
    return values_;
  }

  // What a cycle while no job runs does after Step(). In the cycle of start `count` commands, else
  // 0. `before` is the unit as the cycle found it.
  void Clear(const Sequencer& before, std::uint32_t list_address, std::uint32_t count);

  // The command handed over in the last cycle.
  [[nodiscard]] const Command& command() const { return handed_over_; }

  [[nodiscard]] const AddressChannel& address_channel() const { return address_channel_; }

  // Whether no LOAD may start in the coming cycle: the first open chunk goes first.
  [[nodiscard]] bool HoldsLoads() const { return chunk_ != 0 && before_ == 0; }

  [[nodiscard]] bool IsFinished() const { return left_ == 0; }

  [[nodiscard]] bool IsQuiet() const { return bursts_.empty() && !address_channel_.valid(); }

  [[nodiscard]] std::uint32_t index() const { return index_; }

  void ListState(StateList& list) const;

 private:
  void Work(const Inputs& in, Errors& errors);
  [[nodiscard]] bool IsChunkDue(bool whole) const;
  std::uint16_t OpenChunk();
  void MoveChunks(std::uint32_t sent, bool opens, bool hands_over_load, bool issues);
  void TakeBeat(const ReadBeat& beat, Errors& errors);
  void MoveWord();
  void Check(Errors& errors);
  [[nodiscard]] bool TargetIsFull(const Inputs& in) const;
  void HandOver();

  Parameters parameters_;
  std::uint32_t beats_;  // of a command
  std::uint32_t addr_ = 0;
  std::uint32_t fetch_ = 0;
  std::uint16_t chunk_ = 0;
  std::uint16_t next_ = 0;
  std::uint8_t held_ = 0;
  std::uint8_t loads_ = 0;
  std::uint8_t before_ = 0;
  std::uint8_t between_ = 0;
  AddressChannel address_channel_;
  std::array<std::uint32_t, 16> cmd_{};
  std::uint8_t beat_ = 0;
  std::uint32_t index_ = 0;
  std::uint32_t left_ = 0;
  std::uint32_t received_ = 0;
  bool checked_ = false;
  bool legal_ = false;
  Queue<BusWord, 96> words_;
  Queue<std::uint32_t, 4> bursts_;
  Command handed_over_;
  Values values_;  // of the cycle
  Inputs last_inputs_;
  std::uint32_t last_index_ = 0;
  bool is_still_ = false;  // nothing changes until an input does
};

}  // namespace denseshift::golden::cycle

#endif  // DENSESHIFT_GOLDEN_CYCLE_SEQUENCER_H_
