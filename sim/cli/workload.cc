// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/cli/workload.h"

#include <algorithm>
#include <filesystem>
#include <fmt/format.h>
#include <stdexcept>

#include "driver/network/import.h"
#include "driver/program/program_file.h"
#include "driver/runtime.h"
#include "sim/cli/load_network.h"
#include "sim/cli/progress_bar.h"
#include "sim/estimate/compile_for.h"
#include "sim/estimate/estimate.h"
#include "sim/estimate/estimate_topology.h"
#include "sim/estimate/plain_weights.h"
#include "sim/estimate/topology/topology.h"
#include "sim/rtl/verilated_device.h"
#include "sim/watchdog.h"

namespace denseshift::sim {
namespace {

constexpr int kDefaultBits = 4;

bool IsTopology(const WorkloadArguments& arguments) {
  return arguments.gemm || std::filesystem::path(arguments.file).extension() == ".csv";
}

driver::Network ReadNetwork(const WorkloadArguments& arguments) {
  if (driver::IsProgramFile(arguments.file)) {
    throw std::runtime_error(fmt::format(
        "{} is a compiled program; give the network it was compiled from", arguments.file));
  }
  if (!arguments.layers.empty())
    throw std::runtime_error("--layer chooses rows of a topology file; a network is taken whole");
  if (arguments.bits == 0)
    return LoadNetwork(arguments.file, Config(), arguments.calibrate);
  driver::ImportOptions options;
  options.weights = driver::ImportWeights::kShapesOnly;
  options.code_bits = arguments.bits;
  return driver::ImportOnnx(arguments.file, options);
}

// The rows wanted, in the order of the file.
std::vector<TopologyLayer> ReadRows(const WorkloadArguments& arguments) {
  if (!arguments.calibrate.empty())
    throw std::runtime_error("--calibrate is for networks; a topology file has shapes only");
  std::vector<TopologyLayer> rows =
      ReadTopology(arguments.file,
                   arguments.gemm ? TopologyKind::kGemm : TopologyKind::kConvolution,
                   arguments.bits == 0 ? kDefaultBits : arguments.bits);
  for (const std::string& name : arguments.layers) {
    const auto has_name = [&](const TopologyLayer& row) { return row.name == name; };
    if (std::none_of(rows.begin(), rows.end(), has_name))
      throw std::runtime_error(fmt::format("{} has no layer '{}'", arguments.file, name));
  }
  const auto is_unwanted = [&](const TopologyLayer& row) {
    return !arguments.layers.empty() &&
           std::find(arguments.layers.begin(), arguments.layers.end(), row.name) ==
               arguments.layers.end();
  };
  rows.erase(std::remove_if(rows.begin(), rows.end(), is_unwanted), rows.end());
  for (TopologyLayer& row : rows)
    row.batch *= arguments.batch;
  return rows;
}

// Cycles of the layers of a network's first job; its data are zeros.
std::vector<std::uint64_t> RunFirstJob(const driver::Network& network,
                                       const Config& config,
                                       int batch,
                                       bool search) {
  VerilatedDevice device(config.device, config.memory);
  driver::Runtime runtime(device,
                          CompileFor(config, WithPlainWeights(network), batch, search),
                          RuntimeOptionsFor(config.memory));
  const driver::Tensor& input = network.tensors.at(static_cast<std::size_t>(network.input));
  static_cast<void>(runtime.Run({driver::Image(input.Elements(), 0)}));
  return runtime.LayerCycles();
}

}  // namespace

Workload::Workload(const WorkloadArguments& arguments)
    : file_(arguments.file),
      batch_(arguments.batch),
      search_(arguments.search),
      is_topology_(IsTopology(arguments)) {
  if (is_topology_) {
    rows_ = ReadRows(arguments);
  } else {
    network_ = ReadNetwork(arguments);
  }
}

std::string Workload::Name() const {
  return is_topology_ ? std::filesystem::path(file_).stem().string() : network_.name;
}

NetworkEstimate Workload::Estimate(const Config& config, bool timeline) const {
  return is_topology_ ? EstimateTopology(file_, rows_, config, timeline, search_)
                      : EstimateNetwork(network_, config, {batch_, timeline, search_});
}

std::vector<std::uint64_t> Workload::RunOnRtl(const Config& config) const {
  if (!is_topology_)
    return RunFirstJob(network_, config, batch_, search_);
  std::vector<std::uint64_t> cycles;
  ProgressBar progress("layers on the RTL", rows_.size());
  for (const TopologyLayer& row : rows_) {
    const std::uint64_t group = RunFirstJob(MakeNetwork(row), config, row.batch, search_).front();
    cycles.push_back(group * static_cast<std::uint64_t>(row.groups));
    progress.Advance(1);
  }
  return cycles;
}

}  // namespace denseshift::sim
