// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/lockstep/rtl_names.h"

#include <array>
#include <regex>
#include <utility>

#include "sim/rtl/unit_instances.h"

namespace denseshift::sim {

namespace {

// Instances whose state docs/timing.md lists under another name.
constexpr std::array<std::pair<const char*, const char*>, 6> kRenamed = {{
    {"u_load.u_writer_queue.", "load.writer."},
    {"u_compute.u_issue.u_unpacker.", "unpacker.queue."},
    {"u_compute.u_issue.u_feeder.", "feeder.queue."},
    {"u_compute.u_issue.u_post.", "post.queue."},
    {"u_compute.u_feeder.u_position.", "feeder.position_state."},
    {"u_compute.u_post.u_position.", "post.position_state."},
}};

bool StartsWith(const std::string& text, const std::string& start) {
  return text.compare(0, start.size(), start) == 0;
}

// The longest of the instances that the path lies in gives way to its name.
std::string Rename(const std::string& path) {
  std::size_t longest = 0;
  std::string renamed = path;
  const auto rename = [&](const std::string& from, const std::string& to) {
    if (StartsWith(path, from) && from.size() > longest) {
      longest = from.size();
      renamed = to + path.substr(from.size());
    }
  };
  for (const auto& [from, to] : kRenamed)
    rename(from, to);
  for (const UnitInstance& unit : UnitInstances())
    rename(std::string(unit.instance) + ".", std::string(unit.unit) + ".");
  return renamed;
}

}  // namespace

StateName NameOfState(const std::string& rtl_name) {
  static const std::regex kIndex(R"(\[([0-9]+)\])");
  // Generate blocks, instances that only hold a register, and what marks a register.
  static const std::regex kDropped(R"(gen_\w+(\[[0-9]+\])?\.|u_(pe|ram|bank)\.|_q$)");
  static const std::regex kInstance(R"(\bu_)");
  StateName name;
  for (std::sregex_iterator match(rtl_name.begin(), rtl_name.end(), kIndex), end; match != end;
       ++match) {
    name.indices.push_back(std::stoi((*match)[1]));
  }
  const std::string unit_path = Rename(std::regex_replace(rtl_name, kDropped, ""));
  name.state = std::regex_replace(unit_path, kInstance, "");
  // The levels of the adder tree come first; PEs are all on one.
  if (StartsWith(name.state, "array.") && name.indices.size() == 3)
    name.indices.erase(name.indices.begin());
  return name;
}

}  // namespace denseshift::sim
