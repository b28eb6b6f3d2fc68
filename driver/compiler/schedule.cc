// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "driver/compiler/schedule.h"

#include <algorithm>

namespace denseshift::driver {

Unit UnitOf(const Command& command) {
  if (std::holds_alternative<LoadCommand>(command)) {
    return Unit::kLoad;
  }
  const bool compute = std::holds_alternative<ConvCommand>(command) ||
                       std::holds_alternative<VectorCommand>(command);
  return compute ? Unit::kCompute : Unit::kStore;
}

int ScheduleBuilder::Add(const Command& command) {
  if (const auto* load = std::get_if<LoadCommand>(&command);
      load != nullptr && load->destination == static_cast<int>(Destination::kParameter)) {
    const int reader = hazards_.ParameterReader(*load);
    if (reader >= 0) {
      const int store = StoreAfter(reader, *load);
      const auto id = static_cast<int>(nodes_.size());
      nodes_.push_back({command, hazards_.Note(id, *load)});
      After(id, store);
      return id;
    }
  }
  const auto id = static_cast<int>(nodes_.size());
  std::vector<int> after = std::visit([&](const auto& c) { return hazards_.Note(id, c); }, command);
  nodes_.push_back({command, std::move(after)});
  if (UnitOf(command) == Unit::kStore) {
    int compute = stored_computes_.empty() ? -1 : stored_computes_.back();
    for (const int producer : nodes_.back().after) {
      compute = std::max(compute, producer);
    }
    stores_.push_back(id);
    stored_computes_.push_back(compute);
  }
  return id;
}

void ScheduleBuilder::After(int consumer, int producer) {
  nodes_[static_cast<std::size_t>(consumer)].after.push_back(producer);
}

int ScheduleBuilder::StoreAfter(int compute, const CommandHeader& tag) {
  const auto found = std::lower_bound(stored_computes_.begin(), stored_computes_.end(), compute);
  if (found != stored_computes_.end()) {
    return stores_[static_cast<std::size_t>(found - stored_computes_.begin())];
  }
  StampCommand relay;
  relay.address = relay_address_;
  relay.layer = tag.layer;
  relay.tile = tag.tile;
  const auto id = static_cast<int>(nodes_.size());
  nodes_.push_back({relay, {compute}});
  stores_.push_back(id);
  stored_computes_.push_back(compute);
  return id;
}

std::vector<Command> ScheduleBuilder::Finish(int prefetch_distance) const {
  std::vector<Command> commands = AssignTokens(nodes_, OrderCommands(nodes_, prefetch_distance));
  for (Command& command : commands) {
    HeaderOf(command).tile &= 0xFFFF;
  }
  return commands;
}

}  // namespace denseshift::driver
