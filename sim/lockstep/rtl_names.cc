// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/lockstep/rtl_names.h"

#include <array>
#include <regex>
#include <utility>

namespace denseshift::sim {

namespace {

// Instances whose state docs/timing.md lists under another unit; the longest match counts. What is
// not here keeps the names of its instances.
constexpr std::array<std::pair<const char*, const char*>, 17> kUnits = {{
    {"axi_read.", "read_port."},
    {"dependencies.", "tokens."},
    {"load.writer_queue.", "load.writer."},
    {"compute.issue.unpacker.", "unpacker.queue."},
    {"compute.issue.feeder.", "feeder.queue."},
    {"compute.issue.post.", "post.queue."},
    {"compute.issue.", "issue."},
    {"compute.wgt_buffer.", "weight_buffer."},
    {"compute.act_buffer.", "activation_buffer."},
    {"compute.param_buffer.", "parameter_buffer."},
    {"compute.out_buffer.", "output_buffer."},
    {"compute.feeder.window.", "window."},
    {"compute.feeder.position.", "feeder.position_state."},
    {"compute.post.position.", "post.position_state."},
    {"compute.post.stages.pool.", "pool."},
    {"compute.post.stages.requant.", "requant."},
    {"compute.post.stages.", "stages."},
}};
constexpr std::array<const char*, 6> kComputeUnits = {
    "unpacker.", "feeder.", "handoff.", "array.", "accumulators.", "post."};

bool StartsWith(const std::string& text, const std::string& start) {
  return text.compare(0, start.size(), start) == 0;
}

std::string Rename(const std::string& path) {
  std::string best;
  std::string renamed = path;
  for (const auto& [from, to] : kUnits) {
    const std::string start = from;
    if (StartsWith(path, start) && start.size() > best.size()) {
      best = start;
      renamed = to + path.substr(start.size());
    }
  }
  if (!best.empty())
    return renamed;
  for (const char* unit : kComputeUnits) {
    if (StartsWith(path, std::string("compute.") + unit))
      return path.substr(std::string("compute.").size());
  }
  return path;
}

}  // namespace

StateName NameOfState(const std::string& rtl_name) {
  static const std::regex kIndex(R"(\[([0-9]+)\])");
  // Generate blocks, instances that only hold a register, and what marks instance and register.
  static const std::regex kDropped(R"(gen_\w+(\[[0-9]+\])?\.|u_(pe|ram|bank)\.|_q$)");
  static const std::regex kInstance(R"(\bu_)");
  StateName name;
  for (std::sregex_iterator match(rtl_name.begin(), rtl_name.end(), kIndex), end; match != end;
       ++match) {
    name.indices.push_back(std::stoi((*match)[1]));
  }
  name.state =
      Rename(std::regex_replace(std::regex_replace(rtl_name, kDropped, ""), kInstance, ""));
  return name;
}

}  // namespace denseshift::sim
