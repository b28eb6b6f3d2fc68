// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_GOLDEN_CYCLE_POST_H_
#define DENSESHIFT_GOLDEN_CYCLE_POST_H_

#include <cstdint>

#include "golden/cycle/command.h"
#include "golden/cycle/counters.h"
#include "golden/cycle/errors.h"
#include "golden/cycle/feeder.h"
#include "golden/cycle/parameter_buffer.h"
#include "golden/cycle/parameters.h"
#include "golden/cycle/position.h"
#include "golden/cycle/post_stages.h"
#include "golden/cycle/queue.h"
#include "golden/cycle/state_list.h"

namespace denseshift::golden::cycle {

// Drains banks, passes pooled values and additions, addresses the output buffer; docs/timing.md
// "Post".
class Post {
 public:
  struct Values {
    PostStages::Entering entering;
    bool is_active = false;
    bool drains = false;  // a position of a bank
    bool bank = false;
    std::uint32_t position = 0;
    bool reads_entry = false;  // of the parameter buffer
    std::uint32_t entry = 0;
    bool releases = false;  // the bank
    bool ends = false;      // the command
    Activity activity = kIdle;
  };

  explicit Post(const Parameters& parameters)
      : columns_(parameters.columns),
        vector_lanes_(parameters.VectorLanes()),
        bus_bytes_(parameters.bus_bytes) {}

  // A cycle; after it commands may be pushed into queue(). What it reads, the caller reads once
  // the stages have taken what was read before.
  const Values& Step(const FeederStage& feeder,
                     bool sum_done,
                     const ParameterBuffer& parameters,
                     Errors& errors) {
    if (!waits_ || sum_done || feeder.tap || sums_ != 0 || (!running_ && !queue_.empty()))
      Work(feeder, sum_done, parameters, errors);
    return values_;
  }

  // At the end of a cycle while no job runs; `before` is the unit as the cycle found it.
  void Clear(const Post& before);

  [[nodiscard]] bool IsRunning() const { return running_; }

  [[nodiscard]] bool IsAtRest() const { return !running_ && queue_.empty(); }

  [[nodiscard]] Queue<Command, 2>& queue() { return queue_; }

  [[nodiscard]] const Queue<Command, 2>& queue() const { return queue_; }

  void ListState(StateList& list) const;

 private:
  void Work(const FeederStage& feeder,
            bool sum_done,
            const ParameterBuffer& parameters,
            Errors& errors);
  void Start();
  void Enter(Values& values) const;
  void ReadEntry(Values& values,
                 std::uint32_t entry,
                 const ParameterBuffer& parameters,
                 Errors& errors) const;
  bool Drain(Values& values);
  bool EndBank(Values& values);
  bool MoveVector();

  [[nodiscard]] std::uint32_t Length() const {
    return stripe_ == 1 ? command_.last_stripe : command_.stripe;
  }

  std::uint32_t columns_;
  std::uint32_t vector_lanes_;
  std::uint32_t bus_bytes_;
  Queue<Command, 2> queue_;
  Position positions_;
  bool running_ = false;
  bool bank_ = false;
  std::uint8_t sums_ = 0;
  bool fresh_ = false;
  std::uint16_t stripe_ = 0;
  std::uint16_t tile_ = 0;
  std::uint16_t left_ = 0;
  std::uint16_t entry_ = 0;
  std::uint32_t position_ = 0;
  std::uint32_t channel_ = 0;
  ComputeFields command_;
  Values values_;       // of the cycle
  bool waits_ = false;  // nothing changes until an input does
};

}  // namespace denseshift::golden::cycle

#endif  // DENSESHIFT_GOLDEN_CYCLE_POST_H_
