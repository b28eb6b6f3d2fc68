// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_ESTIMATE_SWEEP_MERGE_SHARDS_H_
#define DENSESHIFT_SIM_ESTIMATE_SWEEP_MERGE_SHARDS_H_

#include <filesystem>
#include <vector>

#include "sim/estimate/sweep/sweep_record.h"
#include "sim/estimate/sweep/sweep_result.h"

namespace denseshift::sim {

// Whether a file has all points of this shard of this sweep. Whatever is wrong with it, it has not.
[[nodiscard]] bool HoldsShard(const std::filesystem::path& file, const SweepIdentity& identity);

// The sweep the files are the shards of, in any order; Pareto points are those of the whole.
//
// Errors  std::runtime_error naming the files: no shard, cut short, of another sweep, or the same
//         shard as another; or the shard that is missing.
[[nodiscard]] SweepResult MergeShards(const std::vector<std::filesystem::path>& files);

}  // namespace denseshift::sim

#endif  // DENSESHIFT_SIM_ESTIMATE_SWEEP_MERGE_SHARDS_H_
