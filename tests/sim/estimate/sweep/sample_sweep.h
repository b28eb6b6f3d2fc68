// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_TESTS_SIM_ESTIMATE_SWEEP_SAMPLE_SWEEP_H_
#define DENSESHIFT_TESTS_SIM_ESTIMATE_SWEEP_SAMPLE_SWEEP_H_

#include <cstdint>
#include <string>

#include "sim/estimate/sweep/sweep_output.h"
#include "sim/estimate/sweep/sweep_record.h"

namespace denseshift::sim {

// Six points.
inline SweepIdentity SampleIdentity(const SweepShard& shard = {}) {
  return {"digest",
          "net \"1\"",
          "16x16",
          {"memory.latency_cycles=20"},
          SweepSpace::Product({{"array.lanes", {"8", "16"}}, {"memory.seed", {"1", "2", "3"}}}),
          shard};
}

// Points 4, 14, ... have an error; the others measures that differ.
inline SweepOutcome SampleOutcome(std::uint64_t point) {
  SweepOutcome outcome;
  if (point % 10 == 4) {
    outcome.error = "layer \"a,b\"\ndoes not fit";
    return outcome;
  }
  SweepMeasures& m = outcome.measures;
  m.cycles = 1000 - point;
  m.macs = 100 * point;
  m.pes = 64 + point;
  m.buffer_bytes = (std::uint64_t{1} << 63U) + point;  // no double has it
  m.bus_bits = 128;
  m.breakdown = {point, 1, 2, 3, 4, 990 - 2 * point};
  m.roofline_cycles = 0.1 + static_cast<double>(point);
  return outcome;
}

inline bool IsSame(const SweepOutcome& a, const SweepOutcome& b) {
  return PointLine(0, a) == PointLine(0, b);
}

// The output of a shard of the sample.
inline std::string SampleShard(const SweepIdentity& identity) {
  std::vector<SweepOutcome> outcomes;
  for (const std::uint64_t point : PointsOf(identity.space, identity.shard))
    outcomes.push_back(SampleOutcome(point));
  std::string text;
  WriteShard(identity, outcomes, [&](std::string_view piece) { text += piece; });
  return text;
}

}  // namespace denseshift::sim

#endif  // DENSESHIFT_TESTS_SIM_ESTIMATE_SWEEP_SAMPLE_SWEEP_H_
