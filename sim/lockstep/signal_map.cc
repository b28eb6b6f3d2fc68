// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/lockstep/signal_map.h"

#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <set>
#include <stdexcept>
#include <utility>

#include "sim/lockstep/memory_names.h"
#include "sim/lockstep/rtl_names.h"

namespace denseshift::sim {

namespace {

using golden::cycle::StateBytes;
using golden::cycle::StateItem;

// Pairs the entries of one RTL with the items of one model.
class Mapper {
 public:
  Mapper(const DeviceParameters& parameters, const std::vector<StateItem>& model)
      : parameters_(parameters) {
    for (const StateItem& item : model) {
      items_.emplace(item.name, &item);
      places_.emplace(item.name, places_.size());
    }
  }

  void Add(const StateEntry& entry);
  [[nodiscard]] std::vector<Signal> Finish() const;

 private:
  void AddPart(const StateEntry& entry,
               const StateItem& item,
               std::size_t rtl_item,
               std::size_t model_item,
               std::uint32_t lsb,
               std::uint32_t bits);
  [[nodiscard]] std::size_t ItemOf(const StateName& name) const;

  const DeviceParameters& parameters_;
  std::map<std::string, const StateItem*> items_;
  std::map<std::string, std::size_t> places_;  // in the model's list
  std::vector<Signal> signals_;
  std::set<std::string> compared_;
  std::string missing_;
};

// The place in the model's list of items that the generate blocks' indices stand for.
std::size_t Mapper::ItemOf(const StateName& name) const {
  const auto index = [&](std::size_t n) { return static_cast<std::size_t>(name.indices.at(n)); };
  if (name.state == "counters.count")
    return 4 * index(0) + index(1);
  if (name.state == "array.flip" || name.state == "array.exponent")
    return index(0) * static_cast<std::size_t>(parameters_.columns) + index(1);
  return name.indices.empty() ? 0 : index(0);
}

void Mapper::AddPart(const StateEntry& entry,
                     const StateItem& item,
                     std::size_t rtl_item,
                     std::size_t model_item,
                     std::uint32_t lsb,
                     std::uint32_t bits) {
  const auto columns = static_cast<std::size_t>(parameters_.columns);
  Signal signal;
  const std::size_t dot = item.name.find('.');
  signal.unit = item.name.substr(0, dot);
  signal.name = item.name.substr(dot + 1);
  if (item.name == "array.flip" || item.name == "array.exponent") {
    signal.lane = static_cast<int>(model_item / columns);
    signal.column = static_cast<int>(model_item % columns);
  } else if (item.name == "array.u" || item.name == "array.shadow") {
    signal.lane = static_cast<int>(model_item);
  } else if (item.items == columns) {
    signal.column = static_cast<int>(model_item);
  }
  signal.bits = bits;
  signal.is_whole = bits == entry.bits;
  signal.rtl_name = entry.count > 1 ? fmt::format("{}[{}]", entry.name, rtl_item) : entry.name;
  signal.register_bits = entry.bits;
  signal.rtl = {static_cast<const std::uint8_t*>(entry.items) + rtl_item * entry.item_bytes,
                entry.item_bytes,
                lsb};
  const std::size_t bytes = StateBytes(item.bits);
  signal.model = {static_cast<const std::uint8_t*>(item.data) + model_item * bytes,
                  static_cast<std::uint32_t>(bytes),
                  0};
  signals_.push_back(std::move(signal));
}

void Mapper::Add(const StateEntry& entry) {
  const StateName name = NameOfState(entry.name);
  const auto found = items_.find(name.state);
  if (found == items_.end()) {
    missing_ +=
        fmt::format("\n  {} of the RTL is no state of the model ({})", entry.name, name.state);
    return;
  }
  const StateItem& item = *found->second;
  compared_.insert(name.state);
  if (name.indices.empty() && entry.count == 1 && item.items > 1) {
    const std::uint32_t bits = entry.bits / static_cast<std::uint32_t>(item.items);
    for (std::size_t i = 0; i < item.items; ++i)
      AddPart(entry, item, 0, i, static_cast<std::uint32_t>(i) * bits, bits);
    return;
  }
  for (std::size_t i = 0; i < entry.count; ++i)
    AddPart(entry, item, i, ItemOf(name) + i, 0, entry.bits);
}

std::vector<Signal> Mapper::Finish() const {
  std::string missing = missing_;
  for (const auto& [name, item] : items_) {
    if (compared_.count(name) == 0)
      missing += fmt::format("\n  {} of the model is no register of the RTL", name);
  }
  if (!missing.empty())
    throw std::logic_error("RTL and cycle model hold different state:" + missing);
  std::vector<Signal> signals = signals_;
  std::stable_sort(signals.begin(), signals.end(), [this](const Signal& a, const Signal& b) {
    return places_.at(a.unit + "." + a.name) < places_.at(b.unit + "." + b.name);
  });
  return signals;
}

}  // namespace

std::vector<Signal> MapSignals(const DeviceParameters& parameters,
                               const std::vector<StateEntry>& rtl,
                               const std::vector<StateItem>& model) {
  Mapper mapper(parameters, model);
  const MemoryNames memories(rtl);
  for (const StateEntry& entry : rtl) {
    if (!memories.Contain(entry.name))
      mapper.Add(entry);
  }
  return mapper.Finish();
}

}  // namespace denseshift::sim
