// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "tests/mutation/reference.h"

#include <algorithm>
#include <cstring>
#include <functional>
#include <set>
#include <stdexcept>
#include <utility>

#include "golden/cycle/state_list.h"
#include "sim/lockstep/signal_map.h"
#include "sim/model/model_device.h"

namespace denseshift::testing {

namespace {

using golden::cycle::Accelerator;
using golden::cycle::StateBytes;
using golden::cycle::StateItem;

struct Bytes {
  const std::uint8_t* first;
  std::size_t count;
};

// The lists are for readers; the models themselves are not constant.
std::uint8_t* Writable(const void* data) {
  return static_cast<std::uint8_t*>(const_cast<void*>(data));
}

Bytes BytesOf(const sim::StateEntry& entry) {
  return {static_cast<const std::uint8_t*>(entry.items),
          std::size_t{entry.count} * entry.item_bytes};
}

Bytes BytesOf(const StateItem& item) {
  return {static_cast<const std::uint8_t*>(item.data), item.items * StateBytes(item.bits)};
}

// Calls `found` with the number of the item that holds the byte and the byte's place in it.
template <typename Item, typename Found>
void Locate(const std::vector<Item>& items, const void* data, Found found) {
  const std::less<> before;
  const auto* byte = static_cast<const std::uint8_t*>(data);
  for (std::size_t i = 0; i < items.size(); ++i) {
    const Bytes bytes = BytesOf(items[i]);
    if (!before(byte, bytes.first) && before(byte, bytes.first + bytes.count))
      return found(i, static_cast<std::size_t>(byte - bytes.first));
  }
  throw std::logic_error("a signal lies in none of the states listed");
}

void CopyHost(const sim::HostPins& from, golden::cycle::HostInputs& to) {
  to.awaddr = from.awaddr;
  to.wdata = from.wdata;
  to.araddr = from.araddr;
  to.wstrb = from.wstrb;
  to.awvalid = from.awvalid != 0;
  to.wvalid = from.wvalid != 0;
  to.bready = from.bready != 0;
  to.arvalid = from.arvalid != 0;
  to.rready = from.rready != 0;
}

void CopyBus(const sim::AxiMemoryPins& from, golden::cycle::BusInputs& to) {
  std::memcpy(to.rdata, from.rdata, sizeof(to.rdata));
  to.arready = from.arready != 0;
  to.rvalid = from.rvalid != 0;
  to.rid = from.rid;
  to.rresp = from.rresp;
  to.rlast = from.rlast != 0;
  to.awready = from.awready != 0;
  to.wready = from.wready != 0;
  to.bvalid = from.bvalid != 0;
  to.bresp = from.bresp;
}

// Which items of the model's list a reset leaves as they are, whatever they are.
std::vector<bool> FindOpen(const sim::DeviceParameters& parameters) {
  Accelerator model(sim::ModelParameters(parameters));
  const std::vector<StateItem> items = model.ListState();
  std::vector<bool> is_open(items.size(), true);
  for (const int value : {0, 1}) {
    for (const StateItem& item : items)
      std::memset(Writable(item.data), value, BytesOf(item).count);
    model.Reset();
    for (std::size_t i = 0; i < items.size(); ++i) {
      const Bytes bytes = BytesOf(items[i]);
      is_open[i] = is_open[i] && std::all_of(bytes.first,
                                             bytes.first + bytes.count,
                                             [=](std::uint8_t byte) { return byte == value; });
    }
  }
  return is_open;
}

// Gives the model the value of the RTL.
void TakeOver(const sim::Signal& signal) {
  auto* to = Writable(signal.model.data);
  const auto* from = static_cast<const std::uint8_t*>(signal.rtl.data);
  for (std::uint32_t n = 0; n < signal.bits; ++n) {
    const std::uint32_t place = signal.rtl.lsb + n;
    const auto bit = static_cast<std::uint8_t>(1U << n % 8);
    const bool is_set = (from[place / 8] >> place % 8 & 1) != 0;
    to[n / 8] = static_cast<std::uint8_t>(is_set ? to[n / 8] | bit : to[n / 8] & ~bit);
  }
}

}  // namespace

RegisterPairs::RegisterPairs(const sim::DeviceParameters& parameters,
                             const std::vector<sim::StateEntry>& rtl)
    : parameters_(parameters) {
  const Accelerator model(sim::ModelParameters(parameters));
  const std::vector<StateItem> items = model.ListState();
  const std::vector<bool> is_open = FindOpen(parameters);
  for (const sim::Signal& signal : sim::MapSignals(parameters, rtl, items)) {
    Pair pair;
    pair.signal = signal;
    Locate(rtl, signal.rtl.data, [&pair](std::size_t entry, std::size_t offset) {
      pair.rtl = {entry, offset};
    });
    Locate(items, signal.model.data, [&pair](std::size_t entry, std::size_t offset) {
      pair.model = {entry, offset};
    });
    pair.is_open = is_open[pair.model.entry];
    pairs_.push_back(std::move(pair));
  }
}

std::vector<sim::Signal> RegisterPairs::In(const std::vector<sim::StateEntry>& rtl,
                                           const Accelerator& model) const {
  const std::vector<StateItem> items = model.ListState();
  std::vector<sim::Signal> signals;
  for (const Pair& pair : pairs_) {
    signals.push_back(pair.signal);
    signals.back().rtl.data = BytesOf(rtl[pair.rtl.entry]).first + pair.rtl.offset;
    signals.back().model.data = BytesOf(items[pair.model.entry]).first + pair.model.offset;
  }
  return signals;
}

std::vector<std::size_t> RegisterPairs::OpenAfterReset() const {
  std::vector<std::size_t> open;
  for (std::size_t i = 0; i < pairs_.size(); ++i) {
    if (pairs_[i].is_open)
      open.push_back(i);
  }
  return open;
}

Reference::Reference(const RegisterPairs& pairs, const std::vector<sim::StateEntry>& rtl)
    : model_(sim::ModelParameters(pairs.parameters())),
      pairs_(pairs),
      comparison_(pairs.In(rtl, model_)) {
}

void Reference::Step(const TraceCycle& cycle) {
  if (cycle.host.rst_n == 0) {
    Reset();
    return;
  }
  CopyHost(cycle.host, inputs_.host);
  CopyBus(cycle.memory, inputs_.bus);
  model_.Step(inputs_);
  if (cycle.preset)
    PresetLongCounters(model_, *cycle.preset);
}

void Reference::Reset() {
  model_.Reset();
  for (const std::size_t open : pairs_.OpenAfterReset())
    TakeOver(comparison_.signals()[open]);
}

std::optional<std::string> Reference::FirstDifference() const {
  if (comparison_.Equal())
    return std::nullopt;
  return comparison_.FirstDifference()->FullName();
}

void PresetLongCounters(const Accelerator& model, std::uint64_t value) {
  static const std::set<std::string> kLongCounters = {
      "counters.count", "job.cycles", "job.stall", "sequencer.index", "sequencer.received"};
  for (const StateItem& state : model.ListState()) {
    if (kLongCounters.count(state.name) == 0)
      continue;
    std::uint8_t* data = Writable(state.data);
    const std::size_t bytes = StateBytes(state.bits);
    for (std::size_t item = 0; item < state.items; ++item)
      std::memcpy(data + item * bytes, &value, bytes);
  }
}

}  // namespace denseshift::testing
