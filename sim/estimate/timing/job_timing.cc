// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/estimate/timing/job_timing.h"

#include <algorithm>
#include <stdexcept>
#include <utility>
#include <variant>

#include "sim/estimate/timing/compute_timing.h"
#include "sim/estimate/timing/load_timing.h"
#include "sim/estimate/timing/read_bus_timing.h"
#include "sim/estimate/timing/sequencer_timing.h"

namespace denseshift::sim::timing {
namespace {

// Of the bus, to read what a job reads.
std::int64_t BeatsOf(const std::vector<driver::Command>& commands, int bus_bytes) {
  std::int64_t beats =
      static_cast<std::int64_t>(commands.size() * driver::kCommandBytes) / bus_bytes;
  for (const driver::Command& command : commands) {
    if (const auto* load = std::get_if<driver::LoadCommand>(&command))
      beats += load->rows * load->words;
  }
  return beats;
}

// The units of a job.
//
// What a unit does follows from when its commands and tokens come, which it learns in the order of
// the list. Sequencer and load unit share the read address channel, in an order the list decides;
// what follows from an address lies behind it in time. So all that can be timed is, and then the
// next address is accepted.
class Job {
 public:
  Job(const std::vector<driver::Command>& commands,
      const DeviceParameters& device,
      const MemoryParameters& memory,
      const JobOptions& options)
      : limit_(options.limit),
        stalls_(memory, options.memory_cycle),
        load_(commands, tokens_, memory.bus_bytes, options.spans ? &spans_ : nullptr),
        compute_(commands, tokens_, device, options.spans ? &spans_ : nullptr),
        store_(commands, tokens_, memory, stalls_, options.spans ? &spans_ : nullptr),
        sequencer_(options.list_address, Targets(commands), load_.queue(), memory.bus_bytes),
        bus_(memory, stalls_, BeatsOf(commands, memory.bus_bytes)) {}

  JobTiming Run() {
    Advance();
    while (bus_.AcceptNext(sequencer_, load_)) {
      if (const Cycle least = std::max(bus_.LeastEnd(), compute_.LeastEnd()); least > limit_) {
        JobTiming late;
        late.cycles = least;
        return late;
      }
      Advance();
    }
    const Cycle ends = std::max(
        {sequencer_.FinishedFrom(), load_.IdleFrom(), compute_.IdleFrom(), store_.IdleFrom()});
    if (ends >= kUnknown)
      throw std::logic_error("the commands of a job wait for each other");
    return {ends + 1, store_.stamps(), compute_.use(), std::move(spans_)};
  }

 private:
  [[nodiscard]] std::vector<CommandQueue*> Targets(const std::vector<driver::Command>& commands) {
    std::vector<CommandQueue*> targets;
    targets.reserve(commands.size());
    for (const driver::Command& command : commands) {
      if (std::holds_alternative<driver::LoadCommand>(command)) {
        targets.push_back(&load_.queue());
      } else if (std::holds_alternative<driver::ConvCommand>(command) ||
                 std::holds_alternative<driver::VectorCommand>(command)) {
        targets.push_back(&compute_.queue());
      } else {
        targets.push_back(&store_.queue());
      }
    }
    return targets;
  }

  // Times all that does not need another read address.
  void Advance() {
    bool moves = true;
    while (moves) {
      moves = sequencer_.Advance(load_.requested());
      moves |= load_.Advance(sequencer_);
      moves |= compute_.Advance();
      moves |= store_.Advance();
    }
  }

  Cycle limit_;
  std::vector<Span> spans_;
  Tokens tokens_;
  Stalls stalls_;
  LoadTiming load_;
  ComputeTiming compute_;
  StoreTiming store_;
  SequencerTiming sequencer_;
  ReadBusTiming bus_;
};

}  // namespace

JobTiming TimeJob(const std::vector<driver::Command>& commands,
                  const DeviceParameters& device,
                  const MemoryParameters& memory,
                  const JobOptions& options) {
  return Job(commands, device, memory, options).Run();
}

}  // namespace denseshift::sim::timing
