// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "driver/compiler/schedule.h"

#include <algorithm>
#include <utility>

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
      const int id = Append(command);
      schedule_.after.back().Add(store);
      return id;
    }
  }
  const int id = Append(command);
  if (UnitOf(command) == Unit::kStore) {
    int compute = stored_computes_.empty() ? -1 : stored_computes_.back();
    for (const int producer : schedule_.after.back()) {
      compute = std::max(compute, producer);
    }
    stores_.push_back(id);
    stored_computes_.push_back(compute);
  }
  return id;
}

int ScheduleBuilder::Append(const Command& command) {
  const auto next = static_cast<int>(schedule_.commands.size());
  const int id = schedule_.Add(
      command, std::visit([&](const auto& c) { return hazards_.Note(next, c); }, command));
  HeaderOf(schedule_.commands.back()).tile &= 0xFFFF;
  return id;
}

int ScheduleBuilder::StoreAfter(int compute, const CommandHeader& tag) {
  const auto found = std::lower_bound(stored_computes_.begin(), stored_computes_.end(), compute);
  if (found != stored_computes_.end()) {
    return stores_[static_cast<std::size_t>(found - stored_computes_.begin())];
  }
  StampCommand relay;
  relay.address = relay_address_;
  relay.layer = tag.layer;
  relay.tile = tag.tile & 0xFFFF;
  const int id = schedule_.Add(relay, {compute});
  stores_.push_back(id);
  stored_computes_.push_back(compute);
  return id;
}

std::vector<Command> ScheduleBuilder::Finish(int prefetch_distance) && {
  const std::vector<int> order = OrderCommands(schedule_, prefetch_distance);
  return AssignTokens(std::move(schedule_), order);
}

}  // namespace denseshift::driver
