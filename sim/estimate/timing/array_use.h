// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_ESTIMATE_TIMING_ARRAY_USE_H_
#define DENSESHIFT_SIM_ESTIMATE_TIMING_ARRAY_USE_H_

#include <cstdint>
#include <vector>

#include "sim/estimate/timing/cycle.h"

namespace denseshift::sim::timing {

// What the array does in a cycle; docs/estimate.md "Where the cycles went".
enum class Use : std::uint8_t { kCompute, kWeightLoad, kMemory, kPost, kFill, kDrain };

// What the array does, cycle after cycle from the job's first on.
class ArrayUse {
 public:
  struct Part {
    Cycle end = 0;  // the first cycle after it
    Use use = Use::kCompute;
    // For kMemory: the layer whose last compute command came before, or -1.
    std::int32_t ends_layer = -1;
  };

  // `use` up to before `end`; nothing if the parts reach that far already.
  void Until(Cycle end, Use use, std::int32_t ends_layer = -1) {
    if (end <= end_)
      return;
    end_ = end;
    if (!parts_.empty() && parts_.back().use == use && parts_.back().ends_layer == ends_layer) {
      parts_.back().end = end;
    } else {
      parts_.push_back({end, use, ends_layer});
    }
  }

  [[nodiscard]] const std::vector<Part>& parts() const { return parts_; }

 private:
  std::vector<Part> parts_;
  Cycle end_ = 0;
};

}  // namespace denseshift::sim::timing

#endif  // DENSESHIFT_SIM_ESTIMATE_TIMING_ARRAY_USE_H_
