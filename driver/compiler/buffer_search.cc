// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "driver/compiler/buffer_search.h"

#include <algorithm>
#include <stdexcept>

namespace denseshift::driver {
namespace {

// Of the best program's cycles: from a program that takes no more than so much longer it goes on.
constexpr std::int64_t kAsGood = 6;  // one part in

// The same: how much longer than that does not matter.
constexpr std::int64_t kNoBetter = 4;

// Programs that are looked at for each buffer made smaller, whatever they are like: at least down
// to an eighth of it.
constexpr int kReach = 3;

// Of all programs.
constexpr std::int64_t kMostCommands = 240000;

}  // namespace

void BufferSearch::Run() {
  const Capabilities& device = pool_.capabilities();
  GoOn({0, 0, device, kBuffers.size(), 1 + kReach}, pool_.Find(device, memory_));
  while (!steps_.empty() && commands_ < kMostCommands) {
    const Step step = steps_.top();
    steps_.pop();
    Look(step);
  }
}

void BufferSearch::Look(const Step& step) {
  if (!looked_at_.insert(BuffersOf(step.device)).second) {
    return;
  }
  try {
    GoOn(step, pool_.Find(step.device, memory_));
  } catch (const std::invalid_argument&) {
    // A layer does not fit this device, nor smaller ones.
  }
}

void BufferSearch::GoOn(const Step& step, const ProgramPool::Entry& entry) {
  if (entry.commands == 0) {
    return;
  }
  const std::int64_t cycles = CyclesOf(entry);
  const bool is_good = cycles <= best_cycles_ + best_cycles_ / kAsGood;
  for (std::size_t buffer = 0; buffer < kBuffers.size(); ++buffer) {
    const bool is_along = step.buffer == buffer || step.buffer == kBuffers.size();
    const int reach = is_along ? step.reach - 1 : 0;
    if (is_good || reach > 0) {
      Capabilities smaller = step.device;
      // Of a buffer nobody needs nothing may be left, which then fits as well.
      smaller.*kBuffers.at(buffer) = entry.least_device.*kBuffers.at(buffer) / 2;
      steps_.push({cycles, ++steps_taken_, smaller, buffer, reach});
    }
  }
}

std::int64_t BufferSearch::CyclesOf(const ProgramPool::Entry& entry) {
  const auto [known, is_new] = cycles_.try_emplace(&entry, 0);
  if (is_new) {
    const std::int64_t limit = best_cycles_ == ProgramTimer::kForever
                                   ? best_cycles_
                                   : best_cycles_ + best_cycles_ / kNoBetter;
    known->second = pool_.CyclesWith(memory_, entry, limit);
    best_cycles_ = std::min(best_cycles_, known->second);
    commands_ += entry.commands;
  }
  return known->second;
}

}  // namespace denseshift::driver
