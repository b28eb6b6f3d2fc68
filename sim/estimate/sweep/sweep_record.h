// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_ESTIMATE_SWEEP_SWEEP_RECORD_H_
#define DENSESHIFT_SIM_ESTIMATE_SWEEP_SWEEP_RECORD_H_

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "sim/estimate/sweep/sweep_result.h"

namespace denseshift::sim {

// What is kept of a sweep that is not whole: a line that says which sweep it is, then a line for
// each point, all of them JSON. FILE.partial and the outputs of shards are such files.

// Every `count`-th point, from number `index` on; both from 1.
struct SweepShard {
  std::uint64_t index = 1;
  std::uint64_t count = 1;
};

// The points of a shard, in order.
[[nodiscard]] std::vector<std::uint64_t> PointsOf(const SweepSpace& space, const SweepShard& shard);

// Which sweep it is.
struct SweepIdentity {
  std::string inputs;  // digest of all files that are read, and of the options
  std::string network;
  std::string config;
  std::vector<std::string> settings;
  SweepSpace space;
  SweepShard shard;
};

// Whether a point is one of the sweep's, and of its shard.
[[nodiscard]] bool Belongs(const SweepIdentity& identity, std::uint64_t point);

struct SweepPoint {
  std::uint64_t point = 0;
  SweepOutcome outcome;  // `pareto` is not kept
};

// The first line, without a line feed. Equal for equal identities only.
[[nodiscard]] std::string IdentityLine(const SweepIdentity& identity);

// A further line, without a line feed.
[[nodiscard]] std::string PointLine(std::uint64_t point, const SweepOutcome& outcome);

// What a file is read for.
struct SweepRecordReader {
  std::function<void(const std::string&)> begin;  // gets the first line, before any point
  std::function<void(SweepPoint)> take;           // each point, which may be any
};

// Where a file ends.
struct SweepRecordEnd {
  std::uintmax_t whole_bytes = 0;  // of the lines that end in a line feed
  std::string rest;                // what is after them: a line that was not written to its end
};

// Errors  std::runtime_error "FILE:LINE: ..." for a line that is none of a point; "FILE: ..." if it
//         cannot be read; what the reader throws.
[[nodiscard]] SweepRecordEnd ReadSweepRecord(const std::filesystem::path& file,
                                             const SweepRecordReader& reader);

// Errors  std::runtime_error if the line does not say which sweep it is.
[[nodiscard]] SweepIdentity ParseIdentity(const std::string& line);

}  // namespace denseshift::sim

#endif  // DENSESHIFT_SIM_ESTIMATE_SWEEP_SWEEP_RECORD_H_
