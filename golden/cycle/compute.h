// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_GOLDEN_CYCLE_COMPUTE_H_
#define DENSESHIFT_GOLDEN_CYCLE_COMPUTE_H_

#include <cstdint>

#include "golden/cycle/accumulators.h"
#include "golden/cycle/activation_buffer.h"
#include "golden/cycle/array.h"
#include "golden/cycle/buffers.h"
#include "golden/cycle/errors.h"
#include "golden/cycle/feeder.h"
#include "golden/cycle/handoff.h"
#include "golden/cycle/issue.h"
#include "golden/cycle/output_buffer.h"
#include "golden/cycle/parameter_buffer.h"
#include "golden/cycle/parameters.h"
#include "golden/cycle/post.h"
#include "golden/cycle/post_stages.h"
#include "golden/cycle/tokens.h"
#include "golden/cycle/unpacker.h"

namespace denseshift::golden::cycle {

// Wires the compute unit: issue, the three walkers, and what lies between them.
class Compute {
 public:
  struct Values {
    bool takes = false;      // a command, with its tokens
    bool is_active = false;  // unpacker, feeder or post
    bool gives_load = false;
    bool gives_store = false;
    std::uint32_t load_index = 0;  // of the command that gives
    std::uint32_t store_index = 0;
    Activity feeder = kIdle;
    Activity post = kIdle;
  };

  Compute(const Parameters& parameters, const LoadTargets& buffers, OutputBuffer& output);

  // A cycle, before the load unit has written; after it commands may be pushed into queue().
  const Values& Step(Tokens& tokens, Errors& errors);

  // What is held while no job runs.
  struct Held {
    Issue issue;
    Unpacker unpacker;
    Feeder feeder;
    Post post;
  };

  [[nodiscard]] Held Hold() const { return {issue_, unpacker_, feeder_, post_}; }

  // At the end of a cycle while no job runs; `before` is from its start.
  void Clear(const Held& before);

  [[nodiscard]] Queue<Command, 4>& queue() { return issue_.queue(); }

  // The unpacker may still hold tiles of a command with more steps than its window has.
  [[nodiscard]] bool IsIdle() const { return !FeederHolds() && IsPostIdle(); }

  [[nodiscard]] bool IsPostIdle() const { return post_.IsAtRest() && stages_.IsEmpty(); }

  // Whether a command is on the feeder's side.
  [[nodiscard]] bool FeederHolds() const {
    return !issue_.queue().empty() || !feeder_.queue().empty();
  }

  // Of the commands errors of the feeder's and of the post unit's side belong to.
  [[nodiscard]] std::uint32_t feeder_index() const {
    return feeder_.queue().empty() ? issue_.queue().head().index : feeder_.queue().head().index;
  }

  [[nodiscard]] std::uint32_t post_index() const { return post_.queue().head().index; }

  void ListState(StateList& list) const;

 private:
  void StepPost(Values& values, Handoff::Inputs& handoff, Errors& errors);
  void StepFeeder(bool post_was_running, Values& values, Handoff::Inputs& handoff, Errors& errors);

  OutputBuffer& output_;
  Issue issue_;
  Unpacker unpacker_;
  ActivationBuffer activation_;
  Feeder feeder_;
  Handoff handoff_;
  Array array_;
  Accumulators accumulators_;
  ParameterBuffer parameters_;
  Post post_;
  PostStages stages_;
  Values values_;  // of the cycle
};

}  // namespace denseshift::golden::cycle

#endif  // DENSESHIFT_GOLDEN_CYCLE_COMPUTE_H_
