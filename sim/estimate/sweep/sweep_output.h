// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_ESTIMATE_SWEEP_SWEEP_OUTPUT_H_
#define DENSESHIFT_SIM_ESTIMATE_SWEEP_SWEEP_OUTPUT_H_

#include <functional>
#include <string_view>
#include <vector>

#include "sim/estimate/sweep/sweep_record.h"
#include "sim/estimate/sweep/sweep_result.h"

namespace denseshift::sim {

// Takes a text piece by piece.
using TextSink = std::function<void(std::string_view)>;

// A header row, then one row a point; docs/estimate.md "Sweeps".
void WriteSweepCsv(const SweepResult& result, const TextSink& sink);

// One object.
void WriteSweepJson(const SweepResult& result, const TextSink& sink);

// What MergeShards reads. `outcomes` are those of the shard's points, in order.
void WriteShard(const SweepIdentity& identity,
                const std::vector<SweepOutcome>& outcomes,
                const TextSink& sink);

}  // namespace denseshift::sim

#endif  // DENSESHIFT_SIM_ESTIMATE_SWEEP_SWEEP_OUTPUT_H_
