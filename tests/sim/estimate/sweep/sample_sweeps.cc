// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "tests/sim/estimate/sweep/sample_sweeps.h"

#include <fmt/format.h>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "sim/estimate/sweep/pareto.h"

namespace denseshift::sim {

namespace {

using Random = std::mt19937_64;

std::uint64_t Below(Random& random, std::uint64_t limit) {
  return random() % limit;
}

SweepMeasures RandomMeasures(std::uint64_t lanes, std::uint64_t latency, Random& random) {
  SweepMeasures m;
  m.macs = 118'013'952;
  m.pes = lanes * lanes;
  m.buffer_bytes = std::uint64_t{16384} << Below(random, 6);
  m.bus_bits = std::uint64_t{64} << Below(random, 3);
  ArrayCycles& cycles = m.breakdown;
  cycles.compute = m.macs / m.pes + Below(random, m.macs / m.pes);
  cycles.weight_load = Below(random, 3'000'000);
  cycles.memory = Below(random, 20'000 * latency) + (std::uint64_t{1} << 38U) / m.buffer_bytes / 4;
  cycles.post = Below(random, 100'000);
  cycles.fill = 4000;
  cycles.drain = Below(random, 2'000'000);
  m.cycles = cycles.compute + cycles.weight_load + cycles.memory + cycles.post + cycles.fill +
             cycles.drain;
  m.roofline_cycles = static_cast<double>(cycles.compute) / 1.25;
  return m;
}

std::vector<std::vector<std::string>> RandomRows(std::uint64_t points, Random& random) {
  std::vector<std::vector<std::string>> rows;
  for (std::uint64_t i = 0; i < points; ++i) {
    rows.push_back({fmt::to_string(4U << Below(random, 5)),
                    fmt::to_string(10 + Below(random, 90)),
                    fmt::format("{}e-2", 5 * (1 + Below(random, 10)))});
  }
  return rows;
}

}  // namespace

SweepResult RandomSweep(std::uint64_t points, bool with_failures, std::uint64_t seed) {
  Random random(seed);
  const std::vector<std::vector<std::string>> rows = RandomRows(points, random);
  std::vector<SweepOutcome> outcomes;
  for (std::uint64_t i = 0; i < points; ++i) {
    SweepOutcome outcome;
    if (with_failures && i % 11 == 3) {
      outcome.error = fmt::format(
          "layer conv_{}: an output row does not fit the output buffer; make it larger", i);
    } else {
      outcome.measures = RandomMeasures(std::stoul(rows[i][0]), std::stoul(rows[i][1]), random);
    }
    outcomes.push_back(std::move(outcome));
  }
  MarkPareto(outcomes);
  return {
      fmt::format("random_{}", seed),
      "16x16",
      {"bus.width_bits=128"},
      SweepSpace::List({"array.lanes", "memory.latency_cycles", "memory.stall_probability"}, rows),
      std::move(outcomes)};
}

SweepResult FailedSweep() {
  SweepResult result = RandomSweep(700, false, 5);
  for (SweepOutcome& outcome : result.outcomes)
    outcome = {"no configuration fits", {}, false};
  return result;
}

SweepResult HostileSweep() {
  const std::vector<std::string> texts = {
      "<script>throw new Error('error ran')</script>",
      "</script><script>throw new Error('error ran')</script>",
      "<!--<script>",
      "]]><img src=x onerror=\"throw new Error('error ran')\">",
      R"(" onload="throw 1" ' `${1}` \ &amp; &lt;)",
      "\xF0\x9F\xA6\x8A emoji \xE2\x80\xAE right to left",
      "line\nbreak\ttab\r\x1B[31m",
      "@SWEEP@ @TITLE@",
      "not \xFF UTF-8 \xC3",
      "__proto__",
      std::string(300, 'n'),
  };
  SweepResult result = RandomSweep(40, false, 7);
  result.network = "<b>\"net\"</b></title><script>throw new Error('title ran')</script>@SWEEP@";
  result.config = "<i>config</i></script><script>throw 1</script>";
  result.settings = texts;
  for (std::size_t i = 0; i < texts.size(); ++i)
    result.outcomes[2 * i] = {texts[i], {}, false};
  MarkPareto(result.outcomes);
  return result;
}

}  // namespace denseshift::sim
