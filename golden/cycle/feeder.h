// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_GOLDEN_CYCLE_FEEDER_H_
#define DENSESHIFT_GOLDEN_CYCLE_FEEDER_H_

#include <cstdint>

#include "golden/cycle/activation_buffer.h"
#include "golden/cycle/command.h"
#include "golden/cycle/counters.h"
#include "golden/cycle/errors.h"
#include "golden/cycle/handoff.h"
#include "golden/cycle/parameters.h"
#include "golden/cycle/position.h"
#include "golden/cycle/queue.h"
#include "golden/cycle/state_list.h"
#include "golden/cycle/window.h"

namespace denseshift::golden::cycle {

// What was issued in the cycle before: of a CONV a step, of a VECTOR a tap.
struct FeederStage {
  bool step = false;
  bool swap = false;
  bool sum_done = false;
  bool tap = false;
  // With an issue.
  bool first = false;
  bool bank1 = false;
  bool tap_first = false;
  bool tap_last = false;
  std::uint16_t position1 = 0;
  std::uint8_t operation = 0;
};

// One step or tap per cycle, and the addresses of the activation buffer; docs/timing.md "Feeder".
class Feeder {
 public:
  struct Inputs {
    bool tile_is_ready = false;
    bool post_caught_up = false;
    bool compute_queue_empty = false;
    std::uint32_t compute_index = 0;
  };

  struct Values {
    bool issues = false;
    bool takes_tile = false;
    bool claims_bank = false;
    bool claimed_bank = false;
    bool ends = false;   // the command
    bool gives = false;  // a token to load
    Activity activity = kIdle;
  };

  Feeder(const Parameters& parameters, ActivationBuffer& buffer);

  // A cycle; after it commands may be pushed into queue().
  const Values& Step(const Inputs& in, const Handoff& handoff, Errors& errors);

  // At the end of a cycle while no job runs; `before` is the unit as the cycle found it.
  void Clear(const Feeder& before);

  [[nodiscard]] Queue<Command, 2>& queue() { return queue_; }

  [[nodiscard]] const Queue<Command, 2>& queue() const { return queue_; }

  [[nodiscard]] const FeederStage& stage() const { return stage_; }

  void ListState(StateList& list) const;

 private:
  void Start();

  void StartWindow() { window_.Start(command_); }

  [[nodiscard]] bool StartsSum() const {
    return command_.is_conv && tile_start_ && window_.IsFirst() && command_.first;
  }

  void Read(Errors& errors);
  void CheckRange(const ActivationBuffer::Read& read, std::uint32_t length_a, Errors& errors);
  [[nodiscard]] std::uint32_t Length() const;
  void Issue(Values& values, Errors& errors);
  bool MoveConv();
  bool MoveVector();

  std::uint32_t bus_bytes_;
  std::uint32_t vector_lanes_;
  std::uint32_t group_bytes_;
  ActivationBuffer& buffer_;
  Queue<Command, 2> queue_;
  Window window_;
  Position positions_;
  bool running_ = false;
  bool bank_ = false;
  bool tile_start_ = false;
  std::uint16_t stripe_ = 0;
  std::uint16_t tile_ = 0;
  std::uint16_t left_ = 0;
  std::uint32_t position_ = 0;
  std::uint32_t channel_ = 0;
  FeederStage stage_;
  ComputeFields command_;
  Values values_;  // of the cycle
};

}  // namespace denseshift::golden::cycle

#endif  // DENSESHIFT_GOLDEN_CYCLE_FEEDER_H_
