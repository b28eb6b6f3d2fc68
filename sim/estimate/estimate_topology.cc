// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/estimate/estimate_topology.h"

#include <cstdint>
#include <filesystem>
#include <fmt/format.h>
#include <map>
#include <stdexcept>
#include <tuple>
#include <utility>

#include "sim/estimate/estimate.h"

namespace denseshift::sim {
namespace {

// All that decides what one group of a layer takes.
auto ShapeOf(const TopologyLayer& layer) {
  const driver::Window& w = layer.window;
  return std::make_tuple(layer.in_h,
                         layer.in_w,
                         layer.channels,
                         layer.filters,
                         w.kernel_h,
                         w.kernel_w,
                         w.stride_h,
                         w.stride_w,
                         w.dilation_h,
                         w.dilation_w,
                         std::make_tuple(w.pad_top, w.pad_left, w.pad_bottom, w.pad_right),
                         layer.batch,
                         layer.bits);
}

void Multiply(std::uint64_t times, BusBytes& bytes) {
  for (const TensorKind& tensor : kTensorKinds)
    bytes.*tensor.bytes *= times;
}

// As many layers one after the other as one.
void Multiply(std::uint64_t times, LayerEstimate& layer) {
  layer.macs *= times;
  layer.cycles *= times;
  for (const CycleCategory& category : kCycleCategories)
    layer.breakdown.*category.cycles *= times;
  Multiply(times, layer.moved);
  Multiply(times, layer.least);
  layer.roofline_cycles *= static_cast<double>(times);
}

NetworkEstimate EstimateGroup(const std::string& file,
                              const TopologyLayer& layer,
                              const Config& config,
                              bool timeline,
                              bool search) {
  try {
    return EstimateNetwork(MakeNetwork(layer), config, {layer.batch, timeline, search});
  } catch (const std::invalid_argument& error) {
    throw std::runtime_error(fmt::format("{}:{}: {}", file, layer.line, error.what()));
  }
}

}  // namespace

NetworkEstimate EstimateTopology(const std::string& file,
                                 const std::vector<TopologyLayer>& layers,
                                 const Config& config,
                                 bool timeline,
                                 bool search) {
  NetworkEstimate sum;
  sum.network = std::filesystem::path(file).stem().string();
  sum.config = config;
  // Networks repeat their layers.
  std::map<decltype(ShapeOf(layers.front())), NetworkEstimate> groups;
  for (const TopologyLayer& layer : layers) {
    auto known = groups.find(ShapeOf(layer));
    if (known == groups.end()) {
      known = groups.emplace(ShapeOf(layer), EstimateGroup(file, layer, config, timeline, search))
                  .first;
    }
    const NetworkEstimate& group = known->second;
    for (TimelineSpan span : group.timeline) {
      span.layer = sum.layers.size();
      span.begin += sum.cycles;
      span.end += sum.cycles;
      sum.timeline.push_back(std::move(span));
    }
    LayerEstimate estimate = group.layers.front();
    const auto times = static_cast<std::uint64_t>(layer.groups);
    estimate.name = layer.name;
    Multiply(times, estimate);
    sum.cycles += estimate.cycles;
    sum.macs += estimate.macs;
    sum.command_bytes += times * group.command_bytes;
    sum.layers.push_back(std::move(estimate));
  }
  return sum;
}

}  // namespace denseshift::sim
