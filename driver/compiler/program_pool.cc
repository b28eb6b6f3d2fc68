// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "driver/compiler/program_pool.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "driver/compiler/buffers.h"

namespace denseshift::driver {

ProgramPool::ProgramPool(const Network& network,
                         const Capabilities& capabilities,
                         const CompileOptions& options,
                         std::vector<int> prefetch_distances)
    : network_(network),
      capabilities_(capabilities),
      options_(options),
      prefetch_distances_(std::move(prefetch_distances)),
      tensors_(PlaceTensors(network, capabilities, options)) {
}

const ProgramPool::Entry& ProgramPool::Find(const Capabilities& device, const MemorySpeed& memory) {
  const NetworkTiler tiler(network_, tensors_, options_.batch, device);
  // Of many programs it counts more that they differ.
  NetworkTiling tiling = tiler.Choose(memory, true);
  const auto same = std::find_if(entries_.begin(), entries_.end(), [&](const Entry& entry) {
    return IsWithin(entry.least_device, device) && IsWithin(device, entry.device) &&
           IsCutAlike(entry.tiling, tiling);
  });
  return same != entries_.end() ? *same : Make(device, std::move(tiling));
}

const ProgramPool::Entry& ProgramPool::Make(const Capabilities& device, NetworkTiling tiling) {
  if (entries_.empty()) {
    best_ = {device, tiling, prefetch_distances_.front()};
  }
  entries_.push_back({device, device, std::move(tiling), {}, 0});
  for (const int distance : prefetch_distances_) {
    Add(entries_.back(), distance);
  }
  return entries_.back();
}

void ProgramPool::Add(Entry& entry, int prefetch_distance) {
  const ProgramChoice choice{entry.device, entry.tiling, prefetch_distance};
  std::optional<EmittedProgram> program = TryEmitProgram(network_, capabilities_, options_, choice);
  if (!program) {
    return;
  }
  const std::int64_t cycles = options_.timer->Cycles(program->plan, best_cycles_);
  if (cycles < best_cycles_) {
    best_cycles_ = cycles;
    best_ = choice;
  }
  entry.least_device = program->least_device;
  entry.commands += static_cast<std::int64_t>(program->plan.commands.size());
  entry.plans.push_back(std::move(program->plan));
}

std::int64_t ProgramPool::CyclesWith(const MemorySpeed& memory,
                                     const Entry& entry,
                                     std::int64_t limit) const {
  std::int64_t cycles = ProgramTimer::kForever;
  for (const ProgramPlan& plan : entry.plans) {
    cycles = std::min(cycles, options_.timer->CyclesWith(memory, plan, std::min(limit, cycles)));
  }
  return cycles;
}

}  // namespace denseshift::driver
