// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "golden/cycle/compute.h"

namespace denseshift::golden::cycle {

Compute::Compute(const Parameters& parameters, const LoadTargets& buffers, OutputBuffer& output)
    : output_(output),
      unpacker_(parameters, buffers.weight),
      activation_(parameters, buffers),
      feeder_(parameters, activation_),
      array_(parameters),
      accumulators_(parameters),
      parameters_(parameters, buffers.parameter),
      post_(parameters),
      stages_(parameters) {
}

// Post decides, the stages take what it has read in the cycle before, then it reads anew.
inline void Compute::StepPost(Values& values, Handoff::Inputs& handoff, Errors& errors) {
  const FeederStage& stage = feeder_.stage();
  const Post::Values& post = post_.Step(stage, accumulators_.IsSumDone(), parameters_, errors);
  values.post = post.activity;
  values.is_active |= post.is_active;
  values.store_index = stages_.index4();
  values.gives_store = stages_.Step(post.entering,
                                    stage,
                                    {accumulators_.read(), parameters_.read(), activation_.x()},
                                    output_,
                                    errors);
  if (post.drains)
    accumulators_.Read(post.bank, post.position);
  if (post.reads_entry)
    parameters_.Read(post.entry);
  handoff.releases = post.releases;
  handoff.released_bank = post.bank;
  handoff.post_ends = post.ends;
}

inline void Compute::StepFeeder(bool post_was_running,
                                Values& values,
                                Handoff::Inputs& handoff,
                                Errors& errors) {
  const bool swap = feeder_.stage().swap;
  const Unpacker::Values& unpacker = unpacker_.Step(swap, array_);
  Feeder::Inputs in;
  in.tile_is_ready = unpacker.is_ready;
  in.post_caught_up = post_was_running && handoff_.CountsAreEqual();
  in.compute_queue_empty = issue_.queue().empty();
  values.load_index = feeder_.queue().head().index;
  const Feeder::Values& feeder = feeder_.Step(in, handoff_, errors);
  unpacker_.EndStep(swap, feeder.takes_tile);
  if (unpacker.is_outside)
    errors.Raise(kFeederUnit, kBufferBounds, unpacker.index, unpacker.address);
  values.feeder = feeder.activity;
  values.gives_load = feeder.gives;
  values.is_active |= feeder.issues || unpacker.is_active;
  handoff.claims = feeder.claims_bank;
  handoff.claimed_bank = feeder.claimed_bank;
  handoff.feeder_ends = feeder.ends;
}

// From the end of the pipeline to its start, so that each unit finds what the one before it held at
// the start of the cycle.
const Compute::Values& Compute::Step(Tokens& tokens, Errors& errors) {
  Values& values = values_;
  values.is_active = false;
  Handoff::Inputs handoff;
  values.takes = issue_.Takes(
      unpacker_.queue().full() || feeder_.queue().full() || post_.queue().full(), tokens);
  const bool post_was_running = post_.IsRunning();
  StepPost(values, handoff, errors);
  const FeederStage& stage = feeder_.stage();
  accumulators_.Step(stage, array_);
  array_.Step(stage.swap, stage.step, activation_);
  StepFeeder(post_was_running, values, handoff, errors);
  handoff_.Step(handoff);
  if (values.takes) {
    const Command& command = issue_.queue().head();
    feeder_.queue().Push(command);
    post_.queue().Push(command);
    if (command.opcode() == kConv)
      unpacker_.queue().Push(command);
    issue_.queue().Pop();
  }
  return values;
}

void Compute::Clear(const Held& before) {
  issue_.Clear(before.issue);
  unpacker_.Clear(before.unpacker);
  feeder_.Clear(before.feeder);
  handoff_.Clear();
  accumulators_.Clear();
  post_.Clear(before.post);
  stages_.Clear();
}

void Compute::ListState(StateList& list) const {
  issue_.ListState(list);
  unpacker_.ListState(list);
  feeder_.ListState(list);
  activation_.ListState(list);
  handoff_.ListState(list);
  array_.ListState(list);
  accumulators_.ListState(list);
  post_.ListState(list);
  stages_.ListState(list);
}

}  // namespace denseshift::golden::cycle
