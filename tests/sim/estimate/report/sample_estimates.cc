// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "tests/sim/estimate/report/sample_estimates.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <fmt/format.h>
#include <random>
#include <string>
#include <utility>
#include <vector>

namespace denseshift::sim {

namespace {

using Random = std::mt19937_64;

std::uint64_t Below(Random& random, std::uint64_t limit) {
  return random() % limit;
}

// docs/estimate.md "Bottleneck".
std::string BottleneckOf(const ArrayCycles& cycles, std::uint64_t total) {
  if (cycles.compute * 10 >= total * 9)
    return "compute";
  const std::array<std::pair<std::uint64_t, const char*>, 5> others = {
      {{cycles.weight_load, "weight_load"},
       {cycles.memory, "memory"},
       {cycles.post, "post"},
       {cycles.fill, "fill"},
       {cycles.drain, "drain"}}};
  return std::max_element(others.begin(),
                          others.end(),
                          [](const auto& a, const auto& b) { return a.first < b.first; })
      ->second;
}

BusBytes LeastOf(const BusBytes& moved, Random& random) {
  return {moved.input - Below(random, moved.input / 2 + 1),
          moved.weight - Below(random, moved.weight / 2 + 1),
          moved.parameter,
          moved.output};
}

LayerEstimate RandomLayer(std::size_t index, const Config& config, Random& random) {
  static constexpr std::array<const char*, 4> kTypes = {"Conv", "Gemm", "MaxPool", "Add"};
  LayerEstimate layer;
  layer.type = kTypes.at(Below(random, 10) < 7 ? 0 : Below(random, kTypes.size()));
  layer.name = fmt::format("/features/{}/{}_{}", index / 4, layer.type, index);
  const std::uint64_t size = std::uint64_t{1} << (6 + Below(random, 12));
  ArrayCycles& cycles = layer.breakdown;
  cycles = {size + Below(random, size),
            Below(random, size / 2),
            Below(random, size),
            Below(random, size / 8),
            1 + Below(random, 40),
            Below(random, 300)};
  const std::uint64_t pes = static_cast<std::uint64_t>(config.device.lanes) *
                            static_cast<std::uint64_t>(config.device.columns);
  const bool has_macs = layer.type == "Conv" || layer.type == "Gemm";
  layer.macs = has_macs ? cycles.compute * (pes / 4 + Below(random, pes * 3 / 4 + 1)) : 0;
  layer.moved = {16 * Below(random, size),
                 has_macs ? 8 * Below(random, size) : 0,
                 128,
                 16 + 4 * Below(random, size)};
  layer.least = LeastOf(layer.moved, random);
  const double bytes_per_cycle =
      std::min(config.memory.bytes_per_cycle, static_cast<double>(config.device.bus_bytes));
  layer.roofline_cycles = std::max(
      {static_cast<double>(layer.macs) / static_cast<double>(pes),
       static_cast<double>(layer.least.input + layer.least.weight + layer.least.parameter) /
           bytes_per_cycle,
       static_cast<double>(layer.least.output) / bytes_per_cycle});
  const auto total = [&] {
    return cycles.compute + cycles.weight_load + cycles.memory + cycles.post + cycles.fill +
           cycles.drain;
  };
  const auto least = static_cast<std::uint64_t>(std::ceil(layer.roofline_cycles));
  if (total() < least)
    cycles.memory += least - total();
  layer.cycles = total();
  layer.bottleneck = BottleneckOf(cycles, layer.cycles);
  return layer;
}

void AddSums(NetworkEstimate& estimate) {
  for (const LayerEstimate& layer : estimate.layers) {
    estimate.cycles += layer.cycles;
    estimate.macs += layer.macs;
  }
}

std::size_t LayerAt(const NetworkEstimate& estimate, std::uint64_t cycle) {
  std::size_t layer = 0;
  while (layer + 1 < estimate.layers.size() && cycle >= estimate.layers[layer].cycles) {
    cycle -= estimate.layers[layer].cycles;
    ++layer;
  }
  return layer;
}

// Spans of the four units in turn, each unit busy for about two thirds of the time.
void AddSpans(NetworkEstimate& estimate, std::size_t count, Random& random) {
  static constexpr std::array<std::pair<const char*, const char*>, 4> kUnits = {
      {{"load", "LOAD"}, {"array", "CONV"}, {"post", "CONV"}, {"store", "STORE"}}};
  const std::uint64_t step =
      std::max<std::uint64_t>(3, estimate.cycles * 4 / std::max<std::size_t>(1, count));
  for (std::size_t i = 0; i < count; ++i) {
    const auto& [unit, name] = kUnits.at(i % 4);
    const std::uint64_t begin = i / 4 * step + Below(random, step / 3 + 1);
    const std::uint64_t end = begin + 1 + Below(random, step * 2 / 3);
    estimate.timeline.push_back({unit,
                                 name,
                                 LayerAt(estimate, begin),
                                 static_cast<std::uint32_t>(i),
                                 static_cast<std::uint32_t>(i / 4),
                                 begin,
                                 end});
  }
}

}  // namespace

NetworkEstimate SmallEstimate() {
  NetworkEstimate estimate;
  estimate.network = "small";
  LayerEstimate conv;
  conv.name = "conv,1";
  conv.type = "Conv";
  conv.macs = 51200;
  conv.cycles = 1000;
  conv.breakdown = {400, 100, 300, 50, 20, 130};
  conv.moved = {2400, 1000, 100, 500};
  conv.least = {800, 600, 100, 500};
  conv.roofline_cycles = 200;
  conv.bottleneck = "memory";
  LayerEstimate pool;
  pool.name = "pool";
  pool.type = "MaxPool";
  pool.cycles = 64;
  pool.breakdown = {0, 0, 60, 0, 1, 3};
  pool.moved = {384, 0, 0, 128};
  pool.least = pool.moved;
  pool.roofline_cycles = 24;
  pool.bottleneck = "memory";
  estimate.layers = {conv, pool};
  AddSums(estimate);
  estimate.command_bytes = 448;
  estimate.timeline = {{"load", "LOAD", 0, 0, 0, 0, 400},
                       {"array", "CONV", 0, 2, 0, 350, 900},
                       {"load", "LOAD", 0, 1, 0, 300, 500}};
  return estimate;
}

NetworkEstimate RandomEstimate(std::size_t layers, std::size_t spans, std::uint64_t seed) {
  Random random(seed);
  NetworkEstimate estimate;
  estimate.network = fmt::format("random_{}", seed);
  for (std::size_t i = 0; i < layers; ++i)
    estimate.layers.push_back(RandomLayer(i, estimate.config, random));
  AddSums(estimate);
  estimate.command_bytes = 64 * layers;
  AddSpans(estimate, spans, random);
  return estimate;
}

NetworkEstimate HostileEstimate() {
  const std::vector<std::string> names = {
      "<script>throw new Error('name ran')</script>",
      "</script><script>throw new Error('name ran')</script>",
      "<!--<script>",
      "]]><img src=x onerror=\"throw new Error('name ran')\">",
      R"(" onload="throw 1" ' `${1}` \ &amp; &lt;)",
      "comma, \"quote\"",
      "\xF0\x9F\xA6\x8A\xF0\x9F\x9A\x80 emoji \xE2\x80\xAE right to left",
      "line\nbreak\ttab\r\x1B[31m",
      "@ESTIMATE@ @TIMELINE@ @TITLE@",
      "\xE2\x80\xA8 line separator",
      "not \xFF UTF-8 \xC3",
      "",
      "__proto__",
      std::string(300, 'n'),
  };
  NetworkEstimate estimate = RandomEstimate(names.size(), 400, 7);
  estimate.network =
      "<b>\"net\"</b></title><script>throw new Error('title ran')</script>@ESTIMATE@";
  for (std::size_t i = 0; i < names.size(); ++i)
    estimate.layers[i].name = names[i];
  return estimate;
}

}  // namespace denseshift::sim
