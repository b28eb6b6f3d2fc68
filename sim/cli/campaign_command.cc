// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/cli/campaign_command.h"

#include <algorithm>
#include <fmt/format.h>
#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>
#include <vector>

#include "driver/registers.h"
#include "sim/cli/progress_bar.h"
#include "sim/cli/standard_output.h"
#include "sim/lockstep/fault_campaign.h"
#include "sim/text_table.h"
#include "sim/watchdog.h"

namespace denseshift::sim {

namespace {

using Json = nlohmann::ordered_json;

// Longer than any wait of a run without a fault but those for memory, so that one that hangs ends
// soon.
constexpr std::uint32_t kWatchdog = 20000;

// Memory and all registers after all images.
WorkloadResult ResultOf(driver::Device& device,
                        const MemoryParameters& memory,
                        const driver::Program& program,
                        const std::vector<driver::Image>& images) {
  driver::RuntimeOptions options;
  options.watchdog = Watchdog(memory, kWatchdog);
  driver::Runtime runtime(device, program, options);
  static_cast<void>(RunImages(runtime, images));
  WorkloadResult result(static_cast<std::size_t>(device.MemoryBytes()));
  device.ReadMemory(0, result.data(), result.size());
  constexpr std::uint32_t kEnd = driver::registers::Counter(5, 0);
  for (std::uint32_t offset = 0; offset < kEnd; offset += 4) {
    const std::uint32_t value = device.ReadRegister(offset);
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(&value);
    result.insert(result.end(), bytes, bytes + sizeof(value));
  }
  return result;
}

// One line of the table.
struct Row {
  std::size_t flips = 0, detected = 0, harmful = 0, silent = 0;
  std::vector<std::uint64_t> latencies;

  void Add(const FaultOutcome& outcome) {
    ++flips;
    if (outcome.detected) {
      ++detected;
      latencies.push_back(outcome.latency);
    }
    harmful += outcome.harmful ? 1 : 0;
    silent += outcome.silent ? 1 : 0;
  }

  [[nodiscard]] std::uint64_t Median() {
    if (latencies.empty())
      return 0;
    const auto middle = latencies.begin() + static_cast<std::ptrdiff_t>(latencies.size() / 2);
    std::nth_element(latencies.begin(), middle, latencies.end());
    return *middle;
  }
};

std::uint64_t RoundUp(std::uint64_t bytes) {
  constexpr std::uint64_t kStep = 1U << 16U;
  return (bytes / kStep + 1) * kStep;
}

struct Summary {
  std::map<std::string, Row> units;
  Row registers, memories, all;
};

Summary Summarize(const std::vector<FaultOutcome>& outcomes) {
  Summary summary;
  for (const FaultOutcome& outcome : outcomes) {
    const std::string unit = outcome.flip.signal.substr(0, outcome.flip.signal.find('.'));
    summary.units[unit + (outcome.is_memory ? " memory" : "")].Add(outcome);
    (outcome.is_memory ? summary.memories : summary.registers).Add(outcome);
    summary.all.Add(outcome);
  }
  return summary;
}

void ForEachRow(Summary& summary, const std::function<void(const std::string&, Row&)>& body) {
  for (auto& [unit, row] : summary.units)
    body(unit, row);
  body("all registers", summary.registers);
  body("all memories", summary.memories);
  body("all", summary.all);
}

std::string Text(Summary& summary) {
  TextTable table({"unit", "flips", "detected", "masked", "harmful", "silent", "median latency"});
  ForEachRow(summary, [&](const std::string& name, Row& row) {
    table.AddRow({name,
                  std::to_string(row.flips),
                  std::to_string(row.detected),
                  std::to_string(row.flips - row.detected),
                  std::to_string(row.harmful),
                  std::to_string(row.silent),
                  row.latencies.empty() ? "-" : std::to_string(row.Median())});
  });
  return table.Text();
}

std::string ToJson(Summary& summary, const std::vector<FaultOutcome>& outcomes) {
  Json json;
  json["units"] = Json::array();
  ForEachRow(summary, [&](const std::string& name, Row& row) {
    json["units"].push_back(
        {{"unit", name},
         {"flips", row.flips},
         {"detected", row.detected},
         {"masked", row.flips - row.detected},
         {"harmful", row.harmful},
         {"silent", row.silent},
         {"median_latency", row.latencies.empty() ? Json() : Json(row.Median())}});
  });
  json["flips"] = Json::array();
  for (const FaultOutcome& outcome : outcomes) {
    json["flips"].push_back({{"bit", outcome.flip.Text()},
                             {"detected", outcome.detected},
                             {"latency", outcome.detected ? Json(outcome.latency) : Json()},
                             {"harmful", outcome.harmful}});
  }
  return json.dump(2) + "\n";
}

}  // namespace

void CampaignCommand(const CampaignArguments& arguments) {
  Config config = LoadConfig(arguments.config);
  const Job job = LoadJob(arguments, config);
  // What lies outside answers with an error; comparing memory that nothing uses takes time.
  config.memory.bytes = std::min(config.memory.bytes, RoundUp(job.program.memory_bytes));
  std::vector<driver::Image> images = LoadImages(arguments, job);
  KeepFirst(arguments, images);
  std::vector<FaultOutcome> outcomes;
  {
    ProgressBar progress("flipping", arguments.flips);
    FaultCampaignOptions options;
    options.flips = arguments.flips;
    options.seed = arguments.seed;
    options.registers_only = arguments.registers_only;
    options.processes = arguments.processes;
    options.progress = [&](std::size_t) { progress.Advance(1); };
    outcomes = RunFaultCampaign(
        config.device,
        config.memory,
        [&](driver::Device& device) {
          return ResultOf(device, config.memory, job.program, images);
        },
        options);
  }
  Summary summary = Summarize(outcomes);
  WriteStandardOutput(arguments.json ? ToJson(summary, outcomes) : Text(summary));
  for (const FaultOutcome& outcome : outcomes) {
    if (outcome.silent) {
      throw std::runtime_error(
          fmt::format("{} of {} flips did harm that the lock-step did not find in time, first {}",
                      summary.all.silent,
                      outcomes.size(),
                      outcome.flip.Text()));
    }
  }
}

}  // namespace denseshift::sim
