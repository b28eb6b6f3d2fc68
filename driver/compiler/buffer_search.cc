// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "driver/compiler/buffer_search.h"

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace denseshift::driver {
namespace {

constexpr std::array<int Capabilities::*, 4> kSizes = {&Capabilities::act_bytes,
                                                       &Capabilities::wgt_bytes,
                                                       &Capabilities::out_bytes,
                                                       &Capabilities::param_entries};

// Of the best program's cycles: a program that takes no more than so much longer is as good.
constexpr std::int64_t kAsGood = 300;  // one part in

// Programs that are looked at for each buffer made smaller, whatever they are like: at least down
// to an eighth of it.
constexpr int kReach = 3;

// Of all programs. Some 70 ms.
constexpr std::int64_t kMostCommands = 60000;

// Whether no buffer of `a` is larger than that of `b`.
bool IsWithin(const Capabilities& a, const Capabilities& b) {
  return std::all_of(kSizes.begin(), kSizes.end(), [&](auto size) { return a.*size <= b.*size; });
}

}  // namespace

BufferSearch::BufferSearch(const Network& network,
                           const Capabilities& capabilities,
                           const CompileOptions& options)
    : network_(network),
      capabilities_(capabilities),
      options_(options),
      tensors_(PlaceTensors(network, capabilities, options)) {
}

ProgramChoice BufferSearch::Run(const std::vector<MemorySpeed>& speeds,
                                const std::vector<int>& prefetch_distances) {
  const NetworkTiler tiler(network_, tensors_, options_.batch, capabilities_);
  best_ = {capabilities_, tiler.Choose(speeds.front()), prefetch_distances.front()};
  prefetch_distances_ = prefetch_distances;
  for (const MemorySpeed& speed : speeds) {
    cuts_.push_back({speed, {}, {}});
    steps_.push({0, ++steps_taken_, capabilities_, cuts_.size() - 1, kAnyBuffer, 1 + kReach});
  }
  while (!steps_.empty() && commands_ < kMostCommands) {
    const Step step = steps_.top();
    steps_.pop();
    Look(step);
  }
  return best_;
}

void BufferSearch::Look(const Step& step) {
  Cut& cut = cuts_[step.cut];
  std::array<int, kBuffers> sizes{};
  std::transform(
      kSizes.begin(), kSizes.end(), sizes.begin(), [&](auto size) { return step.device.*size; });
  if (!cut.looked_at.insert(sizes).second) {
    return;
  }
  try {
    const NetworkTiler tiler(network_, tensors_, options_.batch, step.device);
    GoOn(step, Try(step.device, tiler.Choose(cut.memory), cut.known));
  } catch (const std::invalid_argument&) {
    // A layer does not fit this device, nor smaller ones.
  }
}

const BufferSearch::Known& BufferSearch::Try(const Capabilities& device,
                                             NetworkTiling tiling,
                                             std::vector<Known>& known) {
  const auto same = std::find_if(known.begin(), known.end(), [&](const Known& other) {
    return IsWithin(other.least_device, device) && IsWithin(device, other.device) &&
           IsCutAlike(other.tiling, tiling);
  });
  if (same != known.end()) {
    return *same;
  }
  known.push_back({device, device, std::move(tiling), ProgramTrial::kForever});
  Known& tried = known.back();
  for (const int distance : prefetch_distances_) {
    const ProgramChoice choice{device, tried.tiling, distance};
    const ProgramTrial trial = TryProgram(network_, capabilities_, options_, choice);
    commands_ += trial.commands;
    tried.least_device = trial.least_device;
    tried.cycles = std::min(tried.cycles, trial.cycles);
    if (trial.cycles < best_cycles_) {
      best_cycles_ = trial.cycles;
      best_ = choice;
    }
  }
  return tried;
}

void BufferSearch::GoOn(const Step& step, const Known& known) {
  if (known.cycles == ProgramTrial::kForever) {
    return;
  }
  const bool is_good = known.cycles <= best_cycles_ + best_cycles_ / kAsGood;
  for (std::size_t buffer = 0; buffer < kBuffers; ++buffer) {
    const bool is_along = step.buffer == buffer || step.buffer == kAnyBuffer;
    const int reach = is_along ? step.reach - 1 : 0;
    if (is_good || reach > 0) {
      Capabilities smaller = step.device;
      // Of a buffer nobody needs nothing may be left, which then fits as well.
      smaller.*kSizes.at(buffer) = known.least_device.*kSizes.at(buffer) / 2;
      steps_.push({known.cycles, ++steps_taken_, smaller, step.cut, buffer, reach});
    }
  }
}

}  // namespace denseshift::driver
