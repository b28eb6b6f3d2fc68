// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_GOLDEN_CYCLE_ACCELERATOR_H_
#define DENSESHIFT_GOLDEN_CYCLE_ACCELERATOR_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "golden/cycle/buffers.h"
#include "golden/cycle/compute.h"
#include "golden/cycle/counters.h"
#include "golden/cycle/errors.h"
#include "golden/cycle/job.h"
#include "golden/cycle/load.h"
#include "golden/cycle/output_buffer.h"
#include "golden/cycle/parameters.h"
#include "golden/cycle/pins.h"
#include "golden/cycle/registers.h"
#include "golden/cycle/sequencer.h"
#include "golden/cycle/state_list.h"
#include "golden/cycle/store.h"
#include "golden/cycle/tokens.h"

namespace denseshift::golden::cycle {

// The accelerator in every clock cycle, docs/timing.md: what ds_top is in hardware.
//
// Outputs follow from state alone: bus() and host() are those of the coming cycle, and Step() with
// what is driven in that cycle moves on to the next.
class Accelerator {
 public:
  // As after reset.
  explicit Accelerator(const Parameters& parameters);
  Accelerator(const Accelerator&) = delete;  // units refer to each other
  Accelerator& operator=(const Accelerator&) = delete;
  ~Accelerator() = default;

  // One clock cycle.
  void Step(const InputPins& in);

  // Buffer contents and data stay, as in hardware.
  void Reset();

  [[nodiscard]] const BusOutputs& bus() const { return bus_; }

  [[nodiscard]] const HostOutputs& host() const { return host_; }

  // Every state of docs/timing.md but the contents of memories, in the order in which data flows
  // through the units; those that only watch come last. Widths that depend on the
  // parameters and are narrower than their place are given as that of the place.
  [[nodiscard]] std::vector<StateItem> ListState() const;

 private:
  // Units of which something is held while no job runs.
  struct Held {
    Sequencer sequencer;
    Load load;
    Compute::Held compute;
    Store store;
  };

  // Whether the read address channel, which two units share, shows the load unit's address in the
  // coming cycle, else the sequencer's; docs/timing.md "Read port".
  [[nodiscard]] bool ChoosesLoad() const { return !sequencer_.address_channel().valid(); }

  [[nodiscard]] bool IsIdle() const;
  [[nodiscard]] bool IsQuiet() const;
  [[nodiscard]] Error WatchdogError() const;
  bool StepUnits(const BusInputs& bus, bool abort);
  void HandOver(const Command& command);
  void MoveTokens(const Load::Values& load,
                  const Compute::Values& compute,
                  const Store::Values& store);
  // Not inlined: what it holds would make every cycle slower.
  [[gnu::noinline]] bool StepAtTheEdges(const BusInputs& bus, bool start_request, bool idle);
  bool EndCycle(JobInputs job, const std::optional<Held>& held);

  [[nodiscard]] Held Hold() const { return {sequencer_, load_, compute_.Hold(), store_}; }

  void Clear(const Held& before, bool start);
  void ShowBus();

  // While no job runs, what is left in pipelines has passed through all stages after so many
  // cycles; then units change no more.
  static constexpr std::uint64_t kSettlingCycles = 16;

  Job job_;
  std::uint64_t clear_cycles_ = 0;
  Counters counters_;
  Registers registers_;
  Tokens tokens_;
  Errors errors_;
  LoadTargets buffers_;
  OutputBuffer output_;
  Sequencer sequencer_;
  Load load_;
  Compute compute_;
  Store store_;
  BusOutputs bus_;
  HostOutputs host_;
};

}  // namespace denseshift::golden::cycle

#endif  // DENSESHIFT_GOLDEN_CYCLE_ACCELERATOR_H_
