// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/estimate/array_cycles.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>

namespace denseshift::sim {
namespace {

using timing::Cycle;
using timing::Use;

std::uint64_t ArrayCycles::*MemberOf(Use use) {
  switch (use) {
    case Use::kCompute:
      return &ArrayCycles::compute;
    case Use::kWeightLoad:
      return &ArrayCycles::weight_load;
    case Use::kMemory:
      return &ArrayCycles::memory;
    case Use::kPost:
      return &ArrayCycles::post;
    case Use::kFill:
      return &ArrayCycles::fill;
    case Use::kDrain:
      break;
  }
  return &ArrayCycles::drain;
}

// Counts parts of a job, in order, for the layers in whose time they lie.
class Counter {
 public:
  explicit Counter(const std::vector<Cycle>& ends) : ends_(ends), layers_(ends.size()) {}

  // `use` from where the last part ended up to before `end`.
  void Count(Cycle end, Use use) {
    while (at_ < end) {
      while (layer_ + 1 < ends_.size() && ends_[layer_] <= at_)
        ++layer_;
      const bool is_last = layer_ + 1 == ends_.size();
      const Cycle next = is_last ? end : std::min(end, ends_[layer_]);
      layers_[layer_].*MemberOf(use) += static_cast<std::uint64_t>(next - at_);
      at_ = next;
    }
  }

  [[nodiscard]] const std::vector<ArrayCycles>& layers() const { return layers_; }

 private:
  const std::vector<Cycle>& ends_;
  std::vector<ArrayCycles> layers_;
  std::size_t layer_ = 0;
  Cycle at_ = 0;
};

}  // namespace

std::vector<ArrayCycles> CyclesByLayer(const timing::ArrayUse& use,
                                       const std::vector<Cycle>& ends) {
  Counter counter(ends);
  for (const timing::ArrayUse::Part& part : use.parts()) {
    if (part.ends_layer >= 0)
      counter.Count(std::min(part.end, ends[static_cast<std::size_t>(part.ends_layer)]),
                    Use::kDrain);
    counter.Count(part.end, part.use);
  }
  counter.Count(ends.back(), Use::kDrain);
  return counter.layers();
}

}  // namespace denseshift::sim
