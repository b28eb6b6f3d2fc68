// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/estimate/sweep/merge_shards.h"

#include <fmt/format.h>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>

#include "sim/estimate/sweep/pareto.h"

namespace denseshift::sim {

namespace fs = std::filesystem;

namespace {

// The identity line of the whole sweep.
std::string WholeLine(SweepIdentity identity) {
  identity.shard = {};
  return IdentityLine(identity);
}

// Puts shards together, file by file.
class Merger {
 public:
  void Add(const fs::path& file) {
    std::uint64_t taken = 0;
    std::optional<SweepIdentity> identity;
    SweepRecordReader reader;
    reader.begin = [&](const std::string& line) { identity = Begin(file, line); };
    reader.take = [&](SweepPoint point) {
      if (!Belongs(*identity, point.point) || known_[point.point])
        Fail(file, fmt::format("point {} does not belong there", point.point));
      known_[point.point] = true;
      outcomes_[point.point] = std::move(point.outcome);
      ++taken;
    };
    const SweepRecordEnd end = ReadSweepRecord(file, reader);
    if (!identity.has_value())
      Fail(file, "is not the output of a shard of a sweep");
    const std::uint64_t expected = PointsOf(identity->space, identity->shard).size();
    if (taken != expected || !end.rest.empty()) {
      Fail(file,
           fmt::format("has {} of the {} points of shard {}/{}; run the shard again to its end",
                       taken,
                       expected,
                       identity->shard.index,
                       identity->shard.count));
    }
  }

  SweepResult Finish() {
    // Shards beyond the number of points have none.
    for (std::uint64_t i = 1; i <= first_->shard.count && i <= first_->space.Size(); ++i) {
      if (files_.count(i) == 0) {
        throw std::runtime_error(
            fmt::format("shard {}/{} is missing; name its output as well", i, first_->shard.count));
      }
    }
    MarkPareto(outcomes_);
    return {first_->network,
            first_->config,
            first_->settings,
            std::move(first_->space),
            std::move(outcomes_)};
  }

 private:
  [[noreturn]] static void Fail(const fs::path& file, const std::string& what) {
    throw std::runtime_error(fmt::format("{}: {}", file.string(), what));
  }

  static SweepIdentity Parse(const fs::path& file, const std::string& line) {
    try {
      return ParseIdentity(line);
    } catch (const std::runtime_error& e) {
      Fail(file, e.what());
    }
  }

  SweepIdentity Begin(const fs::path& file, const std::string& line) {
    SweepIdentity identity = Parse(file, line);
    if (!first_.has_value()) {
      first_ = identity;
      first_file_ = file;
      outcomes_.resize(identity.space.Size());
      known_.resize(identity.space.Size());
    }
    if (WholeLine(identity) != WholeLine(*first_)) {
      Fail(file,
           fmt::format("is of another sweep than {}: other arguments, or a file they read had "
                       "changed",
                       first_file_.string()));
    }
    const SweepShard& shard = identity.shard;
    if (shard.count != first_->shard.count) {
      Fail(file,
           fmt::format("is shard {}/{}, but {} is shard {}/{}; all must be of the same number",
                       shard.index,
                       shard.count,
                       first_file_.string(),
                       first_->shard.index,
                       first_->shard.count));
    }
    const auto [other, is_new] = files_.emplace(shard.index, file);
    if (!is_new) {
      Fail(file,
           fmt::format("is shard {}/{}, and so is {}; name each shard once",
                       shard.index,
                       shard.count,
                       other->second.string()));
    }
    return identity;
  }

  std::optional<SweepIdentity> first_;
  fs::path first_file_;
  std::map<std::uint64_t, fs::path> files_;  // by shard
  std::vector<SweepOutcome> outcomes_;
  std::vector<bool> known_;
};

}  // namespace

bool HoldsShard(const fs::path& file, const SweepIdentity& identity) {
  const std::string first_line = IdentityLine(identity);
  std::uint64_t next = identity.shard.index - 1;
  SweepRecordReader reader;
  reader.begin = [&](const std::string& line) {
    if (line != first_line)
      throw std::runtime_error("another sweep");
  };
  reader.take = [&](const SweepPoint& point) {
    if (point.point != next)
      throw std::runtime_error("not in order");
    next += identity.shard.count;
  };
  try {
    const SweepRecordEnd end = ReadSweepRecord(file, reader);
    return end.whole_bytes != 0 && end.rest.empty() && next >= identity.space.Size();
  } catch (const std::runtime_error&) {
    return false;
  }
}

SweepResult MergeShards(const std::vector<fs::path>& files) {
  if (files.empty())
    throw std::runtime_error("no shard to merge");
  Merger merger;
  for (const fs::path& file : files)
    merger.Add(file);
  return merger.Finish();
}

}  // namespace denseshift::sim
