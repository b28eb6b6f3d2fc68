// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "driver/compiler/program_pool.h"

#include <algorithm>
#include <cstddef>
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
  entries_.push_back({device, device, std::move(tiling), 0});
  Entry& entry = entries_.back();
  MakePrograms(entry);
  for (std::size_t i = 0; i < programs_.size(); ++i) {
    if (!programs_[i]) {
      continue;
    }
    const ProgramPlan& plan = programs_[i]->plan;
    entry.least_device = programs_[i]->least_device;
    entry.commands += static_cast<std::int64_t>(plan.commands.size());
    const std::int64_t cycles = options_.timer->Cycles(plan, best_cycles_);
    if (cycles < best_cycles_) {
      best_cycles_ = cycles;
      best_ = {device, entry.tiling, prefetch_distances_[i]};
    }
  }
  return entry;
}

void ProgramPool::MakePrograms(const Entry& entry) {
  made_ = &entry;
  programs_.clear();
  for (const int distance : prefetch_distances_) {
    programs_.push_back(
        TryEmitProgram(network_, capabilities_, options_, {entry.device, entry.tiling, distance}));
  }
}

std::int64_t ProgramPool::CyclesWith(const MemorySpeed& memory,
                                     const Entry& entry,
                                     std::int64_t limit) {
  if (made_ != &entry) {
    MakePrograms(entry);
  }
  std::int64_t cycles = ProgramTimer::kForever;
  for (const std::optional<EmittedProgram>& program : programs_) {
    if (program) {
      cycles = std::min(cycles,
                        options_.timer->CyclesWith(memory, program->plan, std::min(limit, cycles)));
    }
  }
  return cycles;
}

}  // namespace denseshift::driver
