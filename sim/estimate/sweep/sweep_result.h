// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_ESTIMATE_SWEEP_SWEEP_RESULT_H_
#define DENSESHIFT_SIM_ESTIMATE_SWEEP_SWEEP_RESULT_H_

#include <cstdint>
#include <string>
#include <vector>

#include "sim/estimate/network_estimate.h"
#include "sim/estimate/sweep/sweep_space.h"

namespace denseshift::sim {

// What one configuration takes, and what it is made of.
struct SweepMeasures {
  std::uint64_t cycles = 0;
  std::uint64_t macs = 0;
  std::uint64_t pes = 0;           // lanes * columns
  std::uint64_t buffer_bytes = 0;  // activation, weight, output and parameter buffer
  std::uint64_t bus_bits = 0;
  ArrayCycles breakdown;  // sums over the layers
  double roofline_cycles = 0;
};

struct SweepOutcome {
  std::string error;  // why there is no estimate; empty: `measures` hold
  SweepMeasures measures;
  bool pareto = false;  // no other point of the sweep is better; see pareto.h
};

// A whole sweep.
struct SweepResult {
  std::string network;
  std::string config;                 // what is not swept is as in this one,
  std::vector<std::string> settings;  // but for these
  SweepSpace space;
  std::vector<SweepOutcome> outcomes;  // one a point of the space, in its order
};

[[nodiscard]] SweepMeasures MeasuresOf(const NetworkEstimate& estimate);

}  // namespace denseshift::sim

#endif  // DENSESHIFT_SIM_ESTIMATE_SWEEP_SWEEP_RESULT_H_
