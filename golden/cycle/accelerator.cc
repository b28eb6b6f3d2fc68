// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "golden/cycle/accelerator.h"

namespace denseshift::golden::cycle {

Accelerator::Accelerator(const Parameters& parameters)
    : registers_(parameters),
      buffers_(parameters),
      output_(parameters),
      sequencer_(parameters),
      load_(parameters, buffers_),
      compute_(parameters, buffers_, output_),
      store_(parameters, output_) {
  registers_.ShowOutputs(host_);
  ShowBus();
}

void Accelerator::Reset() {
  clear_cycles_ = 0;
  job_.Reset();
  counters_.Clear();
  registers_.Reset();
  Clear(Hold(), false);
  registers_.ShowOutputs(host_);
  ShowBus();
}

inline bool Accelerator::IsIdle() const {
  return sequencer_.IsFinished() && load_.IsIdle() && compute_.IsIdle() && store_.IsIdle();
}

bool Accelerator::IsQuiet() const {
  return sequencer_.IsQuiet() && load_.IsQuiet() && store_.IsQuiet();
}

Error Accelerator::WatchdogError() const {
  if (!sequencer_.IsQuiet())
    return {kNoProgress, kSequencerUnit, sequencer_.index(), 0};
  if (!load_.IsIdle())
    return {kNoProgress, kLoadUnit, load_.index(), 0};
  if (compute_.FeederHolds())
    return {kNoProgress, kFeederUnit, compute_.feeder_index(), 0};
  if (!compute_.IsPostIdle())
    return {kNoProgress, kPostUnit, compute_.post_index(), 0};
  if (!store_.IsIdle())
    return {kNoProgress, kStoreUnit, store_.index(), 0};
  return {kNoProgress, kSequencerUnit, sequencer_.index(), 0};
}

// Store and compute read buffers before compute and load write them, and the sequencer's pushes
// come after the units' pops. Returns whether there is progress.
bool Accelerator::StepUnits(const BusInputs& bus, bool abort) {
  const bool sequencer_accepted = !ChoosesLoad() && bus.arready;
  const bool load_shows = load_.address_channel().valid();
  const bool load_accepted = ChoosesLoad() && load_shows && bus.arready;
  const bool takes_beat = bus.rvalid && bus_.rready;
  const ReadBeat beat{bus.rdata, bus.rresp, bus.rlast};
  const bool is_load_beat = takes_beat && bus.rid != 0;

  Sequencer::Inputs sequencer;
  sequencer.abort = abort;
  sequencer.address_accepted = sequencer_accepted;
  sequencer.beat = takes_beat && !is_load_beat ? &beat : nullptr;
  sequencer.load_full = load_.queue().full();
  sequencer.compute_full = compute_.queue().full();
  sequencer.store_full = store_.queue().full();
  sequencer.load_address_stays = load_shows && !load_accepted;

  const Store::Values& store = store_.Step({abort, job_.cycles()}, bus, tokens_, errors_);
  const Compute::Values& compute = compute_.Step(tokens_, errors_);
  const Load::Values& load =
      load_.Step({abort, sequencer_.HoldsLoads(), load_accepted, is_load_beat ? &beat : nullptr},
                 tokens_,
                 errors_);
  sequencer.load_issues = load.issues;
  const Sequencer::Values& fetched = sequencer_.Step(sequencer, errors_);
  if (fetched.hands_over)
    HandOver(sequencer_.command());
  if (load.gives || compute.gives_load || compute.gives_store || store.gives_compute ||
      store.gives_load || tokens_.AreTaken())
    MoveTokens(load, compute, store);
  if (job_.IsRunning())
    counters_.Count(
        {fetched.activity, load.activity, compute.feeder, compute.post, store.activity});
  return compute.is_active || compute.takes || fetched.is_active || load.activity == kBusy ||
         store.activity == kBusy || sequencer_accepted || load_accepted || takes_beat ||
         store.address_accepted || bus.bvalid || load.takes || store.takes;
}

void Accelerator::HandOver(const Command& command) {
  switch (command.opcode()) {
    case kLoad:
      load_.queue().Push(command);
      break;
    case kConv:
    case kVector:
      compute_.queue().Push(command);
      break;
    default:
      store_.queue().Push(command);
      break;
  }
}

// A counter that overflows is an error of the unit that gives.
void Accelerator::MoveTokens(const Load::Values& load,
                             const Compute::Values& compute,
                             const Store::Values& store) {
  const auto give = [this](bool gives, TokenCounter counter, Unit unit, std::uint32_t index) {
    if (!gives)
      return;
    tokens_.Give(counter);
    if (tokens_.Overflows(counter))
      errors_.Raise(unit, kTokenOverflow, index, 0);
  };
  give(load.gives, kLoadToCompute, kLoadUnit, load.index);
  give(compute.gives_load, kComputeToLoad, kFeederUnit, compute.load_index);
  give(compute.gives_store, kComputeToStore, kPostUnit, compute.store_index);
  give(store.gives_compute, kStoreToCompute, kStoreUnit, store.index);
  give(store.gives_load, kStoreToLoad, kStoreUnit, store.index);
  tokens_.Step();
}

void Accelerator::Clear(const Held& before, bool start) {
  sequencer_.Clear(
      before.sequencer, registers_.list_address(), start ? registers_.list_count() : 0);
  load_.Clear(before.load);
  compute_.Clear(before.compute);
  store_.Clear(before.store);
  tokens_.Clear();
}

// The end of a cycle that is not like nearly all others; `held` if no job runs. Returns whether the
// job is done.
bool Accelerator::EndCycle(JobInputs job, const std::optional<Held>& held) {
  const bool starts = job_.IsClear() && job.start_request;
  if (held.has_value())
    Clear(*held, starts);
  if (starts)
    counters_.Clear();
  job.watchdog = registers_.watchdog();
  job.error = errors_.error();
  return job_.Step(job);
}

// A cycle in which the job does not simply run on. Returns whether it is done.
bool Accelerator::StepAtTheEdges(const BusInputs& bus, bool start_request, bool idle) {
  JobInputs job;
  clear_cycles_ = job_.IsClear() ? clear_cycles_ + 1 : 0;
  if (clear_cycles_ > kSettlingCycles && !start_request && !bus.rvalid && !bus.bvalid) {
    sequencer_.Clear(sequencer_, registers_.list_address(), 0);
    job.idle = idle;
    job.quiet = true;
    return EndCycle(job, std::nullopt);
  }
  job.start_request = start_request;
  job.idle = idle;
  job.quiet = IsQuiet();
  if (job_.NamesUnit(start_request))
    job.watchdog_error = WatchdogError();
  const std::optional<Held> held = job_.IsClear() ? std::optional<Held>(Hold()) : std::nullopt;
  job.progress = StepUnits(bus, job_.IsAborting());
  return EndCycle(job, held);
}

void Accelerator::Step(const InputPins& in) {
  registers_.Begin(job_, counters_);
  errors_.Begin();
  const bool start_request = registers_.RequestsStart(job_);
  const bool idle = IsIdle();
  bool done = false;
  if (job_.RunsOn(idle)) {
    const bool progress = StepUnits(in.bus, false);
    if (errors_.error().code == kNoError) {
      job_.RunOn(progress);
    } else {
      JobInputs job;
      job.progress = progress;
      done = EndCycle(job, std::nullopt);
    }
  } else {
    done = StepAtTheEdges(in.bus, start_request, idle);
  }
  if (registers_.Step(in.host, start_request, done))
    registers_.ShowOutputs(host_);
  ShowBus();
}

inline void Accelerator::ShowBus() {
  const bool load = ChoosesLoad();
  const AddressChannel& read = load ? load_.address_channel() : sequencer_.address_channel();
  bus_.arvalid = read.valid();
  bus_.araddr = read.address();
  bus_.arlen = read.len();
  bus_.arid = load ? 1 : 0;
  bus_.rready = !load_.IsDataFull() || job_.IsAborting();
  if (!store_.IsAtRest() || bus_.awvalid || bus_.wvalid)
    store_.ShowOutputs(bus_);
}

std::vector<StateItem> Accelerator::ListState() const {
  std::vector<StateItem> items;
  StateList list(items);
  sequencer_.ListState(list);
  load_.ListState(list);
  compute_.ListState(list);
  output_.ListState(list);
  store_.ListState(list);
  tokens_.ListState(list);
  registers_.ListState(list);
  job_.ListState(list);
  counters_.ListState(list);
  return items;
}

}  // namespace denseshift::golden::cycle
