// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/estimate/estimate.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <utility>

#include "driver/compiler/compile.h"
#include "sim/estimate/array_cycles.h"
#include "sim/estimate/bottleneck.h"
#include "sim/estimate/compile_for.h"
#include "sim/estimate/first_job.h"
#include "sim/estimate/timing/job_timing.h"
#include "sim/estimate/traffic.h"

namespace denseshift::sim {
namespace {

// When each layer ends: its stamp, or the job's end.
std::vector<timing::Cycle> LayerEnds(const driver::Program& program,
                                     const timing::JobTiming& timing) {
  std::map<std::int64_t, timing::Cycle> stamps;
  for (const timing::StampTime& stamp : timing.stamps)
    stamps[stamp.address] = stamp.cycle;
  std::vector<timing::Cycle> ends;
  for (std::size_t i = 0; i + 1 < program.layers.size(); ++i)
    ends.push_back(stamps.at(program.layers[i].stamp));
  ends.push_back(timing.cycles);
  return ends;
}

// Cycles no device of this configuration can do without: for its operations, or for the bytes of
// either direction.
double RooflineCycles(const driver::Network& network,
                      const driver::Layer& layer,
                      const LayerEstimate& estimate,
                      const Config& config,
                      int batch) {
  const DeviceParameters& device = config.device;
  double operations = static_cast<double>(estimate.macs) / (device.lanes * device.columns);
  if (layer.op != driver::Operator::kConv) {
    const driver::Tensor& output = network.tensors.at(static_cast<std::size_t>(layer.output));
    const int taps =
        layer.op == driver::Operator::kAdd ? 2 : layer.window.kernel_h * layer.window.kernel_w;
    operations = static_cast<double>(output.Elements()) * taps * batch /
                 std::min(device.lanes, device.columns);
  }
  const double bytes_per_cycle =
      std::min<double>(config.memory.bytes_per_cycle, config.device.bus_bytes);
  const BusBytes& least = estimate.least;
  const auto read = static_cast<double>(least.input + least.weight + least.parameter);
  return std::max(
      {operations, read / bytes_per_cycle, static_cast<double>(least.output) / bytes_per_cycle});
}

std::vector<TimelineSpan> MakeTimeline(const std::vector<driver::Command>& commands,
                                       const std::vector<timing::Span>& spans) {
  static constexpr std::array<const char*, 4> kUnits = {"load", "array", "post", "store"};
  static constexpr std::array<const char*, 5> kNames = {"LOAD", "CONV", "VECTOR", "STORE", "STAMP"};
  std::vector<TimelineSpan> timeline;
  timeline.reserve(spans.size());
  for (const timing::Span& span : spans) {
    const driver::Command& command = commands[span.command];
    const driver::CommandHeader& header = driver::HeaderOf(command);
    timeline.push_back({kUnits.at(static_cast<std::size_t>(span.unit)),
                        kNames.at(command.index()),
                        static_cast<std::size_t>(header.layer),
                        span.command,
                        static_cast<std::uint32_t>(header.tile),
                        static_cast<std::uint64_t>(span.begin),
                        static_cast<std::uint64_t>(span.end)});
  }
  return timeline;
}

}  // namespace

NetworkEstimate EstimateNetwork(const driver::Network& network,
                                const Config& config,
                                const EstimateOptions& options) {
  const driver::ProgramPlan plan = PlanFor(config, network, options.batch, options.search);
  const auto& [program, commands] = plan;
  const timing::JobTiming timing = TimeFirstJob(plan, config, options.timeline);

  NetworkEstimate estimate;
  estimate.network = network.name;
  estimate.config = config;
  estimate.cycles = static_cast<std::uint64_t>(timing.cycles);
  estimate.command_bytes = commands.size() * driver::kCommandBytes;
  estimate.timeline = MakeTimeline(commands, timing.spans);
  const std::vector<timing::Cycle> ends = LayerEnds(program, timing);
  const std::vector<ArrayCycles> cycles = CyclesByLayer(timing.use, ends);
  const std::vector<BusBytes> moved =
      MovedByLayer(commands, program.layers.size(), config.device.bus_bytes);
  for (std::size_t i = 0; i < program.layers.size(); ++i) {
    const driver::Layer& layer = network.layers[i];
    LayerEstimate described;
    described.name = layer.name;
    described.type = layer.onnx_type;
    described.macs = program.layers[i].macs * static_cast<unsigned>(options.batch);
    described.cycles = static_cast<std::uint64_t>(ends[i] - (i == 0 ? 0 : ends[i - 1]));
    described.breakdown = cycles[i];
    described.moved = moved[i];
    described.least = LeastBytes(network, layer, options.batch);
    described.roofline_cycles = RooflineCycles(network, layer, described, config, options.batch);
    described.bottleneck = Bottleneck(described.breakdown);
    estimate.macs += described.macs;
    estimate.layers.push_back(std::move(described));
  }
  return estimate;
}

}  // namespace denseshift::sim
