// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/cli/sweep_command.h"

#include <charconv>
#include <filesystem>
#include <fmt/format.h>
#include <optional>
#include <stdexcept>
#include <thread>
#include <utility>

#include "sim/cli/progress_bar.h"
#include "sim/cli/sweep_inputs.h"
#include "sim/cli/text_output.h"
#include "sim/config/config.h"
#include "sim/estimate/sweep/merge_shards.h"
#include "sim/estimate/sweep/pareto.h"
#include "sim/estimate/sweep/sweep_input.h"
#include "sim/estimate/sweep/sweep_journal.h"
#include "sim/estimate/sweep/sweep_output.h"
#include "sim/estimate/sweep/sweep_runner.h"

namespace denseshift::sim {

namespace fs = std::filesystem;

namespace {

constexpr int kMaxThreads = 1024;

bool ParseShard(const std::string& text, SweepShard& shard) {
  const std::size_t slash = text.find('/');
  if (slash == std::string::npos)
    return false;
  const char* const begin = text.data();
  const char* const middle = begin + slash;
  const char* const end = begin + text.size();
  const auto first = std::from_chars(begin, middle, shard.index);
  const auto second = std::from_chars(middle + 1, end, shard.count);
  return first.ec == std::errc() && first.ptr == middle && second.ec == std::errc() &&
         second.ptr == end && shard.index >= 1 && shard.index <= shard.count &&
         shard.count <= kMaxSweepPoints;
}

// Whether the output is a file that appears at the end, not a pipe or the like.
bool IsFile(const std::string& output) {
  std::error_code error;
  const fs::file_status status = fs::status(output, error);
  if (fs::is_directory(status))
    throw std::runtime_error(fmt::format("--output {} is a folder; name a file in it", output));
  return !output.empty() && (!fs::exists(status) || fs::is_regular_file(status));
}

int Threads(const SweepArguments& a) {
  return a.threads != 0 ? a.threads : static_cast<int>(std::thread::hardware_concurrency());
}

// What is known of the points of a shard, in their order.
class Outcomes {
 public:
  explicit Outcomes(const SweepIdentity& identity)
      : shard_(identity.shard),
        outcomes_(PointsOf(identity.space, identity.shard).size()),
        known_(outcomes_.size()) {}

  void Take(std::uint64_t point, SweepOutcome outcome) {
    const std::size_t position = (point - (shard_.index - 1)) / shard_.count;
    outcomes_[position] = std::move(outcome);
    known_[position] = true;
  }

  [[nodiscard]] std::vector<std::uint64_t> UnknownPoints() const {
    std::vector<std::uint64_t> points;
    for (std::size_t i = 0; i < known_.size(); ++i) {
      if (!known_[i])
        points.push_back(shard_.index - 1 + i * shard_.count);
    }
    return points;
  }

  [[nodiscard]] std::vector<SweepOutcome> Finish() { return std::move(outcomes_); }

 private:
  SweepShard shard_;
  std::vector<SweepOutcome> outcomes_;
  std::vector<bool> known_;
};

// Estimates the points that are not known yet.
void EstimatePoints(const SweepIdentity& identity,
                    const Workload& workload,
                    const Config& base,
                    int threads,
                    SweepJournal* journal,
                    Outcomes& outcomes) {
  SweepRun run{identity.space, outcomes.UnknownPoints(), threads, {}, {}};
  ProgressBar progress("configurations", run.points.size());
  run.estimate = [&](const std::vector<std::string>& settings) {
    Config config = base;
    ApplySettings(settings, config);
    FinishConfig(config);
    return MeasuresOf(workload.Estimate(config));
  };
  run.take = [&](std::uint64_t point, SweepOutcome outcome) {
    if (journal != nullptr)
      journal->Add(point, outcome);
    outcomes.Take(point, std::move(outcome));
    progress.Advance(1);
  };
  RunSweep(run);
}

void CheckShardFormat(const SweepFormat& format) {
  for (const auto& [is_given, name] :
       {std::pair(format.json, "--json"), std::pair(!format.html.empty(), "--html")}) {
    if (is_given) {
      throw std::runtime_error(
          fmt::format("a shard is written for 'merge'; leave out {}, and give it there", name));
    }
  }
}

void WriteResult(const SweepArguments& a,
                 SweepIdentity identity,
                 std::vector<SweepOutcome> outcomes,
                 const SweepFormat& format) {
  if (a.is_shard) {
    WriteText(a.output, [&](const TextSink& sink) { WriteShard(identity, outcomes, sink); });
    return;
  }
  MarkPareto(outcomes);
  const SweepResult result{std::move(identity.network),
                           std::move(identity.config),
                           std::move(identity.settings),
                           std::move(identity.space),
                           std::move(outcomes)};
  WriteSweepFiles(format, a.output, result);
}

}  // namespace

void AddSweep(CLI::App& estimate, SweepArguments& a) {
  CLI::Option* axes =
      estimate
          .add_option(
              "--sweep",
              a.axes,
              "Estimate many configurations: all combinations of the values of each --sweep")
          ->allow_extra_args(false)
          ->type_name("SECTION.KEY=V1,V2,...");
  estimate
      .add_option(
          "--sweep-file", a.file, "Estimate the configurations of a table (CSV): row 1 has keys")
      ->excludes(axes)
      ->type_name("FILE");
  estimate
      .add_option("--output,-o",
                  a.output,
                  "File for the result of a sweep (default: standard output); FILE.partial keeps "
                  "what is done, and the next run goes on from there")
      ->type_name("FILE");
  estimate.add_option("--threads", a.threads, "Threads of a sweep (default: one for each core)")
      ->check(CLI::Range(1, kMaxThreads).description(""))
      ->type_name("N");
  estimate
      .add_option_function<std::string>(
          "--shard",
          [&a](const std::string& text) {
            if (!ParseShard(text, a.shard))
              throw CLI::ValidationError("--shard", "'" + text + "' is not I/N with 1 <= I <= N");
            a.is_shard = true;
          },
          "Only every N-th configuration of a sweep, from the I-th on; for 'merge'")
      ->type_name("I/N");
}

void CheckNoSweep(const SweepArguments& a) {
  const std::vector<std::pair<bool, const char*>> options = {
      {!a.output.empty(), "--output"}, {a.threads != 0, "--threads"}, {a.is_shard, "--shard"}};
  for (const auto& [is_given, name] : options) {
    if (is_given) {
      throw std::runtime_error(
          fmt::format("{} is for sweeps; give --sweep or --sweep-file as well", name));
    }
  }
}

void SweepCommand(const SweepArguments& a, const SweepBase& base, const SweepFormat& format) {
  if (a.is_shard)
    CheckShardFormat(format);
  SweepSpace space = a.file.empty() ? ParseSweep(a.axes) : ReadSweepFile(a.file);
  CheckPage(format, a.output, space.Size());
  const fs::path config_file = ConfigFile(base.config);
  Config config = ReadConfig(config_file);
  ApplySettings(base.settings, config);
  const bool is_file = IsFile(a.output);
  const Workload workload(base.workload);
  const SweepIdentity identity{InputsDigest(base.workload, config_file),
                               workload.Name(),
                               config.name,
                               base.settings,
                               std::move(space),
                               a.shard};
  if (a.is_shard && is_file && HoldsShard(a.output, identity))
    return;
  Outcomes outcomes(identity);
  std::optional<SweepJournal> journal;
  if (is_file) {
    journal.emplace(a.output + ".partial", identity, [&](SweepPoint point) {
      outcomes.Take(point.point, std::move(point.outcome));
    });
  }
  EstimatePoints(
      identity, workload, config, Threads(a), journal.has_value() ? &*journal : nullptr, outcomes);
  WriteResult(a, identity, outcomes.Finish(), format);
  if (journal.has_value())
    journal->Remove();
}

}  // namespace denseshift::sim
